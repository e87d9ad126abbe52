import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Client } from 'pg';
import { database as billing } from '#billing/database.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { openCustomers } from '#test/acting-customers.ts';
import { liveThrough } from '#test/true-history.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { type Database, openDatabase } from './database.ts';

let databases: TestDatabases;

beforeAll(async () => {
  databases = await createDatabases();
});

afterAll(async () => {
  await databases.drop();
});

async function openOne(): Promise<Database> {
  return await openDatabase(billing, { url: databases.urls.billing, poolSize: 1, applicationName: 'test' });
}

/** The number of prepared statements on the only connection whose text contains the word. */
async function preparedWith(orm: Database, word: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from pg_prepared_statements where statement like ${`%${word}%`}
  `.execute(orm.em.fork().getKysely());
  return rows[0]!.count;
}

test('a connection prepares a statement once, regardless of its values', async () => {
  const orm = await openOne();
  try {
    for (const value of [1, 2, 3]) {
      const { rows } = await sql`select ${value}::integer as repeated_value`.execute(orm.em.fork().getKysely());
      expect(rows).toEqual([{ repeated_value: value }]);
    }
    // The counting statement does not match: it has the word as a parameter.
    expect(await preparedWith(orm, 'repeated_value')).toBe(1);
  } finally {
    await orm.close();
  }
});

test('processes continue to work after a migration adds columns', async () => {
  const customers = await openCustomers(databases.urls);
  try {
    await liveThrough(customers);
    for (const owner of subgraphNames) await addColumns(databases.owners[owner]);
    await expect(liveThrough(customers)).resolves.toBeUndefined();
  } finally {
    await customers.close();
  }
});

test('a statement that selects all columns still works after a migration adds one', async () => {
  const orm = await openOne();
  try {
    const selectAll = async () =>
      await sql`select * from settlements where settled_at <= ${new Date()} limit 1`.execute(orm.em.fork().getKysely());
    await selectAll();
    await addColumns(databases.owners.billing, 'another');
    await expect(selectAll()).resolves.toBeDefined();
  } finally {
    await orm.close();
  }
});

async function addColumns(url: string, name = 'added'): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ table: string }>(
      `select quote_ident(relname) as table from pg_class
       where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    for (const { table } of rows) await client.query(`alter table ${table} add column ${name} text`);
  } finally {
    await client.end();
  }
}
