import { randomUUID, randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import { defineEntity, LockMode, MikroORM, p } from '@mikro-orm/postgresql';
import { database } from '#billing/database.ts';
import { itemsPerJob } from '#jobs/queues/contract.ts';
import { openAccounts } from '#billing/services/open-accounts.ts';
import { settleOrders } from '#billing/services/settle-orders.ts';
import { openDatabase } from '#platform/postgres/database.ts';
import { startOwnPostgres } from '../../tools/system/own-postgres.ts';
import { type Comparison, type Contender, compare, runConcurrently } from './compare.ts';
import { type Figure, type Findings } from './report.ts';
import { startTpcB, tpcB } from './tpc-b.ts';

const customers = Array.from({ length: 1_000 }, () => randomUUID());
/** The number of concurrent jobs of a worker (jobs/broker.ts). */
const concurrency = 2;
const singleConcurrency = 16;

const anyCustomer = () => customers[Math.floor(Math.random() * customers.length)]!;

/**
 * Compares debits per second on the same server, in turn: settlement in batches, one ORM unit of work per debit, one SQL
 * function call per debit with 100 merchants and with one hot merchant, and TPC-B.
 */
export async function ledger(progress: (message: string) => void): Promise<Findings> {
  const postgres = await startOwnPostgres(7600);
  const started: Started[] = [];
  try {
    const starts: ((url: string) => Promise<Started>)[] = [
      startTpcB,
      startSettlement,
      startOrm,
      async (url) => await startFunction(url, 100),
      async (url) => await startFunction(url, 1),
    ];
    for (const [index, start] of starts.entries()) {
      progress(`starting ${index + 1} of ${starts.length}`);
      started.push(await start(await createDatabase(postgres.url, `contender_${index}`)));
    }
    const comparison = await compare(started, { rounds: 3, secondsEach: 4, unit: 'debits/s', progress });
    return { tables: [{ title: 'Debits per second', rows: comparison.rows }], figures: figuresOf(comparison) };
  } finally {
    for (const contender of started) await contender.stop();
    await postgres.stop();
  }
}

type Started = Contender & { stop: () => Promise<void> };

const settlement = `settlement, ${itemsPerJob} orders to a batch`;
const ormUnits = 'one unit of work of the ORM per debit, 100 merchants';

/** Settlement credits one sales account per currency, so it compares with the case of one hot merchant. */
function figuresOf({ ratio }: Comparison): Figure[] {
  return [
    { name: 'settlement to TPC-B', value: ratio(settlement, tpcB), unit: '×', goal: { atLeast: 4 } },
    { name: 'settlement to ORM units of work', value: ratio(settlement, ormUnits), unit: '×', goal: { atLeast: 20 } },
  ];
}

async function createDatabase(adminUrl: string, name: string): Promise<string> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  return Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
}

async function startSettlement(url: string): Promise<Started> {
  const orm = await openDatabase(database, { url, poolSize: 4, applicationName: 'bench' });
  await orm.migrator.up();
  await openAccounts(orm.em.fork(), customers);
  const orders = () =>
    Array.from({ length: itemsPerJob }, () => ({
      orderId: randomUUIDv7(),
      customerId: anyCustomer(),
      currency: 'USD' as const,
      totalMinor: 1n,
    }));
  return {
    name: settlement,
    rate: runConcurrently(concurrency, async () => (await settleOrders(orm.em.fork(), orders())).length),
    stop: async () => await orm.close(),
  };
}

/** The tables of a common ledger: one row per account, the merchants' included. */
const plainTables = `
  create table accounts (id uuid primary key, balance bigint not null);
  create table transactions (id uuid primary key, reference uuid not null unique, amount bigint not null,
    created_at timestamptz not null default now());
  create table entries (id bigint generated always as identity primary key,
    transaction_id uuid not null references transactions, account_id uuid not null references accounts,
    amount bigint not null);
  create index on entries (account_id, id)`;

async function fillPlainTables(url: string, merchants: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(plainTables);
  await client.query('insert into accounts select unnest($1::uuid[]), 1000000000', [[...customers, ...merchants]]);
  await client.end();
}

const Account = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: { id: p.uuid().primary(), balance: p.bigint() },
});
const Transaction = defineEntity({
  name: 'Transaction',
  tableName: 'transactions',
  properties: { id: p.uuid().primary(), reference: p.uuid(), amount: p.bigint() },
});
const Entry = defineEntity({
  name: 'Entry',
  tableName: 'entries',
  properties: {
    id: p.bigint().primary().autoincrement(),
    transaction: () => p.manyToOne(Transaction),
    account: () => p.manyToOne(Account),
    amount: p.bigint(),
  },
});

async function startOrm(url: string): Promise<Started> {
  const merchants = Array.from({ length: 100 }, () => randomUUID());
  await fillPlainTables(url, merchants);
  const orm = await MikroORM.init({
    entities: [Account, Transaction, Entry],
    clientUrl: url,
    pool: { max: singleConcurrency },
  });
  return {
    name: ormUnits,
    rate: runConcurrently(singleConcurrency, async () => {
      await orm.em.fork().transactional(async (em) => {
        const ids = [anyCustomer(), merchants[Math.floor(Math.random() * merchants.length)]!];
        const accounts = await em.find(
          Account,
          { id: { $in: ids } },
          { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
        );
        const transaction = em.create(Transaction, { id: randomUUIDv7(), reference: randomUUIDv7(), amount: 1n });
        for (const account of accounts) {
          const amount = account.id === ids[0] ? -1n : 1n;
          account.balance += amount;
          em.create(Entry, { transaction, account, amount });
        }
      });
      return 1;
    }),
    stop: async () => await orm.close(),
  };
}

const debitFunction = `
  create function debit(customer uuid, merchant uuid, transaction uuid, reference uuid, amount bigint) returns void
  language plpgsql as $$
  begin
    perform from accounts where id in (customer, merchant) order by id for update;
    update accounts set balance = balance - amount where id = customer;
    update accounts set balance = balance + amount where id = merchant;
    insert into transactions values (transaction, reference, amount);
    insert into entries (transaction_id, account_id, amount)
      values (transaction, customer, -amount), (transaction, merchant, amount);
  end $$`;

async function startFunction(url: string, merchantCount: number): Promise<Started> {
  const merchants = Array.from({ length: merchantCount }, () => randomUUID());
  await fillPlainTables(url, merchants);
  const pool = new pg.Pool({ connectionString: url, max: singleConcurrency });
  // The server may close released connections when it stops.
  pool.on('error', () => undefined);
  await pool.query(debitFunction);
  const text = 'select debit($1, $2, $3, $4, 1)';
  return {
    name: `one SQL function call per debit, ${merchantCount === 1 ? 'one hot merchant' : `${merchantCount} merchants`}`,
    rate: runConcurrently(singleConcurrency, async () => {
      const merchant = merchants[Math.floor(Math.random() * merchants.length)]!;
      const values = [anyCustomer(), merchant, randomUUIDv7(), randomUUIDv7()];
      await pool.query({ name: 'debit', text, values });
      return 1;
    }),
    stop: async () => await pool.end(),
  };
}
