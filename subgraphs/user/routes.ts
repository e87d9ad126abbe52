import { errorBody, faultCodes } from '#platform/faults.ts';
import type { Http } from '#platform/http.ts';
import { errorText, type Log } from '#platform/log.ts';
import { type Keyring, keySetMaxAgeS } from './services/signing-keys.ts';

/** The public keys that access tokens are verified with, as a JWK Set (RFC 7517, section 5). */
export function serveKeys(http: Http, keyring: Keyring, log: Log): void {
  http.get('/.well-known/jwks.json', async (_request, reply) => {
    try {
      const keys = await keyring.published();
      return await reply.header('cache-control', `public, max-age=${keySetMaxAgeS}`).send(keys);
    } catch (error) {
      log.error({ reason: errorText(error) }, 'the signing keys cannot be read');
      const body = errorBody('SERVICE_UNAVAILABLE', 'The keys cannot be read at the moment.');
      return await reply.code(faultCodes.SERVICE_UNAVAILABLE).send(body);
    }
  });
}
