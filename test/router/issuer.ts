import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { accessTokenType, clientTokenType, signatureAlgorithm } from '#platform/identity/identity.ts';
import type { Role } from '#platform/identity/roles.ts';
import { addressOf } from './address.ts';

const rules = { issuer: 'wallet-and-orders', audience: 'wallet-and-orders-api' };

/** Signs access tokens and publishes its key, as the user subgraph does. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair(signatureAlgorithm);
  const key = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: signatureAlgorithm, use: 'sig' };
  let published = Promise.resolve();
  let times = 0;
  const publish = async (response: ServerResponse) => {
    await published;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key] }));
  };
  const server = createServer((_request, response) => {
    times += 1;
    void publish(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    jwksUrl: `${addressOf(server)}/.well-known/jwks.json`,
    /** The number of requests for the keys. */
    asked: () => times,
    /** Delays answers with the keys until this promise settles. */
    publishAfter: (moment: Promise<void>) => {
      published = moment;
    },
    /** @returns an `Authorization` header; with `expired`, its token expired an hour ago. */
    authorization: async ({
      userId = 'user-1',
      expired = false,
      goodFor = '10m',
      sessionId = randomUUID(),
      roles = [] as readonly Role[],
      clientId = null as string | null,
      scope = 'orders:read',
    } = {}) => {
      const own = clientId === null ? { sid: sessionId, roles } : { client_id: clientId, scope };
      const typ = clientId === null ? accessTokenType : clientTokenType;
      const token = new SignJWT({ email: `${userId}@example.com`, name: userId, ...own })
        .setProtectedHeader({ alg: signatureAlgorithm, typ, kid: key.kid })
        .setIssuer(rules.issuer)
        .setAudience(rules.audience)
        .setSubject(userId)
        .setIssuedAt(expired ? '-2h' : '-1s')
        .setExpirationTime(expired ? '-1h' : goodFor);
      return `Bearer ${await token.sign(privateKey)}`;
    },
    stop: async () => {
      server.closeAllConnections();
      if (server.listening) await once(server.close(), 'close');
    },
  };
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;
