import type { IncomingHttpHeaders } from 'node:http';
import { fault } from '../errors/faults.ts';

/** The body types that a page of another site can send without a preflight request. */
const simpleTypes = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(?:;|$)/i;

/**
 * Refuses requests that a page of another site could make a browser send (cross-site request forgery). A browser sends a
 * preflight request before a header or a body type that only scripts can set, and this server refuses the preflight.
 *
 * Only the scheme `Bearer` of `Authorization` counts: browsers add credentials of other schemes on their own.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 * @throws BAD_REQUEST
 */
export function refuseCrossSite(headers: IncomingHttpHeaders): void {
  const type = headers['content-type'];
  if (type !== undefined && !simpleTypes.test(type)) return;
  if (/^bearer\s/i.test(headers.authorization ?? '')) return;
  if (isSet(headers['apollo-require-preflight']) || isSet(headers['x-apollo-operation-name'])) return;
  throw fault(
    'BAD_REQUEST',
    'This request could come from another site (CSRF). Send Authorization: Bearer, Apollo-Require-Preflight: true, or a POST with Content-Type: application/json.',
  );
}

function isSet(header: string | string[] | undefined): boolean {
  return header !== undefined && header !== '';
}
