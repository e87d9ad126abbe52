import { randomUUIDv7 } from 'node:crypto';
import type { Actor, StaffActRecord } from '#platform/audit/record-act.ts';
import type { Caller } from '#platform/http/callers.ts';
import type { Role } from '#platform/identity/roles.ts';
import { type Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { tables } from '#user/database.ts';

/** A change of a user's roles. */
export interface RoleChange {
  readonly actor: Actor;
  readonly userId: string;
  readonly role: Role;
  readonly reason: string;
  readonly caller: Pick<Caller, 'sender'>;
}

/** The roles that a user has. */
export async function heldRoles(em: Manager, userId: string): Promise<Role[]> {
  const grants = tables(em).selectFrom('role_grants').select('role').where('userId', '=', userId);
  const rows = await grants.where('revokedAt', 'is', null).orderBy('role').execute();
  return rows.map(({ role }) => role);
}

/** Grants a role. Returns the act, which the caller records last; null if the user has the role. */
export async function addGrant(em: Manager, change: RoleChange): Promise<StaffActRecord | null> {
  const { actor, userId, role, reason } = change;
  const [grant] = await tables(em)
    .insertInto('role_grants')
    .values({ id: randomUUIDv7(), userId, role, grantedBy: idOf(actor), reason })
    .onConflict((conflict) => conflict.columns(['userId', 'role']).where('revokedAt', 'is', null).doNothing())
    .returning(['id', 'grantedAt'])
    .execute();
  if (grant === undefined) return null;
  const after = { role, grantedAt: grant.grantedAt.toISOString() };
  return { ...change, act: 'GRANTED_ROLE', customerId: userId, subject: `role-grant:${grant.id}`, after };
}

/** Revokes a role. Returns the act, which the caller records last; null if the user does not have the role. */
export async function endGrant(em: Manager, change: RoleChange): Promise<StaffActRecord | null> {
  const { actor, userId, role } = change;
  const [grant] = await tables(em)
    .updateTable('role_grants')
    .set({ revokedAt: now(), revokedBy: idOf(actor) })
    .where('userId', '=', userId)
    .where('role', '=', role)
    .where('revokedAt', 'is', null)
    .returning(['id', 'revokedAt'])
    .execute();
  if (grant === undefined) return null;
  const after = { role, revokedAt: grant.revokedAt!.toISOString() };
  const subject = `role-grant:${grant.id}`;
  return { ...change, act: 'REVOKED_ROLE', customerId: userId, subject, before: { role }, after };
}

const idOf = (actor: Actor) => ('systemUser' in actor ? null : actor.id);
