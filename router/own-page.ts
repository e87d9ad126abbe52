import type { IncomingHttpHeaders } from 'node:http';
import { fault } from '#platform/errors/faults.ts';

/** Only a script can set it, and one of another site only after asking this server, which never agrees. */
const ownHeader = 'x-console';

/**
 * Refuses what another site made a browser send (cross-site request forgery): the request has the console's header, and
 * what the browser itself says of where it comes from names this server.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 * @throws FORBIDDEN
 */
export function requireOwnPage(headers: IncomingHttpHeaders): void {
  if (headers[ownHeader] === undefined || !comesFromHere(headers)) {
    throw fault('FORBIDDEN', `This endpoint is for the server's own web pages, which send the header ${ownHeader}.`);
  }
}

/** Browsers say `Sec-Fetch-Site` over https and on the machine itself, and `Origin` with everything but a plain GET. */
function comesFromHere({ 'sec-fetch-site': site, origin, host }: IncomingHttpHeaders): boolean {
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined) return site !== undefined;
  return host !== undefined && URL.parse(origin)?.host === host;
}
