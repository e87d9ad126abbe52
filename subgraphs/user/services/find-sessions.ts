import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { Session, type SessionRow } from '#user/entities/session.ts';

/** The most sessions that are listed: the last used. */
const mostSessions = 50;

/** The sessions that go on, last used first. */
export async function openSessions(
  em: Manager,
  userId: string,
  { REFRESH_TOKEN_TTL_S: ttlS }: { readonly REFRESH_TOKEN_TTL_S: number },
): Promise<SessionRow[]> {
  return await em.find(
    Session,
    { userId, endedAt: null, lastUsedAt: { $gt: ormTime(-ttlS) } },
    { orderBy: { lastUsedAt: 'desc', id: 'desc' }, limit: mostSessions, disableIdentityMap: true },
  );
}
