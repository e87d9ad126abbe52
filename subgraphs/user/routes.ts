import { errorBody, faultCodes } from '#platform/errors/faults.ts';
import type { Http } from '#platform/http/http.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { revocationsMember } from '#platform/identity/token-authority.ts';
import type { Revocations } from './services/revocations.ts';
import type { Keyring } from './services/signing-keys.ts';

/** How long a cache may keep the response. It is short, because verifiers must learn of a deletion soon. */
const maxAgeS = 1;

/**
 * The public keys that verify access tokens, as a JWK Set (RFC 7517, section 5), and the ids of deleted users and
 * revoked API clients whose access tokens may not have expired.
 */
export function serveKeys(http: Http, keyring: Keyring, revocations: Revocations, log: Log): void {
  http.get('/.well-known/jwks.json', async (_request, reply) => {
    try {
      const [keys, deleted] = await Promise.all([keyring.published(), revocations.recent()]);
      const body = { ...keys, ...revocationsMember(deleted) };
      return await reply.header('cache-control', `public, max-age=${maxAgeS}`).send(body);
    } catch (error) {
      log.error({ reason: errorText(error) }, 'could not read the signing keys');
      const body = errorBody('SERVICE_UNAVAILABLE', 'The keys cannot be read at the moment.');
      return await reply.code(faultCodes.SERVICE_UNAVAILABLE).send(body);
    }
  });
}
