import { randomUUIDv7 } from 'node:crypto';
import { hasCharacters, isLine } from '#platform/validation/characters.ts';
import { isRefusal, refuse, type Refusal, together } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { ormClock, ormTime } from '#platform/postgres/expressions.ts';
import { now } from '#platform/process/clock.ts';
import { isId } from '#platform/validation/ids.ts';
import type { UserContext } from '#user/context.ts';
import { newSecret, refusedLife, refusedOverlap, scopesOf, secretHash, secretToKeep } from '#user/domain/api-client.ts';
import { ApiClient, type ApiClientRow } from '#user/entities/api-client.ts';
import type { UserRow } from '#user/entities/user.ts';
import { findApiClient, lockApiClient } from './api-clients.ts';
import { type Confirmed, refusedWithout } from './confirmations.ts';
import { refusedNewCredential } from './identity-codes.ts';
import { refusedNotice } from './mail-limits.ts';
import { noteMail } from './note-mail.ts';
import { lockViewer } from './own-session.ts';

/** The viewer's API clients. Each change needs a confirmation, a new secret as much as a new factor, and locks the user. */

export interface NewApiClient extends Confirmed {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresInDays?: number | null | undefined;
}

export interface RotatedSecret extends Confirmed {
  readonly clientId: string;
  readonly overlapHours?: number | null | undefined;
}

/** A client with its new secret. The database has only the secret's hash. */
export interface ClientWithSecret {
  readonly apiClient: ApiClientRow;
  readonly clientSecret: string;
}

const mostClients = 10;
/** Those that have ended included: they are kept for 90 days. */
const mostKept = 100;
const longestName = 100;
const dayS = 86_400;
const hourS = 3_600;

type Unconfirmed = 'CONFIRMATION_REQUIRED';
type WithoutCode = 'EMAIL_CODE_REQUIRED' | 'EMAIL_NOT_PROVED' | 'EMAIL_CHANGED_RECENTLY';
type ChangeRefusal = Refusal<
  Unconfirmed | WithoutCode | 'NOT_FOUND' | 'API_CLIENT_ENDED' | 'INVALID_TIME' | 'TOO_MANY_ATTEMPTS'
>;

/** Creates a client. Its owner gets a message. */
export async function createApiClient(
  context: UserContext,
  { name: text, scopes: texts, expiresInDays, confirmation }: NewApiClient,
): Promise<
  | ClientWithSecret
  | Refusal<Unconfirmed | WithoutCode | 'INVALID_NAME' | 'INVALID_SCOPE' | 'INVALID_TIME' | 'TOO_MANY_API_CLIENTS'>
> {
  const { em, identity, outbox } = context;
  const [name, scopes, days] = [nameOf(text), scopesOf(texts), expiresInDays ?? 90];
  const invalid = together([
    isRefusal(name) ? name : null,
    isRefusal(scopes) ? scopes : null,
    refusedLife(days),
    await refusedNewCredential(context, confirmation),
  ]);
  if (invalid !== null || isRefusal(name) || isRefusal(scopes)) return invalid!;
  const clientSecret = newSecret();
  const created = await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewerOf(identity));
    const tooMany = await refusedTooMany(transaction, user.id);
    if (tooMany !== null) return tooMany;
    const id = randomUUIDv7();
    const times = { createdAt: ormClock(), expiresAt: ormTime(days * dayS) };
    await transaction.insert(ApiClient, {
      id,
      userId: user.id,
      name,
      scopes,
      secretHash: secretHash(clientSecret),
      ...times,
    });
    await noteMail(transaction, outbox, { user, kind: 'API_CLIENT_CHANGED', data: { change: 'CREATED' } });
    return { apiClient: (await findApiClient(transaction, id))!, clientSecret };
  });
  if (!isRefusal(created)) outbox.wakeRelay();
  return created;
}

/** Gives a client a new secret. The one before counts for some hours more, so that its program need not stop. */
export async function rotateApiClientSecret(
  context: UserContext,
  { clientId, overlapHours, confirmation }: RotatedSecret,
): Promise<ClientWithSecret | ChangeRefusal> {
  const { em, outbox } = context;
  const hours = overlapHours ?? 24;
  const refused = together([refusedOverlap(hours), await refusedNewCredential(context, confirmation)]);
  if (refused !== null) return refused;
  const clientSecret = newSecret();
  const rotated = await em.transactional(async (transaction) => {
    const owned = await lockOwned(transaction, context, clientId);
    if (isRefusal(owned)) return owned;
    const { user, client } = owned;
    if (client.revokedAt !== null || client.expiresAt <= now()) return refusedEnded();
    const tooMany = await refusedNotice(transaction, user, 'API_CLIENT_CHANGED');
    if (tooMany !== null) return tooMany;
    const kept = { oldSecretHash: Buffer.from(secretToKeep(client, now())), oldSecretEndsAt: ormTime(hours * hourS) };
    const next = { secretHash: secretHash(clientSecret), secretUsedAt: null };
    await transaction.nativeUpdate(ApiClient, { id: client.id }, { ...kept, ...next });
    await noteMail(transaction, outbox, { user, kind: 'API_CLIENT_CHANGED', data: { change: 'ROTATED' } });
    return { apiClient: (await findApiClient(transaction, client.id))!, clientSecret };
  });
  if (!isRefusal(rotated)) outbox.wakeRelay();
  return rotated;
}

/** Revokes a client and its access tokens. Revoking it again is no error. */
export async function revokeApiClient(
  context: UserContext,
  { clientId, confirmation }: Confirmed & { readonly clientId: string },
): Promise<ApiClientRow | ChangeRefusal> {
  const { em, revocations } = context;
  const refused = await refusedWithout(confirmation, context);
  if (refused !== null) return refused;
  const revoked = await em.transactional(async (transaction) => {
    const owned = await lockOwned(transaction, context, clientId);
    if (isRefusal(owned)) return owned;
    await transaction.nativeUpdate(ApiClient, { id: owned.client.id, revokedAt: null }, { revokedAt: ormTime() });
    return (await findApiClient(transaction, owned.client.id))!;
  });
  if (!isRefusal(revoked)) revocations.add(revoked.id);
  return revoked;
}

async function lockOwned(
  em: Manager,
  { identity }: UserContext,
  clientId: string,
): Promise<{ readonly user: UserRow; readonly client: ApiClientRow } | Refusal<'NOT_FOUND'>> {
  const user = await lockViewer(em, viewerOf(identity));
  const client = isId(clientId) ? await lockApiClient(em, clientId) : null;
  if (client?.userId === user.id) return { user, client };
  return refuse('NOT_FOUND', 'This API client does not exist or is not yours.', ['input', 'clientId']);
}

async function refusedTooMany(em: Manager, userId: string): Promise<Refusal<'TOO_MANY_API_CLIENTS'> | null> {
  const options = { fields: ['id', 'revokedAt', 'expiresAt'], limit: mostKept, disableIdentityMap: true } as const;
  const kept = await em.find(ApiClient, { userId }, options);
  const live = kept.filter(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > now());
  if (live.length >= mostClients) {
    return refuse('TOO_MANY_API_CLIENTS', `You can have ${mostClients} API clients. Revoke one first.`);
  }
  if (kept.length < mostKept) return null;
  return refuse(
    'TOO_MANY_API_CLIENTS',
    `You have ${mostKept} API clients, counting those that ended in the last 90 days. Rotate one instead.`,
  );
}

function nameOf(text: string): string | Refusal<'INVALID_NAME'> {
  const name = hasCharacters(text, 0, longestName) ? text.trim() : '';
  if (isLine(name)) return name;
  const message = `The name must have 1 to ${longestName} characters on one line, without control characters.`;
  return refuse('INVALID_NAME', message, ['input', 'name']);
}

function refusedEnded(): Refusal<'API_CLIENT_ENDED'> {
  return refuse('API_CLIENT_ENDED', 'This API client has ended. Create another one.', ['input', 'clientId']);
}
