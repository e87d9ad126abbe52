import { generateSecret } from 'otplib';
import { viewerOf } from '#platform/identity/identity.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { ormClock } from '#platform/postgres/expressions.ts';
import type { UserContext } from '#user/context.ts';
import { totpUri } from '#user/domain/factor-codes.ts';
import { TotpSecret } from '#user/entities/totp-secret.ts';
import type { UserRow } from '#user/entities/user.ts';
import type { Confirmed } from './confirmations.ts';
import { refusedFactorChange, refusedNewCredential } from './identity-codes.ts';
import { countTry, forgetTries } from './identity-tries.ts';
import { refusedNotice } from './mail-limits.ts';
import { lockViewer } from './own-session.ts';
import { noteFactorChange } from './sign-in-notices.ts';
import {
  hasApp,
  hasSecondFactor,
  newRecoveryCodes,
  noteFactorProof,
  removeApp,
  useTotpCode,
} from './second-factors.ts';

/** The viewer's second factor is set up with these mutations. Each needs a confirmation, except the first step;
 * the first factor also needs the code of a message. */

export interface TotpSetup {
  readonly secret: string;
  readonly uri: string;
}

export interface RecoveryCodes {
  readonly codes: readonly string[];
}

type Unconfirmed = Refusal<'CONFIRMATION_REQUIRED'>;
type EnableRefusal =
  | NonNullable<Awaited<ReturnType<typeof refusedNewCredential>>>
  | Refusal<'INVALID_CODE' | 'SECOND_FACTOR_SET' | 'TOO_MANY_ATTEMPTS'>;
type NotSet = Refusal<'SECOND_FACTOR_NOT_SET'>;

/** Creates the secret for an authenticator app. It counts once `enableTotp` has seen a code of it. */
export async function beginTotp({
  em,
  identity,
  factorSecrets,
}: UserContext): Promise<TotpSetup | Refusal<'SECOND_FACTOR_SET'>> {
  const viewer = viewerOf(identity);
  return await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    if (await hasApp(transaction, user.id)) {
      return refuse('SECOND_FACTOR_SET', 'An authenticator app is set up already. Remove it first.');
    }
    const secret = generateSecret();
    await transaction.nativeDelete(TotpSecret, { userId: user.id });
    await transaction.insert(TotpSecret, { userId: user.id, secret: factorSecrets.encrypt(user.id, secret) });
    return { secret, uri: totpUri(secret, user.email) };
  });
}

/** Enables the app. Returns the recovery codes. */
export async function enableTotp(
  context: UserContext,
  { code, confirmation }: Confirmed & { readonly code: string },
): Promise<RecoveryCodes | EnableRefusal> {
  const { em, identity, factorSecrets } = context;
  const viewer = viewerOf(identity);
  const refused = (await refusedNewCredential(context, confirmation)) ?? (await countTry(em, viewer.id));
  if (refused !== null) return refused;
  return await changed(context, async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    const { id } = user;
    if (await hasApp(transaction, id)) {
      return refuse('SECOND_FACTOR_SET', 'An authenticator app is set up already. Remove it first.');
    }
    const tooMany = await refusedNotice(transaction, user, 'FACTOR_CHANGED');
    if (tooMany !== null) return tooMany;
    if (!(await useTotpCode(transaction, id, code, factorSecrets, 'new'))) {
      return refuse('INVALID_CODE', 'The code is wrong or has expired. Enter the newest one.', ['input', 'code']);
    }
    await transaction.nativeUpdate(TotpSecret, { userId: id }, { enabledAt: ormClock() });
    await noteFactorProof(transaction, viewer.sessionId);
    await forgetTries(transaction, id);
    await noteFactorChange(transaction, user, 'TOTP_ENABLED', context);
    return { codes: await newRecoveryCodes(transaction, id) };
  });
}

/** Removes the app, and the recovery codes where no passkey is left. */
export async function disableTotp(context: UserContext, { confirmation }: Confirmed): Promise<UserRow | Unconfirmed> {
  const refused = await refusedFactorChange(context, confirmation);
  if (refused !== null) return refused;
  const viewer = viewerOf(context.identity);
  return await changed(context, async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    await removeApp(transaction, user.id);
    await noteFactorChange(transaction, user, 'TOTP_DISABLED', context);
    return user;
  });
}

/** Replaces the recovery codes. */
export async function renewRecoveryCodes(
  context: UserContext,
  { confirmation }: Confirmed,
): Promise<RecoveryCodes | Unconfirmed | NotSet | Refusal<'TOO_MANY_ATTEMPTS'>> {
  const refused = await refusedFactorChange(context, confirmation);
  if (refused !== null) return refused;
  const viewer = viewerOf(context.identity);
  return await changed(context, async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    const { id } = user;
    if (!(await hasSecondFactor(transaction, id))) {
      return refuse('SECOND_FACTOR_NOT_SET', 'Set up an authenticator app or a passkey first.');
    }
    const tooMany = await refusedNotice(transaction, user, 'FACTOR_CHANGED');
    if (tooMany !== null) return tooMany;
    await noteFactorChange(transaction, user, 'RECOVERY_CODES_RENEWED', context);
    return { codes: await newRecoveryCodes(transaction, id) };
  });
}

/** Commits a change of the factors, then dispatches its message. */
async function changed<Result>(
  { em, outbox }: Pick<UserContext, 'em' | 'outbox'>,
  change: (em: Manager) => Promise<Result>,
): Promise<Result> {
  const result = await em.transactional(change);
  if (!isRefusal(result)) outbox.wakeRelay();
  return result;
}
