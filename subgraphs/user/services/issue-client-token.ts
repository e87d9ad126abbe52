import { clientTokenType, type TokenRules } from '#platform/identity/identity.ts';
import type { Scope } from '#platform/identity/scopes.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { now } from '#platform/process/clock.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { isId } from '#platform/validation/ids.ts';
import type { UserContext } from '#user/context.ts';
import { fittingSecret, grantedScopes } from '#user/domain/api-client.ts';
import { ApiClient, type ApiClientRow } from '#user/entities/api-client.ts';
import type { UserRow } from '#user/entities/user.ts';
import { findApiClient, lockApiClient } from './api-clients.ts';
import { findUsers } from './find-users.ts';
import { signToken } from './sign-token.ts';
import type { SignatureKey } from './signing-keys.ts';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Scopes, separated by spaces; null for all of the client. */
  readonly scope?: string | null | undefined;
}

export interface ClientToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
  readonly scope: string;
}

/**
 * Issues an access token to an API client (RFC 6749, section 4.4). An unknown client, a wrong secret, and a client that
 * has expired or was revoked get the same answer.
 */
export async function issueClientToken(
  { em, keyring, rules }: UserContext,
  { clientId, clientSecret, scope }: ClientCredentials,
): Promise<ClientToken | Refusal<'INVALID_CLIENT' | 'INVALID_SCOPE'>> {
  const key = await keyring.signingKey();
  // A caller with a wrong secret locks no row, and one who gets no token uses no secret.
  const client = isId(clientId) ? await findApiClient(em, clientId) : null;
  const secret = fittingSecret(client, clientSecret, now());
  if (client === null || secret === null) return refusedClient();
  const scopes = grantedScopes(client.scopes, scope);
  if (isRefusal(scopes)) return scopes;
  const used = await em.transactional(async (transaction) => await useSecret(transaction, clientId, clientSecret));
  return used === null ? refusedClient() : await signClientToken({ ...used, scopes }, key, rules);
}

/**
 * Records the use of a secret. It locks the client: a rotation comes before or after the use, never between the check of
 * the secret and the record. A rotation that comes before leaves this secret as the old one.
 *
 * @returns null if the client was revoked or deleted, or the secret replaced, since the first check.
 */
async function useSecret(em: Manager, clientId: string, clientSecret: string): Promise<Omit<Grant, 'scopes'> | null> {
  const client = await lockApiClient(em, clientId);
  const secret = fittingSecret(client, clientSecret, now());
  if (client === null || secret === null) return null;
  const isFirstUse = secret.isNewest && client.secretUsedAt === null;
  const used = { lastUsedAt: ormTime(), ...(isFirstUse && { secretUsedAt: ormTime() }) };
  await em.nativeUpdate(ApiClient, { id: client.id }, used);
  const [user] = await findUsers(em, [client.userId]);
  return user === undefined ? null : { client, user, endsAt: secret.endsAt };
}

interface Grant {
  readonly client: ApiClientRow;
  readonly user: UserRow;
  readonly scopes: readonly Scope[];
  /** When the secret ends. Its tokens end with it. */
  readonly endsAt: Date;
}

async function signClientToken(
  { client, user: { id: userId, email, name }, scopes, endsAt }: Grant,
  key: SignatureKey,
  rules: TokenRules & { readonly ACCESS_TOKEN_TTL_S: number },
): Promise<ClientToken> {
  const scope = scopes.join(' ');
  const leftS = Math.max(1, Math.floor((endsAt.getTime() - now().getTime()) / 1_000));
  const content = {
    type: clientTokenType,
    userId,
    claims: { email, name, client_id: client.id, scope },
    ttlS: Math.min(rules.ACCESS_TOKEN_TTL_S, leftS),
  };
  const { token: accessToken, expiresAt } = await signToken(content, key, rules);
  return { accessToken, expiresAt, scope };
}

function refusedClient(): Refusal<'INVALID_CLIENT'> {
  return refuse('INVALID_CLIENT', 'The client id or the secret is wrong, or the API client has ended.');
}
