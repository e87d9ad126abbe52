import type { FastifyReply } from 'fastify';

const scheme = 'Bearer realm="wallet-and-orders"';

/**
 * Adds `WWW-Authenticate` to a response that refuses the caller's token or needs one. Other responses stay as they are.
 *
 * @param code of the first error. A wrong password or code at a sign-in is 401 too, and says nothing about the token.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function addChallenge(reply: FastifyReply, status: number, code: unknown): void {
  if (status === 403 && code === 'INSUFFICIENT_SCOPE') {
    void reply.header('www-authenticate', `${scheme}, error="insufficient_scope"`);
  } else if (status === 401) {
    const sent = code === 'UNAUTHENTICATED' && reply.request.headers.authorization !== undefined;
    void reply.header('www-authenticate', sent ? `${scheme}, error="invalid_token"` : scheme);
  }
}
