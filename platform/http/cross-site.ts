import type { IncomingHttpHeaders } from 'node:http';
import { fault } from '../errors/faults.ts';

/** Types of bodies that a page of another site can send without asking this server first. */
const simpleTypes = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(?:;|$)/i;

/**
 * Refuses what a page of another site could make a browser send (cross-site request forgery). A browser asks this server
 * before it sends a header or a type of body that only scripts can choose, and this server does not agree.
 *
 * Of `Authorization` only `Bearer` counts: browsers add credentials of the other schemes by themselves.
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
