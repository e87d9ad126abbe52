import type { FastifyReply } from 'fastify';

/** What every answer says to browsers, unless the page has something stricter or its own to say. */
const strict: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  // Browsers take this over https only.
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

/** The same for an answer that is written to the connection itself. */
export const strictHeaders: Readonly<Record<string, string>> = {
  ...strict,
  'cross-origin-resource-policy': 'same-origin',
};

/** Also for answers that are written without the server's hooks. */
export function addStrictHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(strict)) {
    if (!reply.hasHeader(name)) void reply.header(name, value);
  }
  const isShared = reply.hasHeader('access-control-allow-origin');
  if (!reply.hasHeader('cross-origin-resource-policy')) {
    void reply.header('cross-origin-resource-policy', isShared ? 'cross-origin' : 'same-origin');
  }
}
