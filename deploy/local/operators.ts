import { parseArgs } from 'node:util';
import { roles } from '#platform/identity/roles.ts';
import { asOperator } from './as-operator.ts';
import { runCommand } from './command.ts';
import { audit, changeFreeze, find } from './operator-acts.ts';
import { changeRole, listRoles } from './operator-roles.ts';
import { StartFault } from './start-fault.ts';

const usage = [
  `operators grant|revoke <email> ${roles.join('|').toLowerCase()} [--reason "why"]`,
  'operators list',
  'operators find <email|ID|account|order> --reason "why"',
  'operators freeze|unfreeze <email|customer ID> [--account ID] --reason "why"',
  'operators audit [--customer ID] [--act NAME] [--first 20]',
].join('\n');

const options = {
  reason: { type: 'string' },
  account: { type: 'string' },
  customer: { type: 'string' },
  act: { type: 'string' },
  first: { type: 'string' },
} as const;

type Option = keyof typeof options;

/** The options that each action takes. */
const takes: Readonly<Record<string, readonly Option[]>> = {
  grant: ['reason'],
  revoke: ['reason'],
  list: [],
  find: ['reason'],
  freeze: ['reason', 'account'],
  unfreeze: ['reason', 'account'],
  audit: ['customer', 'act', 'first'],
};

/**
 * `npm run operators` does the essentials of the desk from a terminal, by the same use cases: it grants and revokes the
 * roles of staff, finds a customer, freezes and releases, and reads the audit log. The first operator comes from here:
 * there is no default password. Each act, each refused act and each look of `find` is an entry of the audit log, by the
 * system user of the command: a refusal can show whether an address is registered.
 */
await runCommand('operators', async () => {
  const { positionals, values } = readArguments();
  process.stdout.write(`${await run(positionals, values)}\n`);
});

function readArguments() {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    const taken = takes[positionals[0] ?? ''] ?? [];
    if (Object.keys(values).every((name) => taken.some((option) => option === name))) return { positionals, values };
  } catch {
    // An unknown option, or one without a value.
  }
  throw new StartFault(usage);
}

async function run(
  [action, name, role, ...others]: readonly string[],
  { reason = '', ...values }: Readonly<Partial<Record<Option, string>>>,
): Promise<string> {
  if (others.length > 0) throw new StartFault(usage);
  if (action === 'list' && name === undefined) return await asOperator('operators', 'user', listRoles);
  if (action === 'audit' && name === undefined) {
    return await audit({ customer: values.customer, act: values.act, first: values.first });
  }
  if (name === undefined) throw new StartFault(usage);
  if ((action === 'grant' || action === 'revoke') && role !== undefined) {
    const change = { email: name, role, reason: reason === '' ? `npm run operators -- ${action}` : reason };
    return await asOperator('operators', 'user', async (acting) => await changeRole(acting, action, change));
  }
  if (role !== undefined) throw new StartFault(usage);
  if (action === 'find') return await find(name, reason);
  if (action !== 'freeze' && action !== 'unfreeze') throw new StartFault(usage);
  return await changeFreeze(action, { customer: name, accountId: values.account, reason });
}
