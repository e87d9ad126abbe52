import { randomUUIDv7 } from 'node:crypto';
import { hasCharacters, isLine } from '#platform/validation/characters.ts';
import { ormClock } from '#platform/postgres/expressions.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import type { UserContext } from '#user/context.ts';
import { readRegistration, type RegistrationResponse } from '#user/domain/passkey-response.ts';
import { Passkey, type PasskeyRow } from '#user/entities/passkey.ts';
import type { UserRow } from '#user/entities/user.ts';
import type { Confirmed } from './confirmations.ts';
import { refusedFactorChange, refusedNewCredential } from './identity-codes.ts';
import { refusedNotice } from './mail-limits.ts';
import { lockViewer } from './own-session.ts';
import type { ChallengeScope } from './passkey-challenges.ts';
import { assertionOptions, checkRegistration, invalidPasskey, passkeysOf, registrationOptions } from './passkeys.ts';
import {
  endFactorProofs,
  newRecoveryCodes,
  noteFactorProof,
  recoveryCodesLeft,
  removeUnneededCodes,
} from './second-factors.ts';
import { noteFactorChange } from './sign-in-notices.ts';

/** The viewer's passkeys. Adding one needs a confirmation at its beginning, and its challenge at its end. */

export interface PasskeyOptions {
  readonly options: string;
}

type BeginRefusal = NonNullable<Awaited<ReturnType<typeof refusedNewCredential>>> | Refusal<'TOO_MANY_PASSKEYS'>;

const mostPasskeys = 10;
const idOnly = { fields: ['id'], disableIdentityMap: true } as const;
const longestName = 100;

const registering = ({ id, sessionId }: Viewer): ChallengeScope => ({
  purpose: 'REGISTER',
  userId: id,
  boundTo: sessionId,
});

/** The challenge with which the viewer confirms, for the viewer's session. */
export const confirming = ({ id, sessionId }: Viewer): ChallengeScope => ({
  purpose: 'CONFIRM',
  userId: id,
  boundTo: sessionId,
});

/** Returns what the browser needs to make a passkey, with a challenge for `addPasskey`. */
export async function beginPasskeyRegistration(
  context: UserContext,
  { confirmation }: Confirmed,
): Promise<PasskeyOptions | BeginRefusal> {
  const { em, identity, site } = context;
  const refused = await refusedNewCredential(context, confirmation);
  if (refused !== null) return refused;
  const viewer = viewerOf(identity);
  return await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    const tooMany = await refusedTooMany(transaction, user.id);
    if (tooMany !== null) return tooMany;
    return { options: await registrationOptions(transaction, user, registering(viewer), site) };
  });
}

/** Returns what the browser needs to use one of the viewer's passkeys for `confirmIdentity`. */
export async function beginPasskeyConfirmation(
  context: UserContext,
): Promise<PasskeyOptions | Refusal<'SECOND_FACTOR_NOT_SET'>> {
  const { em, identity, site } = context;
  const viewer = viewerOf(identity);
  return await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    if ((await passkeysOf(transaction, user.id)).length === 0) {
      return refuse('SECOND_FACTOR_NOT_SET', 'You have no passkey.');
    }
    return { options: await assertionOptions(transaction, confirming(viewer), site) };
  });
}

export interface NewPasskey {
  readonly name: string;
  readonly response: string;
}

export interface AddedPasskey {
  readonly passkey: PasskeyRow;
  /** The first factor comes with recovery codes; null where there are some. */
  readonly codes: readonly string[] | null;
}

type AddRefusal = Refusal<'INVALID_NAME' | 'INVALID_PASSKEY' | 'TOO_MANY_PASSKEYS' | 'TOO_MANY_ATTEMPTS'>;

/** Adds the passkey that a browser has made. It is a second factor from now on. */
export async function addPasskey(
  context: UserContext,
  { name: text, response: json }: NewPasskey,
): Promise<AddedPasskey | AddRefusal> {
  const { em, identity, outbox } = context;
  const viewer = viewerOf(identity);
  const name = nameOf(text);
  if (isRefusal(name)) return name;
  const response = readRegistration(json);
  if (response === null) return invalidPasskey(['input', 'response']);
  const added = await em.transactional(
    async (transaction) => await add(transaction, viewer, { name, response }, context),
  );
  if (!isRefusal(added)) outbox.wakeRelay();
  return added;
}

async function add(
  em: Manager,
  viewer: Viewer,
  { name, response }: { readonly name: string; readonly response: RegistrationResponse },
  context: UserContext,
): Promise<AddedPasskey | AddRefusal> {
  const user = await lockViewer(em, viewer);
  const checked = await checkRegistration(em, response, registering(viewer), context);
  if (isRefusal(checked)) return checked;
  const tooMany = (await refusedTooMany(em, user.id)) ?? (await refusedNotice(em, user, 'FACTOR_CHANGED'));
  if (tooMany !== null) return tooMany;
  const { credentialId } = checked;
  // A device makes a new id each time. A known one was copied from another passkey.
  if ((await em.findOne(Passkey, { credentialId }, idOnly)) !== null) return invalidPasskey(['input', 'response']);
  const id = randomUUIDv7();
  await em.insert(Passkey, { id, userId: user.id, name, ...checked, createdAt: ormClock() });
  await noteFactorProof(em, viewer.sessionId);
  await noteFactorChange(em, user, 'PASSKEY_ADDED', context);
  const codes = (await recoveryCodesLeft(em, user.id)) > 0 ? null : await newRecoveryCodes(em, user.id);
  return { passkey: await em.findOneOrFail(Passkey, { id }, { refresh: true }), codes };
}

/** Removes a passkey. The recovery codes go with the last factor. */
export async function removePasskey(
  context: UserContext,
  { passkeyId, confirmation }: Confirmed & { readonly passkeyId: string },
): Promise<UserRow | Refusal<'CONFIRMATION_REQUIRED' | 'NOT_FOUND'>> {
  const { em, identity, outbox } = context;
  const refused = await refusedFactorChange(context, confirmation);
  if (refused !== null) return refused;
  const viewer = viewerOf(identity);
  const removed = await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    const own = isId(passkeyId) ? { id: passkeyId, userId: user.id } : null;
    if (own === null || (await transaction.nativeDelete(Passkey, own)) === 0) {
      return refuse('NOT_FOUND', 'This passkey does not exist or is not yours.', ['input', 'passkeyId']);
    }
    await endFactorProofs(transaction, user.id);
    await removeUnneededCodes(transaction, user.id);
    await noteFactorChange(transaction, user, 'PASSKEY_REMOVED', context);
    return user;
  });
  if (!isRefusal(removed)) outbox.wakeRelay();
  return removed;
}

async function refusedTooMany(em: Manager, userId: string): Promise<Refusal<'TOO_MANY_PASSKEYS'> | null> {
  if ((await em.find(Passkey, { userId }, idOnly)).length < mostPasskeys) return null;
  return refuse('TOO_MANY_PASSKEYS', `You can have ${mostPasskeys} passkeys. Remove one first.`);
}

function nameOf(text: string): string | Refusal<'INVALID_NAME'> {
  const name = hasCharacters(text, 0, longestName) ? text.trim() : '';
  if (isLine(name)) return name;
  const message = `The name must have 1 to ${longestName} characters on one line, without control characters.`;
  return refuse('INVALID_NAME', message, ['input', 'name']);
}
