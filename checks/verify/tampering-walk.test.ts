import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, type QueryResultRow } from 'pg';
import { type VerifiedSubgraph, verifiedSubgraphs } from '#subgraphs/manifest.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { testSetting } from '#test/test-setting.ts';
import { addShortLived, type Column, otherValue, type Table, tablesOf } from '#test/tampering.ts';
import { openCustomers } from '#test/acting-customers.ts';
import { liveThrough } from '#test/true-history.ts';
import type { Finding } from './finding.ts';
import { verify } from './verify.ts';

/**
 * Changes every column of every table and deletes rows, as a superuser who has disabled constraints and triggers.
 * `verify` must report the row, or docs/verify.md must list the column with the reason.
 */

let databases: TestDatabases;
const superusers = new Map<VerifiedSubgraph, Client>();
const tables = new Map<string, Table>();

beforeAll(async () => {
  databases = await createDatabases();
  const customers = await openCustomers(databases.urls);
  await liveThrough(customers);
  await addShortLived(databases);
  await customers.close();
  for (const name of verifiedSubgraphs) {
    const superuser = new Client({ connectionString: asSuperuser(databases.owners[name]) });
    await superuser.connect();
    superusers.set(name, superuser);
    for (const table of await tablesOf(superuser)) tables.set(`${name}.${table.name}`, table);
    await superuser.query(`set session_replication_role = replica`);
    await superuser.query(withoutRules);
  }
});

afterAll(async () => {
  for (const superuser of superusers.values()) await superuser.end();
  await databases.drop();
});

function asSuperuser(url: string): string {
  return Object.assign(new URL(testSetting('WALLET_TEST_DATABASE_URL')), { pathname: new URL(url).pathname }).href;
}

/** Copies each table, and drops all constraints that could refuse a value. */
const withoutRules = `
  create schema kept;
  do $$
  declare
    statement text;
  begin
    for statement in
      select format('create table kept.%1$I as select * from public.%1$I', relname)
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
    loop execute statement; end loop;
    for statement in
      select format('alter table %s alter column %I drop identity', attrelid::regclass, attname)
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where attidentity <> '' and relnamespace = 'public'::regnamespace
    loop execute statement; end loop;
    for statement in
      select format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname)
      from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 0 and contype <> 't'
      order by contype = 'n'
    loop execute statement; end loop;
    for statement in
      select format('drop index if exists %s', indexrelid::regclass)
      from pg_index join pg_class on pg_class.oid = indrelid
      where indisunique and relnamespace = 'public'::regnamespace
    loop execute statement; end loop;
  end $$`;

const database = (table: string) => table.split('.')[0] as VerifiedSubgraph;

/** @returns one row of each kind: for each value of columns with few values, and for each combination of nulls. */
async function sampleRows(name: string): Promise<string[]> {
  const { columns, name: table } = tables.get(name)!;
  const kinds = columns.flatMap(({ name: column, values, isNullable }) => [
    ...(values.length > 0 ? [column] : []),
    ...(isNullable ? [`${column} is null`] : []),
  ]);
  const distinct = kinds.length === 0 ? '' : `distinct on (${kinds.join(', ')})`;
  const { rows } = await superusers
    .get(database(name))!
    .query<{ ctid: string }>(`select ${distinct} ctid::text from ${table} ${kinds.length === 0 ? 'limit 1' : ''}`);
  return rows.map(({ ctid }) => ctid);
}

/** @returns the ids that a finding of this row may have. */
function namesOf(name: string, row: QueryResultRow): string[] {
  const { key } = tables.get(name)!;
  const text = (columns: readonly string[]) => columns.map((column) => String(row[column])).join(' ');
  const others = ['transaction_id', 'order_id', 'result_id'].filter((column) => row[column] != null);
  return [
    ...(key.length > 0 ? [text(key)] : []),
    ...others.map((column) => String(row[column])),
    ...(row['sequence'] != null && row['account_id'] != null ? [text(['account_id', 'sequence'])] : []),
  ];
}

/** Runs a statement that changes or deletes rows. @returns the number of rows that verify does not report. */
async function undetectedRows(name: string, before: readonly QueryResultRow[], statement: string): Promise<number> {
  const superuser = superusers.get(database(name))!;
  const table = tables.get(name)!.name;
  const { rows: after } = await superuser.query<QueryResultRow>(statement);
  try {
    const found: string[] = [];
    await verify({
      urls: databases.verifierUrls,
      graceS: 0,
      outboxMaxAgeS: 900,
      onFinding: ({ id }) => void found.push(id),
    });
    return before.filter((row) => {
      const names = [row, ...after.filter(({ rowId }) => rowId === row['rowId'])].flatMap((one) => namesOf(name, one));
      return !names.some((one) => found.some((id) => id.includes(one)));
    }).length;
  } finally {
    await superuser.query(`truncate ${table}; insert into ${table} select * from kept.${table}`);
  }
}

async function rowsToChange(name: string): Promise<QueryResultRow[]> {
  const ctids = await sampleRows(name);
  const { rows } = await superusers
    .get(database(name))!
    .query<QueryResultRow>(
      `select ctid::text as "rowId", * from ${tables.get(name)!.name} where ctid = any($1::tid[])`,
      [ctids],
    );
  return rows;
}

const here = (rows: readonly QueryResultRow[]) =>
  `ctid = any('{${rows.map(({ rowId }) => `"${String(rowId)}"`).join(',')}}'::tid[])`;

/** An update moves a row, so the statement joins the old row to return its ctid. */
function changing(table: string, { name }: Column, value: string, rows: readonly QueryResultRow[]): string {
  return `
    with old as (select ctid as "rowId" from ${table} where ${here(rows)})
    update ${table} set ${name} = ${value} from old where ${table}.ctid = old."rowId"
    returning old."rowId"::text as "rowId", ${table}.*`;
}

/** Whether verify reports each row in which a column gets another value, an impossible value, or null. */
async function isAlwaysDetected(name: string, column: Column): Promise<boolean> {
  const values = [otherValue(column), ...(column.values.length > 0 ? [`'UNKNOWN'`] : []), 'null'];
  for (const value of values) {
    const rows = (await rowsToChange(name)).filter((row) => value !== 'null' || row[column.name] !== null);
    if (value === 'null' && (!column.isNullable || rows.length === 0)) continue;
    if ((await undetectedRows(name, rows, changing(tables.get(name)!.name, column, value, rows))) > 0) return false;
  }
  return true;
}

/** @returns the columns of a table whose changes verify can miss, and whether it can miss deletions. */
async function undetectedIn(name: string): Promise<string[]> {
  const { name: table, columns } = tables.get(name)!;
  const undetected: string[] = [];
  for (const column of columns) {
    if (!(await isAlwaysDetected(name, column))) undetected.push(`${name}.${column.name}`);
  }
  const rows = await rowsToChange(name);
  if (rows.length === 0) throw new Error(`${name} has no rows: add some in test/tampering.ts`);
  if (
    (await undetectedRows(name, rows, `delete from ${table} where ${here(rows)} returning ctid::text as "rowId", *`)) >
    0
  ) {
    undetected.push(`${name} (a deleted row)`);
  }
  return undetected;
}

/** @returns the columns that docs/verify.md lists as undetected. */
function documented(): string[] {
  const text = readFileSync(new URL('../../docs/verify.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^\| `(\w+\.\w+)` +\| ([^|]+?) +\| [^|]+\|$/gm)].flatMap(([, table, things]) =>
    things!
      .split(', ')
      .map((thing) => (thing === 'a deleted row' ? `${table} (${thing})` : `${table}.${thing.replaceAll('`', '')}`)),
  );
}

describe('a change that bypasses the constraints', () => {
  test.each(verifiedSubgraphs)(
    'is reported in every table and column of the %s database, except those in docs/verify.md',
    async (owner) => {
      const undetected: string[] = [];
      for (const name of tables.keys()) if (database(name) === owner) undetected.push(...(await undetectedIn(name)));

      expect(undetected.toSorted()).toEqual(
        documented()
          .filter((one) => database(one) === owner)
          .toSorted(),
      );
    },
    300_000,
  );

  test('leaves no findings when it is restored', async () => {
    const found: Finding[] = [];
    await verify({
      urls: databases.verifierUrls,
      graceS: 0,
      outboxMaxAgeS: 900,
      onFinding: (one) => void found.push(one),
    });

    expect(found).toEqual([]);
  });
});
