import type { Manager } from '#platform/postgres/database.ts';
import { unauthenticated } from '#platform/errors/faults.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { isId } from '#platform/validation/ids.ts';
import { Session, type SessionRow } from '#user/entities/session.ts';
import type { UserRow } from '#user/entities/user.ts';
import { lockUser } from './find-users.ts';

/**
 * Locks the viewer, whose session must go on. An access token outlives its session by minutes; it changes nothing then.
 *
 * @throws UNAUTHENTICATED
 */
export async function lockViewer(em: Manager, viewer: Viewer): Promise<UserRow> {
  const user = await lockUser(em, viewer.id);
  if (user === null) throw unauthenticated();
  await requireSession(em, viewer);
  return user;
}

/**
 * Returns the session of the viewer's token. A caller that changes the viewer must lock the user first.
 *
 * @throws UNAUTHENTICATED where the session has ended.
 */
export async function requireSession(em: Manager, viewer: Viewer): Promise<SessionRow> {
  const session = await findOpenSession(em, viewer);
  if (session === null) throw unauthenticated();
  return session;
}

/** The session of a token, unless it has ended. */
export async function findOpenSession(
  em: Manager,
  { id: userId, sessionId: id }: Pick<Viewer, 'id' | 'sessionId'>,
): Promise<SessionRow | null> {
  return isId(id) ? await em.findOne(Session, { id, userId, endedAt: null }, { refresh: true }) : null;
}
