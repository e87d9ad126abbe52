import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { runFile } from '#test/command.ts';
import { emailKey } from '#user/domain/email.ts';
import { withCheckDigit } from '#billing/domain/account-number.ts';

let databases: TestDatabases;

beforeAll(async () => {
  databases = await createDatabases('user', 'billing', 'order');
});
afterAll(async () => await databases.drop());

const operators = async (...words: string[]) => {
  const command = runFile(
    'deploy/local/operators.ts',
    {
      USER_OPERATOR_DATABASE_URL: databases.processes.user.operator,
      BILLING_OPERATOR_DATABASE_URL: databases.processes.billing.operator,
      ORDER_OPERATOR_DATABASE_URL: databases.processes.order.operator,
    },
    undefined,
    words,
  );
  return { exit: await command.exit, output: command.output() };
};

async function newUser({ proved = true } = {}): Promise<{ readonly id: string; readonly email: string }> {
  const id = randomUUID();
  const email = `Olga.${id}@example.com`;
  await databases.asOwner(
    'user',
    `insert into users (id, email, email_key, email_proved_at, name, password_hash, version)
     values ($1, $2, $3, $4, 'Olga', 'none', 1)`,
    [id, email, emailKey(email), proved ? new Date() : null],
  );
  return { id, email };
}

const actsOn = async (id: string) =>
  (await databases.asOwner(
    'user',
    'select act, actor, actor_id as "actorId", reason, caller from staff_acts where customer_id = $1 order by sequence',
    [id],
  )) as object[];

describe('npm run operators', () => {
  test('grants and revokes a role, each with an entry in the audit log by the system user', async () => {
    const { id, email } = await newUser();

    const granted = await operators('grant', email.toUpperCase(), 'operator', '--reason', 'the first operator');
    const list = await operators('list');
    const revoked = await operators('revoke', email, 'OPERATOR', '--reason', 'left the company');

    expect(granted).toMatchObject({ exit: 0, output: expect.stringContaining('has the role OPERATOR.') });
    expect(list.output).toContain(`OPERATOR ${email}`);
    expect(revoked).toMatchObject({ exit: 0, output: expect.stringContaining('no longer has the role OPERATOR') });
    expect((await operators('list')).output).not.toContain(email);
    const by = { actor: expect.stringMatching(/^command by ./), actorId: null, caller: 'this machine' };
    expect(await actsOn(id)).toEqual([
      { act: 'GRANTED_ROLE', reason: 'the first operator', ...by },
      { act: 'REVOKED_ROLE', reason: 'left the company', ...by },
    ]);
  });

  test('records a refusal when a role is granted or revoked a second time', async () => {
    const { id, email } = await newUser();
    const grants = await Promise.all([1, 2, 3].map(async () => await operators('grant', email, 'auditor')));
    await operators('revoke', email, 'auditor');
    const again = await operators('revoke', email, 'auditor');

    expect(grants.map(({ exit }) => exit)).toEqual([0, 0, 0]);
    expect(again).toMatchObject({ exit: 0, output: `${email} does not have the role AUDITOR.\n` });
    const acts = (await actsOn(id)) as { readonly act: string }[];
    const refused = ['WAS_REFUSED', 'WAS_REFUSED', 'WAS_REFUSED'];
    expect(acts.map(({ act }) => act).toSorted()).toEqual(['GRANTED_ROLE', 'REVOKED_ROLE', ...refused]);
  });

  test('grants no role to an address that is not proved, and revokes one there', async () => {
    const { id, email } = await newUser({ proved: false });
    const refused = await operators('grant', email, 'operator');

    expect(refused).toMatchObject({
      exit: 1,
      output: expect.stringMatching(/^The email address .* is not proved\. [^\n]*\n$/),
    });
    expect(await databases.asOwner('user', 'select from role_grants where user_id = $1', [id])).toEqual([]);
    expect(await actsOn(id)).toMatchObject([{ act: 'WAS_REFUSED', actor: expect.stringMatching(/^command by ./) }]);
    expect(await operators('revoke', email, 'operator')).toMatchObject({ exit: 0 });
  });

  test.each([
    [[]],
    [['grant', 'nobody@example.com', 'operator']],
    [['grant', "'; drop table users --", 'operator']],
    [['grant', 'nobody@example.com', 'admin']],
    [['grant', 'nobody@example.com', 'operator', '--reason', 'why']],
    [['grant', 'nobody@example.com', 'operator', '--force']],
  ])('refuses %j with one sentence and grants nothing', async (words) => {
    const { exit, output } = await operators(...words);

    expect(exit).toBe(1);
    expect(output).toMatch(/^(operators grant|No user has|--reason: |The roles are )/);
    expect(output).not.toContain('    at ');
    expect(
      await databases.asOwner('user', `select from role_grants where user_id not in (select id from users)`),
    ).toEqual([]);
  });
});

describe('npm run operators, for a customer', () => {
  const reason = ['--reason', 'the customer called'];

  /** A customer with an account and an order. */
  async function newCustomer() {
    const { id, email } = await newUser();
    const [accountId, orderId] = [randomUUID(), randomUUID()];
    const number = withCheckDigit(String(randomInt(10_000_000_000, 100_000_000_000)));
    await databases.asOwner(
      'billing',
      'insert into accounts (id, customer_id, currency, number) values ($1, $2, $3, $4)',
      [accountId, id, 'USD', number],
    );
    await databases.asOwner(
      'order',
      `insert into orders (id, customer_id, product_id, quantity, currency, unit_price_minor, total_minor, status)
       values ($1, $2, 'tea', 1, 'USD', 100, 100, 'PENDING')`,
      [orderId, id],
    );
    return { id, email, accountId, orderId, number };
  }

  const frozenAccounts = async (customerId: string) =>
    await databases.asOwner('billing', 'select from accounts where customer_id = $1 and frozen', [customerId]);

  test('finds by email, id, account and order, each look with an entry', async () => {
    const customer = await newCustomer();
    const { id, email, accountId, orderId, number } = customer;
    const keys = [email.toUpperCase(), id, accountId, orderId, number];
    const found = await Promise.all(keys.map(async (key) => await operators('find', key, ...reason)));

    for (const { exit, output } of found) {
      expect(output).toContain(`Customer ${id}\n  Olga <${email}>, proved `);
      expect(output).toContain(`USD  ${number}  ${accountId}  0.00  OPEN`);
      expect(exit).toBe(0);
    }
    const looked = await databases.asOwner(
      'user',
      'select act, actor, actor_id, reason, values_after from staff_acts where customer_id = $1',
      [id],
    );
    expect(looked).toEqual(
      found.map(() => ({
        act: 'LOOKED_AT_CUSTOMER',
        actor: expect.stringMatching(/^command by ./),
        actor_id: null,
        reason: 'the customer called',
        values_after: expect.stringContaining('"found":true'),
      })),
    );
  });

  test('finds nobody, with an entry, and nothing without a reason', async () => {
    const id = randomUUID();
    expect(await operators('find', id, ...reason)).toEqual({ exit: 1, output: 'No customer was found.\n' });
    expect(await operators('find', id)).toMatchObject({ exit: 1, output: expect.stringMatching(/^--reason: /) });
    const looked = await databases.asOwner('user', 'select from staff_acts where subject = $1', [`customer:${id}`]);
    expect(looked).toHaveLength(1);
  });

  test('freezes and releases by the use case of the API, and lists the entries', async () => {
    const { id, email, accountId } = await newCustomer();
    expect(await operators('freeze', email, ...reason)).toMatchObject({ exit: 0 });
    expect(await frozenAccounts(id)).toHaveLength(1);
    expect(await operators('freeze', id, ...reason)).toEqual({ exit: 1, output: 'This is frozen already.\n' });
    expect(await operators('unfreeze', id, ...reason)).toMatchObject({ exit: 0 });
    expect(await frozenAccounts(id)).toEqual([]);
    expect(await operators('freeze', id, '--account', accountId, ...reason)).toMatchObject({
      exit: 0,
      output: `The account ${accountId} is frozen.\n`,
    });

    const { output } = await operators('audit', '--customer', id);
    expect(output.match(/ (?:FROZE|UNFROZE) /g)).toEqual([' FROZE ', ' UNFROZE ', ' FROZE ']);
    expect(output).toMatch(/billing \d+ {2}command by .* FROZE .*the customer called\n/);
    expect((await operators('audit', '--customer', id, '--act', 'was_refused')).output).toContain('ALREADY_FROZEN');
    expect((await operators('audit', '--customer', id, '--act', 'unfroze')).output).toMatch(/Entries: 1\.\n$/);
  });

  test('records whom it did not find, without the address', async () => {
    const email = `nobody.${randomUUID()}@example.com`;
    const because = `The search for ${randomUUID()}`;
    for (const words of [
      ['freeze', email],
      ['grant', email, 'support'],
    ]) {
      expect(await operators(...words, '--reason', because)).toMatchObject({ exit: 1 });
    }
    const refused = await databases.asOwner(
      'user',
      `select values_after as after from staff_acts where act = 'WAS_REFUSED' and reason = $1 order by sequence`,
      [because],
    );
    expect(refused.map(({ after }) => after as string)).toEqual([
      '{"command":"operators freeze","refused":"NOT_FOUND"}',
      '{"command":"operators grant","refused":"NOT_FOUND"}',
    ]);
  });

  test.each([
    [['find']],
    [['find', 'nobody', '--reason', 'the customer called']],
    [['find', 'nobody@example.com', '--reason', 'why']],
    [['freeze', "'; drop table freezes --", '--reason', 'the customer called']],
    [['freeze', randomUUID(), '--reason', 'the customer called']],
    [['freeze', randomUUID(), '--customer', 'x']],
    [['audit', '--first', '0']],
    [['audit', '--act', 'NOTHING']],
    [['audit', '--customer', 'x']],
  ])('refuses %j with a sentence', async (words) => {
    const { exit, output } = await operators(...words);
    expect([exit, output]).toEqual([1, expect.not.stringContaining('    at ')]);
    expect(output).toMatch(/^[A-Z-].*\.\n$|^operators /);
  });
});

test.each(['user', 'billing', 'order'] as const)('the role of the command may do no more in %s', async (name) => {
  const allowed: Readonly<Record<typeof name, readonly string[]>> = {
    user: ['role_grants', 'staff_acts', 'outbox', 'users'],
    billing: ['accounts', 'freezes', 'staff_acts', 'outbox'],
    order: ['orders', 'staff_acts', 'outbox'],
  };
  const rows = await databases.asOwner(
    name,
    `select distinct table_name as "table" from information_schema.column_privileges
     where grantee = $1 and table_name <> 'mikro_orm_migrations'`,
    [new URL(databases.processes[name].operator).username],
  );
  expect(rows.map(({ table }) => table as string).toSorted()).toEqual(allowed[name].toSorted());
});

test.each<[name: 'user' | 'billing' | 'order', statement: string]>([
  ['user', 'select password_hash from users'],
  ['user', `update users set email = 'mallory@example.com'`],
  ['user', 'delete from role_grants'],
  ['user', `update role_grants set role = 'OPERATOR'`],
  ['user', 'delete from staff_acts'],
  ['user', 'select * from refresh_tokens'],
  ['user', 'select * from signing_keys'],
  ['billing', 'update accounts set frozen = true'],
  ['billing', 'delete from freezes'],
  ['billing', 'select * from entries'],
  ['order', 'select * from orders'],
  ['order', 'select payload from outbox'],
  ['order', 'delete from outbox'],
])('the role of the command in %s may not: %s', async (name, statement) => {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: databases.processes[name].operator });
  await client.connect();
  await expect(client.query(statement)).rejects.toThrow('permission denied');
  await client.end();
});
