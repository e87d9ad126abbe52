import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { openCustomers } from '#test/acting-customers.ts';
import { someone } from '#test/factories.ts';
import { liveThrough } from '#test/true-history.ts';
import { database as billing } from '#billing/database.ts';
import { correctionsOf, freezesOf } from '#billing/services/customer-records.ts';
import { openDatabase } from './database.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await createDatabases();
});
afterAll(async () => {
  await databases.drop();
});

/** Tables that stay small (the audit log's head has one row), or whose statements PostgreSQL plans at each execution. */
const readWhole = ['outbox', 'signing_keys', 'mikro_orm_migrations', 'staff_acts_head'];

test('no statement scans a growing table, even if PostgreSQL planned it when the table had few rows', async () => {
  const customers = await openCustomers(databases.urls);
  // From the sixth execution of a prepared statement on, PostgreSQL keeps its plan.
  for (let time = 0; time < 8; time += 1) await liveThrough(customers);
  await readRecords();
  // A session reports its reads when it ends.
  await customers.close();

  const scanned = await Promise.all(
    (['billing', 'order', 'notification'] as const).map(
      async (name) =>
        await databases.asOwner(
          name,
          `select current_database() as database, relname, seq_scan, idx_scan from pg_stat_user_tables
           where seq_scan > 0 and relname <> all($1)`,
          [readWhole],
        ),
    ),
  );
  expect(scanned.flat()).toEqual([]);
});

/** Staff read the freezes and corrections of a customer. */
async function readRecords(): Promise<void> {
  const options = { url: databases.urls.billing, poolSize: 1, applicationName: 'test' };
  const database = await openDatabase(billing, options);
  const { id } = someone();
  for (let time = 0; time < 8; time += 1) {
    await freezesOf(database.em.fork(), id);
    await correctionsOf(database.em.fork(), id, { first: 10 });
  }
  await database.close();
}
