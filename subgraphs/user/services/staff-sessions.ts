import type { Role } from '#platform/identity/roles.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { secondsFromNow } from '#platform/postgres/expressions.ts';
import { tables } from '#user/database.ts';

/** A session of a user. */
interface OwnedSession {
  readonly userId: string;
  readonly familyId: string;
}

export interface StaffRules {
  readonly STAFF_SESSION_TTL_S: number;
  readonly STAFF_IDLE_TTL_S: number;
  readonly STAFF_ACCESS_TOKEN_TTL_S: number;
}

/** The roles of a session's user. Without a proved second factor, a session has none. */
export async function rolesOfSession(em: Manager, { userId, familyId: id }: OwnedSession): Promise<Role[]> {
  const rows = await grantsOfSession(em, { userId, familyId: id }).select('role').orderBy('role').execute();
  return rows.map(({ role }) => role);
}

/**
 * Whether a session with roles has lasted, or was unused, for longer than the settings allow. It then ends: the staff
 * member signs in again. Call it before the session's last use changes.
 */
export async function isStaffSessionOver(em: Manager, family: OwnedSession, rules: StaffRules): Promise<boolean> {
  const over = await grantsOfSession(em, family)
    .select('role_grants.id')
    .where((where) =>
      where.or([
        where('sessions.createdAt', '<=', secondsFromNow(-rules.STAFF_SESSION_TTL_S)),
        where('sessions.lastUsedAt', '<=', secondsFromNow(-rules.STAFF_IDLE_TTL_S)),
      ]),
    )
    .limit(1)
    .execute();
  return over.length > 0;
}

function grantsOfSession(em: Manager, { userId, familyId: id }: OwnedSession) {
  return tables(em)
    .selectFrom('role_grants')
    .innerJoin('sessions', 'sessions.userId', 'role_grants.userId')
    .where('role_grants.userId', '=', userId)
    .where('revokedAt', 'is', null)
    .where('sessions.id', '=', id)
    .where('sessions.factorAt', 'is not', null)
    .where('sessions.endedAt', 'is', null);
}
