import { viewerOf } from '#platform/identity/identity.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { tables } from '#user/database.ts';
import { User } from '#user/entities/user.ts';
import { changedProfile, type ProfileChange } from '#user/domain/person.ts';
import { unlessEmailTaken } from './email-taken.ts';
import { holdUser } from './find-users.ts';
import { userChanged } from './user-outbox.ts';

/** Changes what the viewer tells of themselves, and notes it for the others in the same commit. */
export async function updateProfile(context: UserContext, change: ProfileChange) {
  const { em, identity, outbox } = context;
  const { id } = viewerOf(identity);
  const user = await unlessEmailTaken(
    async () => await em.transactional(async (transaction) => await changeProfile(transaction, id, change, outbox)),
  );
  if (!isRefusal(user)) outbox.wakeRelay();
  return user;
}

async function changeProfile(em: Manager, id: string, change: ProfileChange, outbox: Outbox) {
  const user = await holdUser(em, id);
  if (user === undefined) throw unauthenticated();
  const changes = changedProfile(user, change);
  if (isRefusal(changes)) return changes;
  const { email = user.email, name = user.name } = changes;
  if (email === user.email && name === user.name) return user;

  const changed = await tables(em)
    .updateTable('users')
    .set({ ...changes, version: user.version + 1 })
    .where('id', '=', id)
    .returning(columnsOf(User))
    .executeTakeFirstOrThrow();
  await outbox.note(em, userChanged(changed));
  return changed;
}
