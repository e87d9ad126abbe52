import { Client } from 'pg';
import { database as billing } from '#billing/database.ts';
import { accountNumbers, accountsOf } from '#billing/services/find-accounts.ts';
import { findOrderTransactions, findTransactions } from '#billing/services/find-transactions.ts';
import { listEntries, readEntries } from '#billing/services/list-entries.ts';
import { listTransactions, type TransactionListRequest } from '#billing/services/list-transactions.ts';
import { migrateAll } from '#local/migrations.ts';
import type { DatabaseUrls } from '#local/credentials.ts';
import { provision } from '#local/provision.ts';
import { database as notification } from '#notification/database.ts';
import { findNotificationsOfOrders } from '#notification/services/find-notifications.ts';
import { listNotifications, type NotificationListRequest } from '#notification/services/list-notifications.ts';
import { database as order } from '#order/database.ts';
import { findOrders } from '#order/services/find-orders.ts';
import { listOrders, type OrderListRequest } from '#order/services/list-orders.ts';
import { type Database, type Manager, openDatabase } from '#platform/postgres/database.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import type { Connection, PageRequest } from '#platform/graphql/paging.ts';
import { type Statement, statementsOf } from '#test/statements.ts';
import { fillLists, populationOf } from './fill-lists.ts';
import { startOwnPostgres } from '../../tools/system/own-postgres.ts';
import { quantiles } from './report.ts';

/**
 * `npm run bench:lists`: fills a ledger of its own with a million entries, a tenth of them one customer's, and shows
 * how PostgreSQL answers that customer's lists: how long a page takes, and the plan of every statement that is sent.
 */

const population = populationOf(1_000_000);
const { busyId } = population;
const pageSize = 100;
/** A page is followed by this many before it counts as deep. */
const pagesBeforeDeep = 900;

interface List {
  readonly name: string;
  readonly database: Owner;
  readonly read: (request: PageRequest) => Promise<Connection<{ readonly id?: string }>>;
}

interface Query {
  readonly name: string;
  readonly database: Owner;
  readonly send: () => Promise<unknown>;
}

type Owner = 'billing' | 'order' | 'notification';

const cleanUp = new AsyncDisposableStack();
try {
  const postgres = await startOwnPostgres(7790);
  cleanUp.defer(postgres.stop);
  const urls = await provision(postgres.url);
  await migrateAll(urls);
  await fillLists(urls, population, console.log);
  await writeOut(postgres.url);
  await measure(urls);
} finally {
  await cleanUp.disposeAsync();
}

/** What was filled is on disk before anything is measured. */
async function writeOut(adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('checkpoint');
  } finally {
    await admin.end();
  }
}

async function measure(urls: DatabaseUrls): Promise<void> {
  const definitions = { billing, order, notification };
  const open = async (owner: Owner): Promise<Database> => {
    const database = await openDatabase(definitions[owner], {
      url: urls[owner].owner,
      poolSize: 2,
      applicationName: 'bench',
    });
    cleanUp.defer(async () => await database.close());
    return database;
  };
  const [billingDatabase, orderDatabase, notificationDatabase] = [
    await open('billing'),
    await open('order'),
    await open('notification'),
  ];
  const managers = {
    billing: () => billingDatabase.em.fork(),
    order: () => orderDatabase.em.fork(),
    notification: () => notificationDatabase.em.fork(),
  };
  const [account] = await accountsOf(managers.billing(), busyId);
  const planOf = async (owner: Owner, statement: Statement) => await explain(urls[owner].owner, statement);

  const times = [];
  for (const list of lists(managers, account!.id)) {
    const { row, deepCursor } = await follow(list);
    times.push(row);
    await showPlans(
      `${list.name}, first page`,
      list.database,
      async () => await list.read({ first: pageSize }),
      planOf,
    );
    const deep = { first: pageSize, after: deepCursor };
    await showPlans(
      `${list.name}, after ${pagesBeforeDeep * pageSize} rows`,
      list.database,
      async () => await list.read(deep),
      planOf,
    );
  }
  for (const { name, database, send } of await queries(managers, account!.id)) {
    await showPlans(name, database, send, planOf);
  }
  console.table(times);
}

type Managers = Readonly<Record<Owner, () => Manager>>;

function lists(managers: Managers, accountId: string): List[] {
  const transactions = (request: TransactionListRequest) => listTransactions(managers.billing(), busyId, request);
  const orders = (request: OrderListRequest) => listOrders(managers.order(), busyId, request);
  const notifications = (request: NotificationListRequest) =>
    listNotifications(managers.notification(), busyId, request);
  const entries = async (request: PageRequest & { readonly from?: Date; readonly to?: Date }) =>
    await listEntries(async (wanted) => (await readEntries(managers.billing(), [wanted]))[0]!, accountId, request);
  return [
    { name: 'transactions by time', database: 'billing', read: transactions },
    {
      name: 'transactions by amount',
      database: 'billing',
      read: (page) => transactions({ ...page, orderBy: { field: 'AMOUNT', direction: 'DESC' } }),
    },
    { name: 'entries', database: 'billing', read: entries as List['read'] },
    {
      name: 'entries of a period',
      database: 'billing',
      read: ((page) =>
        entries({ ...page, from: new Date('2026-01-02Z'), to: new Date('2026-12-30Z') })) as List['read'],
    },
    { name: 'orders by time', database: 'order', read: orders },
    {
      name: 'orders by total',
      database: 'order',
      read: (page) => orders({ ...page, orderBy: { field: 'TOTAL', direction: 'DESC' } }),
    },
    { name: 'notifications', database: 'notification', read: notifications },
  ];
}

/** What else a page may ask for: counts, filters, and what its rows name. */
async function queries(managers: Managers, accountId: string): Promise<Query[]> {
  const first = pageSize;
  const transactions = async (filter: NonNullable<TransactionListRequest['filter']>) =>
    await listTransactions(managers.billing(), busyId, { first, filter });
  const orders = async (filter: NonNullable<OrderListRequest['filter']>) =>
    await listOrders(managers.order(), busyId, { first, filter });
  const notifications = async (filter: NonNullable<NotificationListRequest['filter']>) =>
    await listNotifications(managers.notification(), busyId, { first, filter });

  const transactionIds = (await transactions({})).nodes.map(({ id }) => id);
  const orderIds = (await orders({})).nodes.map(({ id }) => id);
  const wholeTransactions = await transactions({});
  const wholeNotifications = await notifications({});
  const january = new Date('2026-02-01Z');
  const { billing, order, notification } = managers;
  return [
    { name: 'transactions: totalCount', database: 'billing', send: wholeTransactions.countTotal },
    {
      name: 'transactions of a time, by time',
      database: 'billing',
      send: () => transactions({ createdAfter: new Date('2026-01-15Z'), createdBefore: january }),
    },
    {
      name: 'transactions of some kinds',
      database: 'billing',
      send: () => transactions({ kinds: ['OPENING_DEPOSIT', 'REFUND'] }),
    },
    { name: 'transactions of an account', database: 'billing', send: () => transactions({ accountIds: [accountId] }) },
    { name: 'transactions of a currency', database: 'billing', send: () => transactions({ currencies: ['CNY'] }) },
    {
      name: 'transactions of an amount, by time',
      database: 'billing',
      send: () => transactions({ minAmount: parseDecimal('1000')! }),
    },
    {
      name: 'transactions of an amount, by amount',
      database: 'billing',
      send: () =>
        listTransactions(billing(), busyId, {
          first,
          filter: { minAmount: parseDecimal('10')!, maxAmount: parseDecimal('20')! },
          orderBy: { field: 'AMOUNT', direction: 'ASC' },
        }),
    },
    {
      name: 'transactions between own accounts',
      database: 'billing',
      send: () => transactions({ betweenOwnAccounts: true }),
    },
    {
      name: '100 transactions by id',
      database: 'billing',
      send: () => findTransactions(billing(), busyId, transactionIds),
    },
    {
      name: 'the transactions of 100 orders',
      database: 'billing',
      send: () => findOrderTransactions(billing(), busyId, transactionIds),
    },
    { name: 'numbers of accounts', database: 'billing', send: () => accountNumbers(billing(), [accountId]) },
    { name: 'orders of a state', database: 'order', send: () => orders({ statuses: ['REFUNDED'] }) },
    { name: 'orders of a product', database: 'order', send: () => orders({ productIds: ['product 7'] }) },
    { name: '100 orders by id', database: 'order', send: () => findOrders(order(), busyId, orderIds) },
    { name: 'notifications: unreadCount', database: 'notification', send: wholeNotifications.countUnread },
    { name: 'unread notifications', database: 'notification', send: () => notifications({ unread: true }) },
    {
      name: 'notifications of a kind',
      database: 'notification',
      send: () => notifications({ kinds: ['ORDER_REFUNDED'] }),
    },
    {
      name: 'the notifications of 100 orders',
      database: 'notification',
      send: async () => await findNotificationsOfOrders(notification(), busyId, orderIds),
    },
  ];
}

/** Follows a list to its end: what its first and its last hundred pages take, and where the deep ones begin. */
async function follow({ name, read }: List) {
  const pagesMs: number[] = [];
  let deepCursor: string | null = null;
  for (let after: string | null = null, more = true; more;) {
    const beganMs = performance.now();
    const { pageInfo }: Connection<unknown> = await read({ first: pageSize, after });
    pagesMs.push(performance.now() - beganMs);
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
    if (pagesMs.length === pagesBeforeDeep) deepCursor = after;
  }
  if (deepCursor === null) throw new Error(`${name} ended after ${pagesMs.length} pages`);
  const [early, late] = [quantiles(pagesMs.slice(0, 100)), quantiles(pagesMs.slice(-100))];
  const ms = (value: number) => Number(value.toFixed(2));
  const row = {
    list: name,
    pages: pagesMs.length,
    'first 100, p50 ms': ms(early.p50),
    'first 100, p95 ms': ms(early.p95),
    'last 100, p50 ms': ms(late.p50),
    'last 100, p95 ms': ms(late.p95),
  };
  return { row, deepCursor };
}

async function showPlans(
  name: string,
  owner: Owner,
  send: () => Promise<unknown>,
  planOf: (owner: Owner, statement: Statement) => Promise<string>,
): Promise<void> {
  console.log(`\n### ${name}\n`);
  for (const statement of await statementsOf(send)) {
    console.log(`\`\`\`\n${await planOf(owner, statement)}\n\`\`\`\n`);
  }
}

/** The plan of a statement as it was sent, and what it did; without what is different each time. */
async function explain(url: string, { text, values }: Statement): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers, costs off, timing off, summary off) ${text}`,
      [...values],
    );
    const lines = rows.map((row) => row['QUERY PLAN']);
    const planning = lines.indexOf('Planning:');
    return lines
      .slice(0, planning === -1 ? undefined : planning)
      .filter((line) => !/^ {4,}Buffers:|^ *(?:Index Searches|Heap Blocks|Sort Method|Storage):/.test(line))
      .join('\n')
      .replaceAll(/'\{[^}]{80,}\}'/g, `'{…}'`)
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
      .replaceAll('.00 loops', ' loops');
  } finally {
    await client.end();
  }
}
