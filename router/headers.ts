import type { FastifyReply } from 'fastify';
import type { Http } from '#platform/http.ts';

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

export function serveStrictHeaders(http: Http): void {
  http.addHook('onSend', async (_request, reply) => addStrictHeaders(reply));
}

/** For answers that are written without the server's hooks. */
export function addStrictHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(strict)) {
    if (!reply.hasHeader(name)) void reply.header(name, value);
  }
  const isShared = reply.hasHeader('access-control-allow-origin');
  if (!reply.hasHeader('cross-origin-resource-policy')) {
    void reply.header('cross-origin-resource-policy', isShared ? 'cross-origin' : 'same-origin');
  }
}

/** Paths that pages of other sites may ask, with a token that they have; the console's session is for its own pages. */
const sharedPaths = new Set(['/graphql', '/graphql/stream']);

/** Lets pages of these origins, and of no others, read what they ask the graph for. */
export function shareWith(http: Http, origins: readonly string[]): void {
  http.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    const [path] = request.url.split('?');
    if (origin === undefined || !origins.includes(origin) || !sharedPaths.has(path!)) return;
    void reply.header('access-control-allow-origin', origin).header('vary', 'origin');
    if (request.method === 'OPTIONS') await allowPreflight(reply);
    else void reply.header('access-control-expose-headers', 'retry-after, ratelimit, ratelimit-policy, last-event-id');
  });
}

async function allowPreflight(reply: FastifyReply): Promise<void> {
  await reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST')
    .header(
      'access-control-allow-headers',
      'authorization, content-type, accept, apollo-require-preflight, x-apollo-operation-name, last-event-id',
    )
    .header('access-control-max-age', '600')
    .send();
}
