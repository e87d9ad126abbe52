import { randomUUID, randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import { database as billing } from '#billing/database.ts';
import { accountsOf } from '#billing/services/find-accounts.ts';
import { listEntries, readEntries } from '#billing/services/list-entries.ts';
import { listTransactions, type TransactionListRequest } from '#billing/services/list-transactions.ts';
import { openAccounts } from '#billing/services/open-accounts.ts';
import { settleOrders } from '#billing/services/settle-orders.ts';
import { migrateAll } from '#local/migrations.ts';
import { provision } from '#local/provision.ts';
import { database as notification } from '#notification/database.ts';
import { listNotifications } from '#notification/services/list-notifications.ts';
import { database as order } from '#order/database.ts';
import { listOrders } from '#order/services/list-orders.ts';
import { type Database, type DatabaseDefinition, openDatabase } from '#platform/postgres/database.ts';
import type { Connection, PageRequest } from '#platform/graphql/paging.ts';
import { fillLists, populationOf } from './fill-lists.ts';
import { startOwnPostgres } from '../../tools/system/own-postgres.ts';
import { type Comparison, type Contender, compare } from './compare.ts';
import { type Figure, type Findings, quantiles, rounded } from './report.ts';

export const usualSizes: readonly number[] = [10_000, 1_000_000];

const pageSize = 100;
const overviewSize = 5;
/** The number of last pages that count as deep; the smallest ledger limits it. */
const deepPages = 2;
const rounds = 200;
const warmUpRounds = 20;

const settlers = 1_000;
const batch = 200;
const batchesPerRound = 10;
const settlementRounds = 5;
const concurrency = 2;

type Progress = (message: string) => void;

/**
 * Compares ledgers of several sizes on one server: how long a customer with a tenth of the entries waits for a page, and
 * how fast orders are settled. It calls the services directly, since HTTP and the router add the same to each.
 *
 * @param sizes the numbers of entries of the ledgers; the figures compare the second with the first.
 */
export async function growth(progress: Progress, sizes: readonly number[]): Promise<Findings> {
  const running = new AsyncDisposableStack();
  try {
    const postgres = await startOwnPostgres(8400);
    running.defer(postgres.stop);
    const ledgers: Ledger[] = [];
    for (const size of sizes) ledgers.push(await makeLedger(postgres.url, size, running, progress));
    await writeOut(postgres.url);
    const times = await timeQueries(ledgers, progress);
    const settlement = await timeSettlement(ledgers, progress);
    return {
      tables: [
        { title: `Milliseconds per query, median of ${rounds}`, rows: times.map((one) => rowOf(ledgers, one)) },
        { title: `Settlement in batches of ${batch}, starting from these sizes`, rows: settlement.rows },
      ],
      figures: [
        ...times.map(({ query, ms }) =>
          flat(`${query}: ${nameOf(sizes[1]!)} to ${nameOf(sizes[0]!)}`, ms[1]! / ms[0]!),
        ),
        flat(
          `settling an order: ${nameOf(sizes[1]!)} to ${nameOf(sizes[0]!)}`,
          settlement.ratio(nameOf(sizes[0]!), nameOf(sizes[1]!)),
        ),
      ],
    };
  } finally {
    await running.disposeAsync();
  }
}

const nameOf = (size: number) => `${size.toLocaleString('en')} entries`;

function flat(name: string, ratio: number): Figure {
  return { name, value: rounded(ratio), unit: '×', goal: { atMost: 1.2 } };
}

interface Ledger {
  readonly size: number;
  readonly busyId: string;
  readonly billing: Database;
  readonly order: Database;
  readonly notification: Database;
}

async function makeLedger(
  adminUrl: string,
  size: number,
  running: AsyncDisposableStack,
  progress: Progress,
): Promise<Ledger> {
  progress(`filling a ledger with ${nameOf(size)}`);
  const urls = await provision(adminUrl, `of_${size}_`);
  await migrateAll(urls);
  const population = populationOf(size);
  await fillLists(urls, population, () => undefined);
  const open = async (definition: DatabaseDefinition, url: string) => {
    const database = await openDatabase(definition, { url, poolSize: concurrency, applicationName: 'bench' });
    running.defer(async () => await database.close());
    return database;
  };
  return {
    size,
    busyId: population.busyId,
    billing: await open(billing, urls.billing.owner),
    order: await open(order, urls.order.owner),
    notification: await open(notification, urls.notification.owner),
  };
}

/** Writes all filled data to disk before the measurement. */
async function writeOut(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('checkpoint');
  } finally {
    await admin.end();
  }
}

/** The queries of a round by name. */
type Queries = Readonly<Record<string, (round: number) => Promise<unknown>>>;

async function queriesOf({ billing, order, notification, busyId }: Ledger): Promise<Queries> {
  const account = (await accountsOf(billing.em.fork(), busyId))[0]!;
  const entries = async (request: PageRequest) =>
    await listEntries(async (wanted) => (await readEntries(billing.em.fork(), [wanted]))[0]!, account.id, request);
  const transactions = async (request: TransactionListRequest) =>
    await listTransactions(billing.em.fork(), busyId, request);
  const filtered = async (filter: NonNullable<TransactionListRequest['filter']>) =>
    await transactions({ first: pageSize, filter });
  const deepEntries = await lastCursors(entries);
  const deepTransactions = await lastCursors(transactions);
  const overview = async () => {
    const first = overviewSize;
    const [messages] = await Promise.all([
      listNotifications(notification.em.fork(), busyId, { first }),
      accountsOf(billing.em.fork(), busyId),
      transactions({ first }),
      listOrders(order.em.fork(), busyId, { first }),
    ]);
    await messages.countUnread();
  };
  return {
    'entries, first page': async () => await entries({ first: pageSize }),
    'entries, deep page': async (round) => await entries({ first: pageSize, after: deepEntries[round % deepPages]! }),
    'transactions, first page': async () => await transactions({ first: pageSize }),
    'transactions, deep page': async (round) =>
      await transactions({ first: pageSize, after: deepTransactions[round % deepPages]! }),
    'transactions of a time': async () =>
      await filtered({ createdAfter: new Date('2026-02-01Z'), createdBefore: new Date('2026-11-01Z') }),
    'transactions of a kind': async () => await filtered({ kinds: ['TRANSFER'] }),
    'transactions of an account': async () => await filtered({ accountIds: [account.id] }),
    overview,
  };
}

/** @returns the cursors before the last pages of a list. */
async function lastCursors(read: (request: PageRequest) => Promise<Connection<unknown>>): Promise<string[]> {
  const cursors: string[] = [];
  for (let after: string | null = null; ;) {
    const { pageInfo } = await read({ first: pageSize, after });
    if (!pageInfo.hasNextPage) return cursors.slice(-deepPages);
    after = pageInfo.endCursor;
    cursors.push(after!);
  }
}

interface Times {
  readonly query: string;
  /** The median of each ledger, in milliseconds. */
  readonly ms: readonly number[];
}

async function timeQueries(ledgers: readonly Ledger[], progress: Progress): Promise<Times[]> {
  const queries = [];
  for (const ledger of ledgers) queries.push(await queriesOf(ledger));
  const times: Times[] = [];
  for (const query of Object.keys(queries[0]!)) {
    progress(query);
    const taken: number[][] = ledgers.map(() => []);
    for (let round = -warmUpRounds; round < rounds; round += 1) {
      for (const [index, ofLedger] of queries.entries()) {
        const beganMs = performance.now();
        await ofLedger[query]!(round + warmUpRounds);
        if (round >= 0) taken[index]!.push(performance.now() - beganMs);
      }
    }
    times.push({ query, ms: taken.map((ms) => quantiles(ms).p50) });
  }
  return times;
}

function rowOf(ledgers: readonly Ledger[], { query, ms }: Times) {
  const [first, ...others] = ledgers.map(({ size }, index) => [nameOf(size), ms[index]!.toFixed(2)] as const);
  return { query, ...Object.fromEntries([first!, ...others]) };
}

async function timeSettlement(ledgers: readonly Ledger[], progress: Progress): Promise<Comparison> {
  const contenders: Contender[] = [];
  for (const { size, billing: database } of ledgers) {
    const customers = Array.from({ length: settlers }, () => randomUUID());
    await openAccounts(database.em.fork(), customers);
    contenders.push({ name: nameOf(size), rate: async () => await settleSome(database, customers) });
  }
  return await compare(contenders, { rounds: settlementRounds, secondsEach: 0, unit: 'orders/s', progress });
}

/** Settles a fixed number of orders, so that each ledger grows by the same amount. @returns orders per second. */
async function settleSome({ em }: Database, customers: readonly string[]): Promise<number> {
  const beganMs = performance.now();
  const batches = Array.from({ length: batchesPerRound }, (_, index) => ordersOf(customers, index)).values();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const orders of batches) await settleOrders(em.fork(), orders);
    }),
  );
  return (batchesPerRound * batch) / ((performance.now() - beganMs) / 1_000);
}

function ordersOf(customers: readonly string[], index: number) {
  return Array.from({ length: batch }, (_, number) => ({
    orderId: randomUUIDv7(),
    customerId: customers[(index * batch + number) % customers.length]!,
    currency: 'USD' as const,
    totalMinor: 1n,
  }));
}
