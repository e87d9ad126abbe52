import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Role } from '#platform/identity/roles.ts';
import type { RowOf } from '#platform/postgres/database.ts';

/** A role that a user has, or had. Its entries in the audit log have the same values. */
export const RoleGrant = defineEntity({
  name: 'RoleGrant',
  tableName: 'role_grants',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    role: p.text().$type<Role>(),
    /** Null where an operator used the command on the machine. */
    grantedBy: p.uuid().nullable(),
    grantedAt: p.datetime(3).defaultRaw('now()'),
    reason: p.text(),
    revokedAt: p.datetime(3).nullable(),
    revokedBy: p.uuid().nullable(),
  },
});

export type RoleGrantRow = RowOf<typeof RoleGrant>;
