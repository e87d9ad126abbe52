import type { Acting } from '#platform/audit/acting.ts';
import { reasonOf, recordAct } from '#platform/audit/record-act.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { type Role, roles } from '#platform/identity/roles.ts';
import { tables } from '#user/database.ts';
import { emailKey, refusedLongEmail } from '#user/domain/email.ts';
import { addGrant, endGrant, type RoleChange } from '#user/services/role-grants.ts';
import { printable } from './as-operator.ts';
import { recordRefusal, type RefusedCommand } from './refused-command.ts';
import { StartFault } from './start-fault.ts';

export interface RoleArguments {
  readonly email: string;
  readonly role: string;
  readonly reason: string;
}

/** Grants or revokes a role. The change is an entry of the audit log, and so is a refusal. */
export async function changeRole(
  acting: Acting,
  action: 'grant' | 'revoke',
  { email, role: name, reason: given }: RoleArguments,
): Promise<string> {
  const role = roles.find((one) => one === name.toUpperCase());
  if (role === undefined) throw new StartFault(`The roles are ${roles.join(', ').toLowerCase()}.`);
  const reason = reasonOf(given);
  if (isRefusal(reason)) throw new StartFault(`--reason: ${reason.message}`);
  const { em, actor, caller } = acting;
  const refused = { command: action, reason };
  const { id: userId, emailProvedAt } = await findUser(acting, email, refused);
  if (action === 'grant' && emailProvedAt === null) {
    await recordRefusal(acting, { ...refused, code: 'EMAIL_NOT_PROVED', customerId: userId });
    throw new StartFault(`The email address ${email} is not proved. Its owner must use the link in the message first.`);
  }
  const request: RoleChange = { actor, userId, role, reason, caller };
  const changed = await em.transactional(async (transaction) => {
    const act = action === 'grant' ? await addGrant(transaction, request) : await endGrant(transaction, request);
    if (act !== null) await recordAct(transaction, act);
    return act !== null;
  });
  // The answer shows that the address is registered, and whether its owner has the role.
  if (!changed) await recordRefusal(acting, { ...refused, code: 'NOTHING_TO_CHANGE', customerId: userId });
  return messageOf(action, changed, email, role);
}

function messageOf(action: 'grant' | 'revoke', changed: boolean, email: string, role: Role): string {
  if (action === 'revoke') {
    return changed
      ? `${email} no longer has the role ${role}. Access tokens with it expire within STAFF_ACCESS_TOKEN_TTL_S.`
      : `${email} does not have the role ${role}.`;
  }
  return changed
    ? `${email} has the role ${role}. It takes effect with the next sign-in with a second factor.`
    : `${email} has the role ${role} already.`;
}

/** @throws StartFault if no user has the address. The audit log then has the refused act. */
export async function findUser(acting: Acting, email: string, refused: Pick<RefusedCommand, 'command' | 'reason'>) {
  const { em } = acting;
  const found =
    refusedLongEmail(email) === null
      ? await tables(em)
          .selectFrom('users')
          .select(['id', 'emailProvedAt'])
          .where('emailKey', '=', emailKey(email))
          .executeTakeFirst()
      : undefined;
  if (found === undefined) {
    await recordRefusal(acting, { ...refused, code: 'NOT_FOUND', customerId: null });
    throw new StartFault(`No user has the email address ${email}. Register it first.`);
  }
  return found;
}

/** Returns one line for each role that is granted. */
export async function listRoles({ em }: Pick<Acting, 'em'>): Promise<string> {
  const grants = await tables(em)
    .selectFrom('role_grants')
    .leftJoin('users', 'users.id', 'role_grants.userId')
    .select(['email', 'userId', 'role', 'grantedAt', 'reason'])
    .where('revokedAt', 'is', null)
    .orderBy('grantedAt')
    .execute();
  const lines = grants.map(({ email, userId, role, grantedAt, reason }) => {
    const who = email ?? `deleted user ${userId}`;
    return `${role.padEnd(9)}${who}  ${grantedAt.toISOString()}  ${printable(reason)}`;
  });
  return [...lines, `Roles granted: ${grants.length}.`].join('\n');
}
