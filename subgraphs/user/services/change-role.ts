import type { Acting } from '#platform/audit/acting.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import { refuse } from '#platform/errors/refusal.ts';
import type { Role } from '#platform/identity/roles.ts';
import type { UserContext } from '#user/context.ts';
import { actForCustomer, type ActRequest } from './act-for-customer.ts';
import { refusedNotice } from './mail-limits.ts';
import { noteMail } from './note-mail.ts';
import { addGrant, endGrant } from './role-grants.ts';

export interface RoleRequest extends ActRequest {
  readonly role: Role;
}

/** Grants a role of staff to a customer whose address is proved. */
export async function grantRole(context: UserContext & Acting, request: RoleRequest) {
  return await changeRole(context, request, 'GRANTED');
}

/** Revokes a role of staff. */
export async function revokeRole(context: UserContext & Acting, request: RoleRequest) {
  return await changeRole(context, request, 'REVOKED');
}

async function changeRole(context: UserContext & Acting, request: RoleRequest, change: 'GRANTED' | 'REVOKED') {
  const { outbox, actor, caller } = context;
  const { role } = request;
  return await actForCustomer(context, request, async ({ em, user, reason }) => {
    if (change === 'GRANTED' && user.emailProvedAt == null) {
      return refuse('EMAIL_NOT_PROVED', 'The email address is not proved.', ['input', 'customerId']);
    }
    // What was granted can be revoked, so this bounds both.
    const tooMany = change === 'GRANTED' ? await refusedNotice(em, user, 'STAFF_ROLE_CHANGED') : null;
    if (tooMany !== null) return tooMany;
    const grant = { actor, userId: user.id, role, reason, caller };
    const act = change === 'GRANTED' ? await addGrant(em, grant) : await endGrant(em, grant);
    if (act === null) return unchanged[change];
    await noteMail(em, outbox, { user, kind: 'STAFF_ROLE_CHANGED', data: { role, change } });
    await recordAct(em, act);
    return null;
  });
}

const unchanged = {
  GRANTED: refuse('ROLE_UNCHANGED', 'The customer has this role already.', ['input', 'role']),
  REVOKED: refuse('ROLE_UNCHANGED', 'The customer does not have this role.', ['input', 'role']),
} as const;
