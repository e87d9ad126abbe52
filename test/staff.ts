import { randomUUID } from 'node:crypto';
import { decodeJwt, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { connected } from '#local/connected.ts';
import { accessTokenType, clientTokenType, signatureAlgorithm } from '#platform/identity/identity.ts';
import { permitType } from '#platform/identity/permit.ts';
import type { Role } from '#platform/identity/roles.ts';
import type { Scope } from '#platform/identity/scopes.ts';

/**
 * @returns an access token with these roles, signed with the newest key of the user subgraph's database, for a new session
 * with a second factor. The user has no grant of the roles.
 */
export async function staffToken(
  userDatabaseUrl: string,
  { id, email }: { readonly id: string; readonly email: string },
  roles: readonly Role[],
): Promise<string> {
  const sid = randomUUID();
  await connected(userDatabaseUrl, async (client) => {
    await client.query(
      `insert into sessions (id, user_id, device, place, factor_at)
       select $1, id, 'Firefox on Linux', 'this machine', now() from users where id = $2`,
      [sid, id],
    );
  });
  const claims = { email, name: 'Olga', sid, roles };
  return await sign(userDatabaseUrl, { type: accessTokenType, subject: id, claims, expires: '10m' });
}

/** @returns an access token of an API client of this user, with these scopes, signed as the user subgraph does. */
export async function clientToken(
  userDatabaseUrl: string,
  { id, email }: { readonly id: string; readonly email: string },
  scopes: readonly Scope[],
  clientId: string = randomUUID(),
): Promise<string> {
  const claims = { email, name: 'Olga', client_id: clientId, scope: scopes.join(' ') };
  return await sign(userDatabaseUrl, { type: clientTokenType, subject: id, claims, expires: '10m' });
}

/** Stores a shop of this user. @returns its id, and an access token. */
export async function storeShop(
  userDatabaseUrl: string,
  owner: { readonly id: string; readonly email: string },
  name: string,
): Promise<{ readonly id: string; readonly token: string }> {
  const id = randomUUID();
  await connected(userDatabaseUrl, async (client) => {
    await client.query(
      `insert into api_clients (id, user_id, name, scopes, secret_hash, expires_at)
       values ($1, $2, $3, '{shop:orders}', sha256(''), now() + interval '1 hour')`,
      [id, owner.id, name],
    );
  });
  return { id, token: await clientToken(userDatabaseUrl, owner, ['shop:orders'], id) };
}

/** @returns a permit for the session of an access token, signed as the user subgraph does. */
export async function permitOf(
  userDatabaseUrl: string,
  accessToken: string,
  {
    of,
    type = permitType,
    expires = '10m',
  }: { readonly of: unknown; readonly type?: string; readonly expires?: string },
): Promise<string> {
  const { sub: subject, sid } = decodeJwt(accessToken);
  return await sign(userDatabaseUrl, { type, subject: subject!, claims: { sid, of }, expires });
}

interface TokenContent {
  readonly type: string;
  readonly subject: string;
  readonly claims: JWTPayload;
  readonly expires: string;
}

async function sign(userDatabaseUrl: string, { type, subject, claims, expires }: TokenContent): Promise<string> {
  const { kid, private_jwk: jwk } = await connected(userDatabaseUrl, async (client) => {
    const { rows } = await client.query<{ kid: string; private_jwk: JWK }>(
      'select kid, private_jwk from signing_keys where retired_at is null order by created_at desc limit 1',
    );
    return rows[0]!;
  });
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: signatureAlgorithm, typ: type, kid })
    .setIssuer('wallet-and-orders')
    .setAudience('wallet-and-orders-api')
    .setSubject(subject)
    .setIssuedAt()
    .setJti(randomUUID())
    .setExpirationTime(expires)
    .sign(await importJWK(jwk, signatureAlgorithm));
}
