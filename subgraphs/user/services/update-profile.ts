import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { changedProfile, type ProfileChange } from '#user/domain/person.ts';
import { unlessEmailTaken } from './email-taken.ts';
import { lockViewer } from './own-session.ts';
import { userChanged } from './user-outbox.ts';

/** Changes the viewer's email or name, and writes outbox entries for the other subgraphs in the same commit. */
export async function updateProfile(context: UserContext, change: ProfileChange) {
  const { em, identity, outbox } = context;
  const viewer = viewerOf(identity);
  const user = await unlessEmailTaken(
    async () => await em.transactional(async (transaction) => await changeProfile(transaction, viewer, change, outbox)),
  );
  if (!isRefusal(user)) outbox.wakeRelay();
  return user;
}

async function changeProfile(em: Manager, viewer: Viewer, change: ProfileChange, outbox: Outbox) {
  const user = await lockViewer(em, viewer);
  const changes = changedProfile(user, change);
  if (isRefusal(changes)) return changes;
  const { email = user.email, name = user.name } = changes;
  if (email === user.email && name === user.name) return user;

  Object.assign(user, changes);
  user.version += 1;
  await em.flush();
  await outbox.note(em, userChanged(user));
  return user;
}
