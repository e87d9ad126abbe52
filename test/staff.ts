import { randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';
import { Client } from 'pg';
import { accessTokenType, signatureAlgorithm } from '#platform/identity/identity.ts';
import type { Role } from '#platform/identity/roles.ts';

/** @returns an access token with these roles, signed with the newest key of the user subgraph's database. */
export async function staffToken(
  userDatabaseUrl: string,
  { id, email }: { readonly id: string; readonly email: string },
  roles: readonly Role[],
): Promise<string> {
  const database = new Client({ connectionString: userDatabaseUrl });
  await database.connect();
  const { rows } = await database.query<{ kid: string; private_jwk: JWK }>(
    'select kid, private_jwk from signing_keys where retired_at is null order by created_at desc limit 1',
  );
  await database.end();
  const { kid, private_jwk: jwk } = rows[0]!;
  return await new SignJWT({ email, name: 'Olga', sid: randomUUID(), roles })
    .setProtectedHeader({ alg: signatureAlgorithm, typ: accessTokenType, kid })
    .setIssuer('wallet-and-orders')
    .setAudience('wallet-and-orders-api')
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(await importJWK(jwk, signatureAlgorithm));
}
