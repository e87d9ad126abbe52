import type { Manager } from '#platform/postgres/database.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import type { UserContext } from '#user/context.ts';
import { closeAccounts, type ClosingRefusal } from './close-accounts.ts';
import { refusedWithoutFactor, signConfirmation } from './confirmations.ts';
import { lockUser } from './find-users.ts';
import { noteDeletion } from './revocations.ts';
import { type PasswordRefusal, refusedCurrentPassword, viewerByPasswordAlone } from './own-password.ts';
import { requireSession } from './own-session.ts';
import { userDeleted } from './user-outbox.ts';

export interface Deletion {
  readonly password: string;
  readonly confirmation?: string | null | undefined;
}

const passwordField = ['input', 'password'];

export interface DeletedUser {
  readonly id: string;
}

/**
 * Closes the viewer's accounts, then deletes the viewer with all sessions. Both need the session to go on. The same commit writes the deletion to the
 * outbox and revokes the viewer's access tokens. A client can repeat an unfinished deletion: closing closed
 * accounts is no error.
 */
export async function deleteUser(
  context: UserContext,
  { password, confirmation }: Deletion,
): Promise<DeletedUser | PasswordRefusal | Refusal<'CONFIRMATION_REQUIRED'> | ClosingRefusal> {
  const { em, identity, billingUrl, revocations, keyring, log, outbox, rules } = context;
  if (identity.token !== 'valid') throw unauthenticated();
  const unconfirmed = await refusedWithoutFactor(confirmation, identity.viewer.id, context);
  if (unconfirmed !== null) return unconfirmed;
  const user = await viewerByPasswordAlone(context, password, passwordField);
  if (isRefusal(user)) return user;
  await requireSession(em, identity.viewer);
  // The password, and the factor where one is set, were just checked.
  const { confirmation: own } = await signConfirmation(identity.viewer, await keyring.signingKey(), rules);
  const refused = await closeAccounts({ url: billingUrl, authorization: identity.authorization }, own, log);
  if (refused !== null) return refused;

  const stale = await em.transactional(
    async (transaction) => await removeUser(transaction, user.passwordHash, identity.viewer, context),
  );
  if (stale !== null) return stale;
  revocations.add(user.id);
  outbox.wakeRelay();
  return { id: user.id };
}

/**
 * Deletes the viewer. It does nothing if another request has deleted the viewer.
 *
 * @param passwordHash that of the checked password. Another request may have changed the password since.
 * @throws UNAUTHENTICATED where the session has ended.
 */
async function removeUser(
  em: Manager,
  passwordHash: string,
  viewer: Viewer,
  { outbox, rules }: Pick<UserContext, 'outbox' | 'rules'>,
): Promise<Refusal<'INVALID_CREDENTIALS'> | null> {
  const user = await lockUser(em, viewer.id);
  if (user === null) return null;
  if (user.passwordHash !== passwordHash) return refusedCurrentPassword(passwordField);
  await requireSession(em, viewer);
  em.remove(user);
  await em.flush();
  await outbox.note(em, userDeleted(user));
  await noteDeletion(em, viewer.id, rules);
  return null;
}
