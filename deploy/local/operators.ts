import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { reasonOf, recordAct } from '#platform/audit/record-act.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { type Role, roles } from '#platform/identity/roles.ts';
import { type Database, type Manager, openDatabase } from '#platform/postgres/database.ts';
import { tables, database as userDatabase } from '#user/database.ts';
import { emailKey, refusedLongEmail } from '#user/domain/email.ts';
import { addGrant, endGrant, type RoleChange } from '#user/services/role-grants.ts';
import { runCommand } from './command.ts';
import { findOwnDatabases } from './own-databases.ts';
import { StartFault } from './start-fault.ts';

const usage = `operators grant|revoke <email> ${roles.join('|').toLowerCase()} --reason "why" | operators list`;

/**
 * `npm run operators` grants and revokes the roles of staff, and lists who has them. The first operator comes from here:
 * there is no default password. Each change is an entry of the audit log, by the system user of the command.
 */
await runCommand('operators', async () => {
  const { positionals, values } = readArguments();
  const [action, email, role] = positionals;
  if (action === 'list' && positionals.length === 1) return await inUserDatabase(list);
  if ((action !== 'grant' && action !== 'revoke') || email === undefined || positionals.length !== 3) {
    throw new StartFault(usage);
  }
  const reason = reasonOf(values.reason ?? `npm run operators -- ${action}`);
  if (isRefusal(reason)) throw new StartFault(`--reason: ${reason.message}`);
  await inUserDatabase(async (em) => await change(em, action, email, { role: roleNamed(role), reason }));
});

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { reason: { type: 'string' } } });
  } catch {
    throw new StartFault(usage);
  }
}

function roleNamed(name: string | undefined): Role {
  const role = roles.find((one) => one === name?.toUpperCase());
  if (role === undefined) throw new StartFault(`${usage}\nThe roles are ${roles.join(', ').toLowerCase()}.`);
  return role;
}

async function inUserDatabase(work: (em: Manager) => Promise<void>): Promise<void> {
  const url = findOwnDatabases(process.env, 'operators').user!.operator!;
  const database: Database = await openDatabase(userDatabase, { url, poolSize: 1, applicationName: 'operators' });
  try {
    await work(database.em.fork());
  } finally {
    await database.close();
  }
}

async function change(
  em: Manager,
  action: 'grant' | 'revoke',
  email: string,
  { role, reason }: Pick<RoleChange, 'role' | 'reason'>,
): Promise<void> {
  const { id: userId, emailProvedAt } = await findUser(em, email);
  if (action === 'grant' && emailProvedAt === null) {
    throw new StartFault(`The email address ${email} is not proved. Its owner must use the link in the message first.`);
  }
  const request: RoleChange = {
    actor: { systemUser: `command by ${userInfo().username}` },
    userId,
    role,
    reason,
    caller: { sender: 'this machine' },
  };
  const changed = await em.transactional(async (transaction) => {
    const act = action === 'grant' ? await addGrant(transaction, request) : await endGrant(transaction, request);
    if (act !== null) await recordAct(transaction, act);
    return act !== null;
  });
  process.stdout.write(`${messageOf(action, changed, email, role)}\n`);
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

async function findUser(em: Manager, email: string) {
  const found =
    refusedLongEmail(email) === null
      ? await tables(em)
          .selectFrom('users')
          .select(['id', 'emailProvedAt'])
          .where('emailKey', '=', emailKey(email))
          .executeTakeFirst()
      : undefined;
  if (found === undefined) throw new StartFault(`No user has the email address ${email}. Register it first.`);
  return found;
}

async function list(em: Manager): Promise<void> {
  const grants = await tables(em)
    .selectFrom('role_grants')
    .leftJoin('users', 'users.id', 'role_grants.userId')
    .select(['email', 'userId', 'role', 'grantedAt', 'reason'])
    .where('revokedAt', 'is', null)
    .orderBy('grantedAt')
    .execute();
  for (const { email, userId, role, grantedAt, reason } of grants) {
    process.stdout.write(
      `${role.padEnd(9)}${email ?? `deleted user ${userId}`}  ${grantedAt.toISOString()}  ${reason}\n`,
    );
  }
  process.stdout.write(`Roles granted: ${grants.length}.\n`);
}
