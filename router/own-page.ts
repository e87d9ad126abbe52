import type { IncomingHttpHeaders } from 'node:http';
import { fault } from '#platform/errors/faults.ts';

/** Only scripts can set this header. Scripts of another site need a preflight request, which this server refuses. */
const ownHeader = 'x-console';

/**
 * Prevents cross-site request forgery: requires the console's header, and an origin that is this server.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 * @throws FORBIDDEN
 */
export function requireOwnPage(headers: IncomingHttpHeaders): void {
  if (headers[ownHeader] === undefined || !comesFromHere(headers)) {
    throw fault('FORBIDDEN', `This endpoint is for the server's own web pages, which send the header ${ownHeader}.`);
  }
}

/** Browsers send `Sec-Fetch-Site` over https and to localhost, and `Origin` with all requests except a plain GET. */
function comesFromHere({ 'sec-fetch-site': site, origin, host }: IncomingHttpHeaders): boolean {
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined) return site !== undefined;
  return host !== undefined && URL.parse(origin)?.host === host;
}
