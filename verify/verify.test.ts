import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import type { SubgraphDatabase, VerifierUrls } from '#local/credentials.ts';
import { sqlState } from '#platform/database.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { given } from '#test/given.ts';
import { runFile } from '#test/command.ts';
import { liveThrough, openCustomers } from '#test/true-history.ts';
import { until } from '#test/until.ts';
import type { Finding } from './finding.ts';
import { verify } from './verify.ts';

let databases: TestDatabases;

beforeAll(async () => {
  databases = await createDatabases();
  const customers = await openCustomers(databases.urls);
  await liveThrough(customers);
  await customers.close();
}, 60_000);

afterAll(async () => {
  await databases.drop();
});

describe('a true history', () => {
  test('has nothing wrong in it, and every row of it is looked at', async () => {
    const { findings, summary } = await verified(databases.verifierUrls);

    expect(findings).toEqual([]);
    expect(summary).toEqual({
      findings: 0,
      rows: {
        'billing.accounts': 12,
        'billing.entries': 40,
        'billing.transactions': 17,
        'order.orders': 8,
        'billing.settlements': 10,
        'notification.notifications': 11,
        'billing.idempotency': 5,
        'order.idempotency': 10,
      },
      owedMinor: { USD: 10_000n },
    });
  });
});

/** A change that the database itself would refuse, and the rows that it makes wrong, as texts in SQL. */
interface Tampering {
  readonly owner: SubgraphDatabase;
  /** What stands in the way of the change. */
  readonly before?: string;
  readonly change: string;
  readonly wrong: readonly string[];
  /** Tables of the other databases that have wrong rows too. */
  readonly elsewhere?: readonly string[];
}

const entryNamed = (row: string) =>
  `'billing.entries ' || coalesce(${row}account_id || ' ' || ${row}sequence,
     ${row}transaction_id || ' ' || ${row}system_account || ' ' || ${row}currency)`;
const entry = entryNamed('');
const entryTransaction = `'billing.transactions ' || transaction_id`;
const itself = `'billing.transactions ' || id`;
const account = `'billing.accounts ' || id`;
const settlement = `'billing.settlements ' || order_id || ' ' || kind`;
const order = `'order.orders ' || id`;
const orderOf = `'order.orders ' || order_id`;
const notice = `'notification.notifications ' || id`;

const inLedger = (change: string, ...wrong: readonly string[]): Tampering => ({ owner: 'billing', change, wrong });
const inOrders = (change: string, ...wrong: readonly string[]): Tampering => ({ owner: 'order', change, wrong });
const inNotices = (change: string, ...wrong: readonly string[]): Tampering => ({
  owner: 'notification',
  before: 'drop index notifications_by_order, notifications_by_transaction',
  change,
  wrong,
});

/** An entry in the middle of a statement, and the last of that statement. */
const inTheMiddle = `(select ctid from entries where sequence = 3 order by account_id limit 1)`;
const theLast = `(select ctid from entries where account_id is not null order by sequence desc limit 1)`;
const aCustomers = `(select account_id from entries where ctid = ${theLast})`;
const ofTheSystem = `(select ctid from entries where system_account = 'FEES' limit 1)`;
const withStatus = (status: string) => `(select id from orders where status = '${status}' order by id limit 1)`;
const ofKind = (kind: string) => `(select id from transactions where kind = '${kind}' order by id limit 1)`;
const noticeOfKind = (kind: string) => `(select id from notifications where kind = '${kind}' order by id limit 1)`;
const nobody = `'00000000-0000-4000-8000-000000000000'`;

const tamperings: Readonly<Record<string, Tampering>> = {
  "a customer's entry with another amount": inLedger(
    `update entries set amount_minor = amount_minor + 1 where ctid = ${inTheMiddle}`,
    entry,
    entryTransaction,
  ),
  "an entry of the ledger's own with another amount": inLedger(
    `update entries set amount_minor = amount_minor + 1 where ctid = ${ofTheSystem}`,
    entry,
    entryTransaction,
  ),
  'an entry on another of the system accounts': inLedger(
    `update entries set system_account = 'CASH' where ctid = ${ofTheSystem}`,
    entry,
    entryTransaction,
  ),
  'an entry with another balance after it': inLedger(
    `update entries set balance_after_minor = balance_after_minor + 1 where ctid = ${inTheMiddle}`,
    entry,
  ),
  'one flipped bit of a hash, and only the entry that has it': inLedger(
    `update entries set hash = set_byte(hash, 5, get_byte(hash, 5) # 1) where ctid = ${inTheMiddle}`,
    entry,
  ),
  'one flipped bit of the hash of the last entry': inLedger(
    `update entries set hash = set_byte(hash, 31, get_byte(hash, 31) # 128) where ctid = ${theLast}`,
    entry,
  ),
  "a customer's entry that was made a millisecond earlier": inLedger(
    `update entries set created_at = created_at - interval '1 ms' where ctid = ${inTheMiddle}`,
    entry,
  ),
  "an entry of the ledger's own that was made a millisecond later": inLedger(
    `update entries set created_at = created_at + interval '1 ms' where ctid = ${ofTheSystem}`,
    entry,
  ),
  'an entry that is gone: its transaction, and the entry after it': inLedger(
    `delete from entries where ctid = ${inTheMiddle}`,
    entryTransaction,
    `(select ${entryNamed('after.')} from entries as after
      where after.account_id = changed.account_id and after.sequence = changed.sequence + 1)`,
  ),
  'the last entry that is gone: its transaction and its account': inLedger(
    `delete from entries where ctid = ${theLast}`,
    entryTransaction,
    `'billing.accounts ' || account_id`,
  ),
  'an account with another balance': inLedger(
    `update accounts set balance_minor = balance_minor + 1 where id = ${aCustomers}`,
    account,
  ),
  'an account with another sequence': inLedger(
    `update accounts set sequence = sequence + 1 where id = ${aCustomers}`,
    account,
  ),
  'an account with another last hash': inLedger(
    `update accounts set last_hash = set_byte(last_hash, 0, get_byte(last_hash, 0) # 1)
     where id = ${aCustomers}`,
    account,
  ),
  'a deposit of another amount': inLedger(
    `update transactions set amount_minor = amount_minor + 1, received_minor = received_minor + 1
     where id = ${ofKind('DEPOSIT')}`,
    itself,
    `(select string_agg(${entryNamed('entries.')}, ',') from entries where transaction_id = changed.id)`,
  ),
  'a transfer with another fee': inLedger(
    `update transactions set fee_minor = fee_minor + 1
     where id = (select id from transactions where fee_minor is not null order by id limit 1)`,
    itself,
    `(select string_agg(${entryNamed('entries.')}, ',') from entries
      where transaction_id = changed.id and (account_id = from_account_id or system_account = 'FEES'))`,
  ),
  'a transfer from somebody who does not own the account': inLedger(
    `update transactions set from_customer_id = ${nobody}
     where id = (select id from transactions where fee_minor is not null order by id limit 1)`,
    itself,
  ),
  'a withdrawal with a reference of another': inLedger(
    `update transactions set reference = reference || '0' where id = ${ofKind('WITHDRAWAL')}`,
    itself,
  ),
  'a settlement with another reason, by its order': inLedger(
    `update settlements set rejection_reason = 'NOT_PROCESSED' where rejection_reason = 'INSUFFICIENT_FUNDS'`,
    orderOf,
  ),
  'a settlement by a transaction that is another': inLedger(
    `update settlements set transaction_id = ${ofKind('DEPOSIT')}
     where kind = 'PAYMENT' and order_id = (select order_id from settlements where kind = 'REFUND' order by order_id limit 1)`,
    settlement,
    `(select string_agg('billing.transactions ' || transactions.id, ',') from transactions
      where transactions.order_id = changed.order_id)`,
  ),
  'a payment whose settlement is gone': inLedger(
    `delete from settlements where order_id = (select order_id from transactions where kind = 'ORDER_PAYMENT'
       order by id limit 1)`,
    orderOf,
    `'billing.transactions ' || transaction_id`,
  ),
  'a settlement of an order that is not there': inLedger(
    `insert into settlements (order_id, kind, rejection_reason, settled_at)
     values (${nobody}, 'PAYMENT', 'NOT_PROCESSED', now() - interval '1 s')`,
    settlement,
  ),
  'a key of what is not there': inLedger(
    `update idempotency set result_id = ${nobody} where mutation = 'deposit'`,
    `'billing.idempotency ' || customer_id || ' ' || mutation || ' ' || key`,
  ),
  'a dead letter': inLedger(
    `insert into outbox (kind, key, payload, failed_at, failure) values ('transfer-sent', 'x', '{}', now(), 'poison')`,
    `'billing.outbox ' || id || ' (transfer-sent x)'`,
  ),
  'what waits in an outbox for too long': inOrders(
    `insert into outbox (kind, key, payload, created_at) values ('order-placed', 'x', '{}', now() - interval '16 min')`,
    `'order.outbox ' || id || ' (order-placed x)'`,
  ),
  'an order with another total': inOrders(
    `update orders set unit_price_minor = unit_price_minor + 1, total_minor = total_minor + 1
     where id = ${withStatus('PAID')}`,
    order,
  ),
  'an order in another currency': inOrders(
    `update orders set currency = 'EUR' where id = ${withStatus('PAID')}`,
    order,
  ),
  'an order of another customer': {
    ...inOrders(`update orders set customer_id = ${nobody} where id = ${withStatus('REFUNDED')}`, order),
    elsewhere: ['notification.notifications'],
  },
  'an order that was settled at another time': inOrders(
    `update orders set settled_at = settled_at - interval '1 ms' where id = ${withStatus('REJECTED')}`,
    order,
  ),
  'an order that says PAID and was rejected': {
    ...inOrders(
      `update orders set status = 'PAID', rejection_reason = null where rejection_reason = 'INSUFFICIENT_FUNDS'`,
      order,
    ),
    elsewhere: ['notification.notifications'],
  },
  'an order that waits and has no row in the outbox': inOrders(
    `update orders set status = 'REFUNDING' where id = ${withStatus('PAID')}`,
    order,
  ),
  'an order that waits for too long': {
    ...inOrders(`update orders set status = 'REFUNDING' where id = ${withStatus('PAID')}`, order),
    before: `insert into outbox (kind, key, payload, created_at)
      select 'order-refund', ${withStatus('PAID')}, '{}', now() - interval '1 s'`,
  },
  'an order that is gone, by what is about it': {
    ...inOrders(
      `delete from orders where rejection_reason = 'INSUFFICIENT_FUNDS'`,
      `(select 'order.idempotency ' || idempotency.customer_id || ' placeOrder ' || key from idempotency
        where result_id = id)`,
    ),
    elsewhere: ['billing.settlements', 'notification.notifications'],
  },
  'a notification that is gone, by its order': inNotices(
    `delete from notifications where id = ${noticeOfKind('ORDER_REFUNDED')}`,
    orderOf,
  ),
  'a notification that is gone, by its transfer': inNotices(
    `delete from notifications where id = ${noticeOfKind('TRANSFER_RECEIVED')}`,
    entryTransaction,
  ),
  'a notification that is there twice': inNotices(
    `insert into notifications (id, customer_id, kind, order_id, transaction_id, recipient, subject, body)
     select gen_random_uuid(), customer_id, kind, order_id, transaction_id, recipient, subject, body
     from notifications where id in (${noticeOfKind('ORDER_PAID')}, ${noticeOfKind('TRANSFER_RECEIVED')})`,
    notice,
  ),
  'a notification about nothing': inNotices(
    `insert into notifications (id, customer_id, kind, order_id, transaction_id, recipient, subject, body, created_at)
     select gen_random_uuid(), customer_id, kind, order_id, transaction_id, '', '', '', now() - interval '1 s'
     from (values
       ('ORDER_PAID', ${nobody}::uuid, null), ('TRANSFER_RECEIVED', null, ${nobody}::uuid)
     ) as about (kind, order_id, transaction_id), (select customer_id from notifications limit 1) as somebody`,
    notice,
  ),
  'a notification of another customer': inNotices(
    `update notifications set customer_id = ${nobody} where id = ${noticeOfKind('TRANSFER_RECEIVED')}`,
    notice,
  ),
  'a notification that an order gives no reason for': inNotices(
    `update notifications set kind = 'ORDER_REFUNDED' where id = ${noticeOfKind('ORDER_REJECTED')}`,
    notice,
    orderOf,
  ),
  'the notifications of somebody who is gone': inNotices(
    `update contacts set deleted_at = now(), email = null, name = null
     where user_id = (select customer_id from notifications limit 1)`,
    `(select string_agg('notification.notifications ' || id, ',') from notifications where customer_id = user_id)`,
  ),
};

describe('what is wrong is named, and nothing else:', () => {
  test.each(Object.entries(tamperings))('%s', async (_what, tampering) => {
    const { elsewhere = [] } = tampering;

    const { wrong, findings } = await tamperWith(tampering, async (urls) => await verified(urls));

    const named = findings.map(({ table, id }) => (elsewhere.includes(table) ? table : `${table} ${id}`));
    expect(wrong.length).toBeGreaterThan(0);
    expect([...new Set(named)].toSorted()).toEqual([...new Set([...wrong, ...elsewhere])].toSorted());
  });
});

describe('the grace period', () => {
  const hourS = 3_600;

  test('lets be what may still be under way between databases', async () => {
    const lateNotice = tamperings['a notification that is gone, by its order']!;

    expect((await tamperWith(lateNotice, async (urls) => await verified(urls, hourS))).findings).toEqual([]);
  });

  test('lets nothing be that the ledger itself must keep at every moment', async () => {
    const forged = tamperings["a customer's entry with another amount"]!;

    expect((await tamperWith(forged, async (urls) => await verified(urls, hourS))).findings).not.toEqual([]);
  });
});

describe('npm run verify', () => {
  const run = async (urls: VerifierUrls, settings: NodeJS.ProcessEnv = {}) => {
    const command = runFile('verify/main.ts', {
      VERIFY_USER_DATABASE_URL: urls.user,
      VERIFY_BILLING_DATABASE_URL: urls.billing,
      VERIFY_ORDER_DATABASE_URL: urls.order,
      VERIFY_NOTIFICATION_DATABASE_URL: urls.notification,
      ...settings,
    });
    return { exit: await command.exit, output: command.output() };
  };

  test('ends with 0 and says how many rows it has looked at', async () => {
    const { exit, output } = await run(databases.verifierUrls);

    expect(output).toMatch(/^Nothing is wrong\. Rows looked at, in [\d.]+ s and \d+ MB:\n/);
    expect(output).toMatch(/billing\.entries +40\n/);
    expect(exit).toBe(0);
  });

  test('ends with 1 and names the row that is wrong, what was expected and what was found', async () => {
    const flipped = tamperings['one flipped bit of a hash, and only the entry that has it']!;

    const { wrong, exit, output } = await tamperWith(flipped, run);

    expect(output).toMatch(new RegExp(`^${wrong[0]}: expected hash [0-9a-f]{64}, found hash [0-9a-f]{64}\n`));
    expect(output).toContain('Findings: 1.');
    expect(exit).toBe(1);
  });

  test('says which database cannot be read, without its password', async () => {
    const away = Object.assign(new URL(databases.verifierUrls.order), { port: '1' });

    const { exit, output } = await run({ ...databases.verifierUrls, order: away.href });

    expect(output).toContain('The order database at 127.0.0.1:1 cannot be read');
    expect(output).not.toContain(away.password);
    expect(exit).toBe(1);
  });
});

async function verified(urls: VerifierUrls, graceS = 0) {
  const findings: Finding[] = [];
  const tell = (finding: Finding) => void findings.push(finding);
  const summary = await verify({ urls, graceS, outboxMaxAgeS: 900, tell });
  return { summary, findings };
}

/** Changes a copy of a database, and verifies it with the others as they are. */
async function tamperWith<Outcome extends object>(
  { owner, before, change, wrong }: Tampering,
  check: (urls: VerifierUrls) => Promise<Outcome>,
): Promise<Outcome & { readonly wrong: readonly string[] }> {
  const [url, readerUrl] = [databases.owners[owner], databases.verifierUrls[owner]];
  const copy = `${nameOf(url)}_changed`;
  await copyDatabase(url, copy, new URL(readerUrl).username);
  try {
    const rows = await query(withDatabase(url, copy), async (client) => {
      for (const table of owner === 'billing' ? ['accounts', 'entries', 'settlements', 'transactions'] : []) {
        await client.query(`alter table ${table} disable trigger user`);
      }
      if (before !== undefined) await client.query(before);
      const names = wrong.map((text) => `select ${text} as names from changed`).join(' union all ');
      return await client.query<{ names: string }>(`with changed as (${change} returning *) ${names}`);
    });
    const outcome = await check({ ...databases.verifierUrls, [owner]: withDatabase(readerUrl, copy) });
    return { ...outcome, wrong: rows.rows.flatMap(({ names }) => names.split(',')) };
  } finally {
    await asAdmin(`drop database ${copy} with (force)`);
  }
}

/** A session that has just ended may still hold the database for a moment. */
async function copyDatabase(url: string, copy: string, reader: string): Promise<void> {
  const create = `create database ${copy} template ${nameOf(url)} owner ${new URL(url).username}`;
  await until(`a copy of ${nameOf(url)}`, async () => {
    try {
      await asAdmin(create);
      return true;
    } catch (error) {
      if (sqlState(error) === '55006') return false;
      throw error;
    }
  });
  await asAdmin(`revoke all on database ${copy} from public`);
  await asAdmin(`grant connect on database ${copy} to ${reader}`);
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);
const withDatabase = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;

async function asAdmin(statement: string): Promise<void> {
  await query(given('WALLET_TEST_DATABASE_URL'), async (admin) => void (await admin.query(statement)));
}

async function query<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
