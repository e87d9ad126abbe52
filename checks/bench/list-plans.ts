import { Client } from 'pg';
import { database as billing } from '#billing/database.ts';
import { accountsOf } from '#billing/services/find-accounts.ts';
import { migrateAll } from '#local/migrations.ts';
import type { DatabaseUrls } from '#local/credentials.ts';
import { provision } from '#local/provision.ts';
import { database as notification } from '#notification/database.ts';
import { database as order } from '#order/database.ts';
import { type Database, openDatabase } from '#platform/postgres/database.ts';
import type { Connection } from '#platform/graphql/paging.ts';
import { type Statement, statementsOf } from '#test/statements.ts';
import { fillLists, populationOf } from './fill-lists.ts';
import { startOwnPostgres } from '../../tools/system/own-postgres.ts';
import { type List, lists, type Owner, pageSize, queries } from './list-plans/queries.ts';
import { quantiles } from './report.ts';

/**
 * `npm run bench:lists`: fills a new ledger with a million entries, a tenth of them one customer's. For each list of
 * that customer, it prints how long a page takes and the plans of its statements.
 */

const population = populationOf(1_000_000);
const { busyId } = population;
/** The number of pages before a deep page. */
const pagesBeforeDeep = 900;

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

/** Writes all filled data to disk before the measurement. */
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
  for (const list of lists(managers, busyId, account!.id)) {
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
  for (const { name, database, send } of await queries(managers, busyId, account!.id)) {
    await showPlans(name, database, send, planOf);
  }
  console.table(times);
}
/** Reads a list to its end. @returns the times of its first and last hundred pages, and the cursor of the deep page. */
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

/** The executed plan of a statement, without the details that differ between runs. */
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
