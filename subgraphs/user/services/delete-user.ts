import type { Manager } from '#platform/postgres/database.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import { isRefusal, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { tables } from '#user/database.ts';
import { closeAccounts, type ClosingRefusal } from './close-accounts.ts';
import { noteDeletion } from './deletions.ts';
import { viewerByPassword } from './own-password.ts';
import { userDeleted } from './user-outbox.ts';

export interface DeletedUser {
  readonly id: string;
}

/**
 * Closes the viewer's accounts, then deletes the viewer with all sessions, and notes in the same commit that the
 * others must forget them, and that tokens for them are no longer good. Where it ends in between, it can be repeated: closing closed accounts is no error.
 */
export async function deleteUser(
  context: UserContext,
  { password }: { readonly password: string },
): Promise<DeletedUser | Refusal<'INVALID_CREDENTIALS'> | ClosingRefusal> {
  const { em, identity, billingUrl, deletions, log, outbox } = context;
  if (identity.token !== 'valid') throw unauthenticated();
  const user = await viewerByPassword(context, password, ['input', 'password']);
  if (isRefusal(user)) return user;
  const refused = await closeAccounts({ url: billingUrl, authorization: identity.authorization }, log);
  if (refused !== null) return refused;

  await em.transactional(async (transaction) => await removeUser(transaction, user.id, context));
  deletions.add(user.id);
  outbox.wakeRelay();
  return { id: user.id };
}

/** A twin that was faster has done all of it. */
async function removeUser(
  em: Manager,
  id: string,
  { outbox, rules }: Pick<UserContext, 'outbox' | 'rules'>,
): Promise<void> {
  const removed = await tables(em)
    .deleteFrom('users')
    .where('id', '=', id)
    .returning(['id', 'version'])
    .executeTakeFirst();
  if (removed === undefined) return;
  await outbox.note(em, userDeleted(removed));
  await noteDeletion(em, id, rules);
}
