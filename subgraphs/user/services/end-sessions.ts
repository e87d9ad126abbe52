import { viewerOf } from '#platform/identity/identity.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { isId } from '#platform/validation/ids.ts';
import type { UserContext } from '#user/context.ts';
import { Session } from '#user/entities/session.ts';
import type { UserRow } from '#user/entities/user.ts';
import { endChallenges } from './challenges.ts';
import { lockViewer } from './own-session.ts';
import { endEverySession, endSession as end } from './sessions.ts';

/** Ends one session of the viewer. Ending it again is no error. */
export async function endSession(
  { em, identity }: UserContext,
  { sessionId: id }: { readonly sessionId: string },
): Promise<UserRow | Refusal<'NOT_FOUND'>> {
  const viewer = viewerOf(identity);
  return await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    const found = isId(id) ? await transaction.findOne(Session, { id, userId: user.id }) : null;
    if (found === null) {
      return refuse('NOT_FOUND', 'You have no such session.', ['input', 'sessionId']);
    }
    await end(transaction, { familyId: id, userId: user.id });
    return user;
  });
}

/** Ends the viewer's sessions except the current one, and withdraws a new address that is not proved yet. */
export async function endOtherSessions({ em, identity }: UserContext): Promise<UserRow> {
  const viewer = viewerOf(identity);
  return await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    await endEverySession(transaction, user.id, viewer.sessionId);
    await endChallenges(transaction, user.id, ['CHANGE_EMAIL']);
    return user;
  });
}
