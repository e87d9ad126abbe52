import type { Manager } from '#platform/postgres/database.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { closeAccounts, type ClosingRefusal } from './close-accounts.ts';
import { refusedWithoutFactor } from './confirmations.ts';
import { lockUser } from './find-users.ts';
import { noteDeletion } from './deletions.ts';
import { viewerByPassword } from './own-password.ts';
import { userDeleted } from './user-outbox.ts';

export interface Deletion {
  readonly password: string;
  readonly confirmation?: string | null | undefined;
}

export interface DeletedUser {
  readonly id: string;
}

/**
 * Closes the viewer's accounts, then deletes the viewer with all sessions. The same commit writes the deletion to the
 * outbox and revokes the viewer's access tokens. A client can repeat an unfinished deletion: closing closed
 * accounts is no error.
 */
export async function deleteUser(
  context: UserContext,
  { password, confirmation }: Deletion,
): Promise<DeletedUser | Refusal<'INVALID_CREDENTIALS' | 'CONFIRMATION_REQUIRED'> | ClosingRefusal> {
  const { em, identity, billingUrl, deletions, log, outbox } = context;
  if (identity.token !== 'valid') throw unauthenticated();
  const unconfirmed = await refusedWithoutFactor(confirmation, identity.viewer.id, context);
  if (unconfirmed !== null) return unconfirmed;
  const user = await viewerByPassword(context, password, ['input', 'password']);
  if (isRefusal(user)) return user;
  const refused = await closeAccounts({ url: billingUrl, authorization: identity.authorization }, log);
  if (refused !== null) return refused;

  await em.transactional(async (transaction) => await removeUser(transaction, user.id, context));
  deletions.add(user.id);
  outbox.wakeRelay();
  return { id: user.id };
}

/** Deletes the user. It does nothing if another request has deleted the user. */
async function removeUser(
  em: Manager,
  id: string,
  { outbox, rules }: Pick<UserContext, 'outbox' | 'rules'>,
): Promise<void> {
  const user = await lockUser(em, id);
  if (user === null) return;
  em.remove(user);
  await em.flush();
  await outbox.note(em, userDeleted(user));
  await noteDeletion(em, id, rules);
}
