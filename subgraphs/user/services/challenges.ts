import { createHash, randomBytes, randomInt, randomUUIDv7, timingSafeEqual } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import { ormClock, ormTime } from '#platform/postgres/expressions.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { Secrets } from '#user/domain/account-mails.ts';
import { type ChallengePurpose, type ChallengeRow, EmailChallenge } from '#user/entities/email-challenge.ts';

export interface ChallengeDraft {
  readonly userId: string;
  readonly purpose: ChallengePurpose;
  readonly email: string;
  readonly emailKey: string;
  /** How long the link is valid after the message is sent. */
  readonly ttlS: number;
}

/**
 * Begins a challenge without a secret: the worker that sends the message makes the secret. Returns the id. If
 * the callers lock the user first, the times of the user's challenges are in the order of their commits.
 */
export async function beginChallenge(em: Manager, draft: ChallengeDraft): Promise<string> {
  const id = randomUUIDv7();
  await em.insert(EmailChallenge, { id, ...draft, createdAt: ormClock(), expiresAt: ormTime(draft.ttlS) });
  return id;
}

/** The purposes of the challenges that end where the customer gets another address. */
export const forCurrentEmail = [
  'PROVE_EMAIL',
  'CHANGE_EMAIL',
  'RESTORE_EMAIL',
  'RESET_PASSWORD',
  'CONFIRM_IDENTITY',
] as const;

/** Ends all open challenges of a user that have one of these purposes. */
export async function endChallenges(em: Manager, userId: string, purposes: readonly ChallengePurpose[]) {
  await em.nativeUpdate(
    EmailChallenge,
    { userId, purpose: { $in: [...purposes] }, usedAt: null },
    { usedAt: ormTime() },
  );
}

/** Ends the open links that undo a change, from this one's change on. Links to earlier addresses stay. */
export async function endUndoLinksFrom(em: Manager, { userId, createdAt }: ChallengeRow): Promise<void> {
  await em.nativeUpdate(
    EmailChallenge,
    { userId, purpose: 'UNDO_EMAIL_CHANGE', usedAt: null, createdAt: { $gte: createdAt } },
    { usedAt: ormTime() },
  );
}

/** Whether a change of the user's address can still be undone. */
export async function hasUndoLink(em: Manager, userId: string): Promise<boolean> {
  const links = { userId, purpose: 'UNDO_EMAIL_CHANGE', ...open() } as const;
  return (await em.findOne(EmailChallenge, links, { fields: ['id'], disableIdentityMap: true })) !== null;
}

/** Uses a challenge. Returns false if another request was faster, or if it has expired. */
export async function takeChallenge(em: Manager, id: string): Promise<boolean> {
  return (await em.nativeUpdate(EmailChallenge, { id, ...open() }, { usedAt: ormTime() })) === 1;
}

/** The open challenge with this token; null if there is none. */
export async function findByToken(
  em: Manager,
  token: string,
  purposes: readonly ChallengePurpose[],
): Promise<ChallengeRow | null> {
  const id = challengeIdOf(token);
  if (id === null) return null;
  const wanted = { id, purpose: { $in: [...purposes] }, ...open() };
  const found = await em.findOne(EmailChallenge, wanted, { disableIdentityMap: true });
  return found !== null && isAmong(found.tokenHashes, hashOf(token)) ? found : null;
}

/** The most wrong codes for the proof of an address. */
export const mostProofTries = 5;

/**
 * Checks a code against the newest open challenge of a user. A wrong code counts, so the caller must commit; after five
 * wrong codes only the link is valid.
 */
export async function findByCode(
  em: Manager,
  userId: string,
  code: string,
  purposes: readonly ChallengePurpose[],
  field = ['input', 'code'],
): Promise<ChallengeRow | Refusal<'INVALID_CODE' | 'TOO_MANY_ATTEMPTS'>> {
  const wanted = { userId, purpose: { $in: [...purposes] }, ...open() };
  const options = { orderBy: { createdAt: 'desc', id: 'desc' }, disableIdentityMap: true } as const;
  const found = await em.findOne(EmailChallenge, wanted, options);
  if (found === null) return wrongCode(field);
  if (found.tries >= mostProofTries) return tooManyCodes(field);
  if (isAmong(found.codeHashes, codeHash(found.id, code))) return found;
  await em.nativeUpdate(EmailChallenge, { id: found.id }, { tries: found.tries + 1 });
  return wrongCode(field);
}

export const wrongCode = (field: readonly string[]) =>
  refuse('INVALID_CODE', 'The code is wrong or has expired.', field);
const tooManyCodes = (field: readonly string[]) =>
  refuse('TOO_MANY_ATTEMPTS', 'Too many wrong codes were entered. Request a new message.', field);

const open = () => ({ usedAt: null, expiresAt: { $gt: ormTime() } });

const idCharacters = 22;
const secretBytes = 32;
const tokenPattern = /^[\w-]{65}$/;

/** A new link's token and a new code for a challenge. The token begins with the challenge's id. */
export function makeSecrets(challengeId: string): Secrets {
  const id = Buffer.from(challengeId.replaceAll('-', ''), 'hex').toString('base64url');
  return {
    token: `${id}${randomBytes(secretBytes).toString('base64url')}`,
    code: String(randomInt(100_000_000)).padStart(8, '0'),
  };
}

/** The hashes to store for the secrets of a challenge. */
export function hashesOf(challengeId: string, { token, code }: Secrets) {
  return { token: hashOf(token), code: codeHash(challengeId, code) };
}

function challengeIdOf(token: string): string | null {
  if (!tokenPattern.test(token)) return null;
  const hex = Buffer.from(token.slice(0, idCharacters), 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** The id is the salt. The code alone is short, and useless without a session of its customer. */
const codeHash = (challengeId: string, code: string) => hashOf(`${challengeId}:${code.trim().slice(0, 20)}`);

function isAmong(hashes: readonly string[], hash: string): boolean {
  const wanted = Buffer.from(hash);
  return hashes.some((known) => known.length === hash.length && timingSafeEqual(Buffer.from(known), wanted));
}

export function refusedLink(): Refusal<'INVALID_TOKEN'> {
  return refuse('INVALID_TOKEN', 'This link is not valid any more. Request a new message.', ['input', 'token']);
}
