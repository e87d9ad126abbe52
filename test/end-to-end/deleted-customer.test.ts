import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { outboxOwners } from '#subgraphs/manifest.ts';
import { graphqlData } from '#test/graphql.ts';
import { storeShop } from '#test/staff.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';

/**
 * A customer whose every text has a marker is deleted. The databases, the queue and the logs are then searched for the
 * markers. What remains must be in docs/personal-data.md, with its reason.
 */

/** Each text that a customer can give begins with it. */
const marker = `zq${randomUUID().slice(0, 8)}`;
const secret = `pw${randomUUID()}`;

let system: TestSystem;
let folder: string;
let log: number;
let bob: Customer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deleted-customer-'));
  log = openSync(join(folder, 'system.log'), 'a');
  system = await startSystem({ LOG_LEVEL: 'debug', EMAIL_VERIFICATION: 'on', MAIL_FOLDER: join(folder, 'mail') }, log);
  bob = await registerCustomer(system.url, 'Bob');
});

afterAll(async () => {
  await system.stop();
  closeSync(log);
  rmSync(folder, { recursive: true });
});

const errorsOf = '{ userErrors { code } }';

interface Ada {
  readonly run: (query: string, variables?: object) => Promise<Record<string, { userErrors: { code: string }[] }>>;
}

/** Registers a customer who uses every mutation that takes a text, and waits until all jobs are done. */
async function markedCustomer(): Promise<Ada> {
  const email = `${marker}-first@example.com`;
  const { register } = await graphqlData<{ register: { accessToken: string; user: { id: string } } }>(system.url, {
    query:
      'mutation ($input: RegisterInput!) { register(input: $input) { accessToken user { id } userErrors { code } } }',
    variables: { input: { email, name: `${marker} First`, password: secret } },
  });
  await debitBob({ id: register.user.id, email });
  const run: Ada['run'] = async (query, variables = {}) =>
    await graphqlData(system.url, { query, variables, token: register.accessToken });

  const { viewer } = (await run('{ viewer { account(currency: USD) { id } } }')) as unknown as {
    viewer: { account: { id: string } };
  };
  const [mine, his] = [viewer.account.id, (await bob.account('USD')).number];
  const key = () => `${marker}-key-${randomUUID()}`;
  const amount = { amount: '5.00', currency: 'USD' };
  const accountId = mine;
  await run(`mutation ($input: DepositInput!) { deposit(input: $input) ${errorsOf} }`, {
    input: { accountId, amount, idempotencyKey: key() },
  });
  const description = `${marker} thanks`;
  await run(`mutation ($input: TransferInput!) { transfer(input: $input) ${errorsOf} }`, {
    input: { fromAccountId: mine, toAccountId: his, amount, description, idempotencyKey: key() },
  });
  for (const unitPrice of [amount, { amount: '5000.00', currency: 'USD' }]) {
    await run(`mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) ${errorsOf} }`, {
      input: { productId: `${marker}-book`, unitPrice, quantity: 1, idempotencyKey: key() },
    });
  }
  const paid = await until('the paid order', async () => {
    const query = '{ viewer { orders(filter: { statuses: [PAID] }) { nodes { id } } } }';
    const { viewer } = (await run(query)) as unknown as {
      viewer: { orders: { nodes: { id: string }[] } };
    };
    return viewer.orders.nodes[0] ?? null;
  });
  await run(`mutation ($input: RefundOrderInput!) { refundOrder(input: $input) ${errorsOf} }`, {
    input: {
      orderId: paid.id,
      amount: { amount: '1.00', currency: 'USD' },
      reason: `${marker} reason`,
      idempotencyKey: key(),
    },
  });
  await until('the refund', async () => {
    const query = `{ order(id: "${paid.id}") { status } }`;
    return ((await run(query)) as unknown as { order: { status: string } }).order.status === 'PARTIALLY_REFUNDED';
  });
  await run(`mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) ${errorsOf} }`, {
    input: { name: `${marker} Second` },
  });
  await graphqlData(system.url, {
    query: `mutation ($input: LoginInput!) { login(input: $input) ${errorsOf} }`,
    variables: { input: { email, password: `${marker} wrong` } },
  });
  const { confirmIdentity } = (await run(
    'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { confirmation userErrors { code } } }',
    { input: { password: secret } },
  )) as unknown as { confirmIdentity: { confirmation: string } };
  await run(`mutation ($input: ConfirmedInput) { exportMyData(input: $input) ${errorsOf} }`, {
    input: { confirmation: confirmIdentity.confirmation },
  });
  await until('the money to be spent', async () => {
    const balance = (await run('{ viewer { account(currency: USD) { balance { amount } } } }')) as unknown as {
      viewer: { account: { balance: { amount: string } } };
    };
    const money = { amount: balance.viewer.account.balance.amount, currency: 'USD' };
    if (money.amount === '0.00') return true;
    await run(`mutation ($input: WithdrawInput!) { withdraw(input: $input) ${errorsOf} }`, {
      input: { accountId, amount: money, idempotencyKey: key() },
    });
    return false;
  });
  return { run };
}

/** The customer's shop, whose name has a marker, debits Bob. */
async function debitBob(owner: { readonly id: string; readonly email: string }): Promise<void> {
  const name = `${marker} shop`;
  const { id, token } = await storeShop(system.databases.user, owner, name);
  const limit = { amount: '2.00', currency: 'USD' };
  const limits = { shopId: id, shopName: name, orderLimit: limit, monthLimit: limit };
  const { giveShopConsent } = await bob.request<{ giveShopConsent: { consent: { id: string } } }>(
    'mutation ($input: GiveShopConsentInput!) { giveShopConsent(input: $input) { consent { id } userErrors { code } } }',
    { input: { ...limits, confirmation: await bob.confirm(), idempotencyKey: randomUUID() } },
  );
  const ordered = { consentId: giveShopConsent.consent.id, productId: 'pen', unitPrice: limit, quantity: 1 };
  await graphqlData(system.url, {
    query: `mutation ($input: PlaceShopOrderInput!) { placeShopOrder(input: $input) ${errorsOf} }`,
    variables: { input: { ...ordered, idempotencyKey: `${marker}-key-${randomUUID()}` } },
    token,
  });
}

async function inDatabase<Result>(url: string, work: (database: Client) => Promise<Result>): Promise<Result> {
  const database = new Client({ connectionString: url });
  await database.connect();
  try {
    return await work(database);
  } finally {
    await database.end();
  }
}

/** Every column of every table whose text contains the marker or the password, as `database.table.column`. */
async function remaining(name: string, url: string): Promise<string[]> {
  return await inDatabase(url, async (database) => {
    const { rows } = await database.query<{ schema: string; table: string; column: string }>(
      `select table_schema as schema, table_name as table, column_name as column from information_schema.columns
       join information_schema.tables using (table_schema, table_name)
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { schema, table, column } of rows) {
      const at = `"${schema}"."${table}"`;
      const { rowCount } = await database.query(
        `select from ${at} where "${column}"::text like any($1) or encode("${column}"::text::bytea, 'escape') like any($1) limit 1`,
        [[`%${marker}%`, `%${secret}%`]],
      );
      if (rowCount !== 0) found.push(`${name}.${table}.${column}`);
    }
    return found;
  });
}

async function openRows(url: string): Promise<number> {
  return await inDatabase(url, async (database) => {
    const { rows } = await database.query<{ count: string }>('select count(*) from outbox where failed_at is null');
    return Number(rows[0]!.count);
  });
}

const databases = () => Object.entries(system.databases);

/** The table of docs/personal-data.md under “What stays”. */
function documented(): string[] {
  const page = readFileSync(new URL('../../docs/personal-data.md', import.meta.url), 'utf8');
  const section = page.split('## What stays after a deletion')[1]!.split('\n## ')[0]!;
  return [...section.matchAll(/^\| `([\w.]+)`/gm)].map(([, column]) => column!);
}

test('a deleted customer leaves no text of theirs but what docs/personal-data.md names', async () => {
  const ada = await markedCustomer();
  const message = async () => {
    const query =
      '{ viewer { notifications(filter: { kinds: [TRANSFER_RECEIVED] }) { nodes { kind subject body } } } }';
    interface Found {
      readonly viewer: { readonly notifications: { readonly nodes: readonly { subject: string; body: string }[] } };
    }
    return (await bob.request<Found>(query)).viewer.notifications.nodes[0];
  };
  await until('the message to Bob', async () => (await message()) !== undefined);
  expect(JSON.stringify(await message())).toContain(marker);

  await until('the deletion', async () => {
    const input = { password: secret };
    const answer = await ada.run(`mutation ($input: DeleteUserInput!) { deleteUser(input: $input) ${errorsOf} }`, {
      input,
    });
    return answer['deleteUser']!.userErrors.length === 0;
  });
  await until('all jobs to end', async () => {
    const counts = await Promise.all(outboxOwners.map(async (name) => await openRows(system.databases[name])));
    return counts.every((count) => count === 0);
  });

  const found = (await Promise.all(databases().map(async ([name, url]) => await remaining(name, url)))).flat();
  expect(found.toSorted()).toEqual(documented().toSorted());
  expect(await message()).toMatchObject({
    body: expect.stringContaining('A former customer has sent you $5.00'),
  });
});

test('no log contains a text of a customer', () => {
  const lines = readFileSync(join(folder, 'system.log'), 'utf8').split('\n');
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => line.includes(marker) || line.includes(secret))).toEqual([]);
});
