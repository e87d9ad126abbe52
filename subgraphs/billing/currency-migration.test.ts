import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { addMoreCurrencies } from '#test/more-currencies.ts';
import { until } from '#test/until.ts';

let databases: TestDatabases;
let clients: pg.Client[];

beforeAll(async () => {
  databases = await createDatabases('billing');
  clients = [1, 2].map(() => new pg.Client({ connectionString: databases.owners.billing }));
  await Promise.all(clients.map(async (client) => await client.connect()));
});

afterAll(async () => {
  await Promise.all(clients.map(async (client) => await client.end()));
});

test('a new currency waits for a long snapshot, and statements on the tables do not wait behind it', async () => {
  const [snapshot, customer] = clients as [pg.Client, pg.Client];
  await snapshot.query('begin isolation level repeatable read');
  await snapshot.query('select count(*) from accounts');

  addMoreCurrencies();
  const { migrateDatabase } = await import('#local/migrations.ts');
  const migrating = migrateDatabase('billing', databases.owners.billing);
  const waiting = `select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query ilike '%alter table%'`;
  await until('the migration to wait for the snapshot', async () => (await customer.query(waiting)).rowCount === 1);
  expect((await customer.query('select count(*) from accounts')).rowCount).toBe(1);

  await snapshot.query('commit');
  expect(await migrating).toEqual(['billing 2027-01-05-more-currencies']);
});
