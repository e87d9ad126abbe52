import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { isScope, type Scope, scopes } from '#platform/identity/scopes.ts';

/** The decisions about API clients: their scopes, their times, and which secret fits. */

/** A secret has 256 random bits, so a fast hash is enough. The prefix lets scanners of source code find it. */
const secretPrefix = 'wcs_';
const secretCharacters = secretPrefix.length + 43;

export function newSecret(): string {
  return `${secretPrefix}${randomBytes(32).toString('base64url')}`;
}

export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The times and secrets of a client that decide about a token. */
export interface ClientState {
  readonly secretHash: Uint8Array;
  readonly oldSecretHash: Uint8Array | null;
  readonly oldSecretEndsAt: Date | null;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** What no secret has as its hash. */
const noHash = Buffer.alloc(32);

/**
 * Returns which secret of the client this is, and until when it counts; null if it counts no more, or for no client. Both
 * hashes are compared in each case, so that the time of the answer shows nothing.
 */
export function fittingSecret(
  client: ClientState | null,
  secret: string,
  now: Date,
): { readonly isNewest: boolean; readonly endsAt: Date } | null {
  const given = secret.length > secretCharacters ? noHash : secretHash(secret);
  const isNewest = timingSafeEqual(given, client?.secretHash ?? noHash);
  const isOld = timingSafeEqual(given, client?.oldSecretHash ?? noHash);
  if (client === null || given === noHash || client.revokedAt !== null || client.expiresAt <= now) return null;
  if (isNewest) return { isNewest, endsAt: client.expiresAt };
  const { oldSecretEndsAt } = client;
  if (!isOld || oldSecretEndsAt === null || oldSecretEndsAt <= now) return null;
  return { isNewest, endsAt: oldSecretEndsAt < client.expiresAt ? oldSecretEndsAt : client.expiresAt };
}

/**
 * The old secret after a rotation. It is the newest one so far. If that one was never used, its answer may have been
 * lost: the secret before it goes on where it still counts, so that no rotation stops a running program.
 */
export function secretToKeep(
  { secretHash, secretUsedAt, oldSecretHash, oldSecretEndsAt }: ClientState & { readonly secretUsedAt: Date | null },
  now: Date,
): Uint8Array {
  const isOldLive = oldSecretHash !== null && oldSecretEndsAt !== null && oldSecretEndsAt > now;
  return secretUsedAt === null && isOldLive ? oldSecretHash : secretHash;
}

/** The scopes of a new client, each once. */
export function scopesOf(texts: readonly string[]): readonly Scope[] | Refusal<'INVALID_SCOPE'> {
  const field = ['input', 'scopes'];
  if (texts.length === 0) return refuse('INVALID_SCOPE', 'Choose at least one scope.', field);
  if (texts.length > scopes.length || !texts.every(isScope)) {
    return refuse('INVALID_SCOPE', `Choose each scope once, from: ${scopes.join(', ')}.`, field);
  }
  return scopes.filter((scope) => texts.includes(scope));
}

/** In characters: longer than all scopes together. */
const longestScope = 1_000;

/** The scopes of a token: those that the request names, or all of the client. */
export function grantedScopes(
  own: readonly Scope[],
  request: string | null | undefined,
): readonly Scope[] | Refusal<'INVALID_SCOPE'> {
  if (request == null || request === '') return own;
  const named = request.length > longestScope ? [] : request.split(' ');
  const granted = own.filter((scope) => named.includes(scope));
  if (named.length > 0 && named.every((name) => (granted as readonly string[]).includes(name))) return granted;
  const message = `The API client has these scopes only: ${own.join(' ')}.`;
  return refuse('INVALID_SCOPE', message, ['input', 'scope']);
}

const longestLifeDays = 365;
const longestOverlapHours = 7 * 24;

export function refusedLife(days: number): Refusal<'INVALID_TIME'> | null {
  if (days >= 1 && days <= longestLifeDays) return null;
  return refuse('INVALID_TIME', `Choose 1 to ${longestLifeDays} days.`, ['input', 'expiresInDays']);
}

export function refusedOverlap(hours: number): Refusal<'INVALID_TIME'> | null {
  if (hours >= 0 && hours <= longestOverlapHours) return null;
  return refuse('INVALID_TIME', `Choose 0 to ${longestOverlapHours} hours.`, ['input', 'overlapHours']);
}
