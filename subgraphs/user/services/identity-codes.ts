import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { now } from '#platform/process/clock.ts';
import type { UserContext } from '#user/context.ts';
import { Session, type SessionRow } from '#user/entities/session.ts';
import type { UserRow } from '#user/entities/user.ts';
import { beginChallenge, endChallenges, findByCode, hasUndoLink, takeChallenge, wrongCode } from './challenges.ts';
import { type Confirmed, refusedWithout } from './confirmations.ts';
import { countMails, refusedMail } from './mail-limits.ts';
import { writeMail } from './note-mail.ts';
import { lockViewer, requireSession } from './own-session.ts';
import { findUsers } from './find-users.ts';
import { hasSecondFactor } from './second-factors.ts';

/**
 * The first second factor needs more than the password: the code of a message to the customer's proved address. A thief
 * of the password could otherwise set a factor, which would keep the owner out and carry the roles of staff. While a
 * change of the address can be undone, no first factor can be set: the new address may be the thief's.
 */

/** How long a code is valid after its message is sent. */
const codeS = 15 * 60;
const purpose = 'CONFIRM_IDENTITY';

/** Sends the viewer a code for `confirmIdentity`. It replaces an earlier one. */
export async function requestIdentityCode(
  context: UserContext,
): Promise<Refusal<'EMAIL_NOT_PROVED' | 'TOO_MANY_ATTEMPTS'> | null> {
  const { em, identity, caller, rules, outbox } = context;
  const refused = await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewerOf(identity));
    if (user.emailProvedAt == null) return refusedUnproved();
    const { id: userId, email, emailKey: recipientKey } = user;
    const mail = { kind: 'IDENTITY_CODE', recipientKey, sender: caller.sender } as const;
    const tooMany = refusedMail(await countMails(transaction, rules, mail));
    if (tooMany !== null) return tooMany;
    await endChallenges(transaction, userId, [purpose]);
    const challengeId = await beginChallenge(transaction, {
      userId,
      purpose,
      email,
      emailKey: recipientKey,
      ttlS: codeS,
    });
    await writeMail(transaction, outbox, { ...mail, userId, recipient: email, challengeId });
    return null;
  });
  if (refused === null) outbox.wakeRelay();
  return refused;
}

/** Uses a code. The session has then proved the address. The caller must lock the user first, and commit a refusal. */
export async function useIdentityCode(
  em: Manager,
  { id: userId, emailKey }: UserRow,
  sessionId: string,
  code: string,
): Promise<Refusal<'INVALID_CODE' | 'TOO_MANY_ATTEMPTS'> | null> {
  const field = ['input', 'emailCode'];
  const found = await findByCode(em, userId, code, [purpose], field);
  if (isRefusal(found)) return found;
  if (found.emailKey !== emailKey || !(await takeChallenge(em, found.id))) return wrongCode(field);
  await em.nativeUpdate(Session, { id: sessionId }, { emailCodeAt: ormTime() });
  return null;
}

type ChangeRefusal = Refusal<'CONFIRMATION_REQUIRED'>;
type FirstRefusal = Refusal<'EMAIL_CODE_REQUIRED' | 'EMAIL_NOT_PROVED' | 'EMAIL_CHANGED_RECENTLY'>;

/**
 * Requires what a change of the factors needs: a confirmation. Where a factor is set, the session must have proved one: a
 * confirmation from before the first factor was given for the password alone.
 *
 * @throws UNAUTHENTICATED where the session has ended.
 */
export async function refusedFactorChange(
  context: UserContext,
  confirmation: Confirmed['confirmation'],
): Promise<ChangeRefusal | null> {
  const hasFactor = await hasSecondFactor(context.em, viewerOf(context.identity).id);
  return await refusedUnconfirmed(context, confirmation, hasFactor);
}

/**
 * The same for a change that adds a second factor or a secret of an API client, with which an account stays open to its
 * holder. Without a factor it also needs the code of a message.
 */
export async function refusedNewCredential(
  context: UserContext,
  confirmation: Confirmed['confirmation'],
): Promise<ChangeRefusal | FirstRefusal | null> {
  // Read once: a factor that is removed meanwhile must not make this the first one for only one of the two checks.
  const hasFactor = await hasSecondFactor(context.em, viewerOf(context.identity).id);
  const first = hasFactor ? null : await refusedFirstFactor(context);
  return first ?? (await refusedUnconfirmed(context, confirmation, hasFactor));
}

async function refusedUnconfirmed(
  context: UserContext,
  confirmation: Confirmed['confirmation'],
  hasFactor: boolean,
): Promise<ChangeRefusal | null> {
  const session = await requireSession(context.em, viewerOf(context.identity));
  const isProved = session.factorAt != null || !hasFactor;
  return await refusedWithout(isProved ? confirmation : null, context);
}

async function refusedFirstFactor({ em, identity, rules }: UserContext): Promise<FirstRefusal | null> {
  const viewer = viewerOf(identity);
  if (rules.EMAIL_VERIFICATION === 'off') return null;
  const [user] = await findUsers(em, [viewer.id]);
  if (user?.emailProvedAt == null) return refusedUnproved();
  // A thief of the password could have given the account an address of theirs, to which the code goes.
  if (await hasUndoLink(em, viewer.id)) return refusedNewAddress();
  return hasProvedEmail(await requireSession(em, viewer), rules.CONFIRMATION_TTL_S) ? null : refusedWithoutCode();
}

const hasProvedEmail = ({ emailCodeAt }: SessionRow, ttlS: number) =>
  emailCodeAt != null && now().getTime() - emailCodeAt.getTime() < ttlS * 1_000;

function refusedUnproved(): Refusal<'EMAIL_NOT_PROVED'> {
  return refuse('EMAIL_NOT_PROVED', 'Confirm your email address first, with the link or the code that we sent there.');
}

function refusedNewAddress(): Refusal<'EMAIL_CHANGED_RECENTLY'> {
  const message = 'Your email address was changed recently. Try again when the change can no longer be undone.';
  return refuse('EMAIL_CHANGED_RECENTLY', message);
}

function refusedWithoutCode(): Refusal<'EMAIL_CODE_REQUIRED'> {
  const message = 'Confirm that it is you with your password and the code that we send to your email address.';
  return refuse('EMAIL_CODE_REQUIRED', message, ['input', 'confirmation']);
}
