import { Client } from 'pg';
import type { DatabaseUrls } from '#local/credentials.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { type OwnSystem, startOwnSystem } from '../../tools/system/own-system.ts';
import type { Findings } from './report.ts';

const customerCount = 20;
const warmUpOrders = 20;
const ordersEach = 200;
const owners = ['order', 'billing', 'notification'] as const;

/** Measures the permanent size of a paid order in each database, with indexes, after its customer is notified. */
export async function footprint(progress: (message: string) => void): Promise<Findings> {
  const system = await startOwnSystem(7700);
  try {
    return await measure(system, progress);
  } finally {
    await system.stop();
  }
}

async function measure({ url, databases }: OwnSystem, progress: (message: string) => void): Promise<Findings> {
  const customers: Customer[] = [];
  for (let count = 0; count < customerCount; count += 1) customers.push(await registerCustomer(url));
  await placeAll(customers, warmUpOrders);
  const before = await bytesOf(databases);
  progress(`placing ${customerCount * ordersEach} orders`);
  await placeAll(customers, ordersEach);
  const after = await bytesOf(databases);
  const rows = owners.map((owner, index) => ({
    database: owner,
    bytes: Math.round((after[index]! - before[index]!) / (customerCount * ordersEach)),
  }));
  return { tables: [{ title: 'Permanent bytes per paid order', rows }], figures: [] };
}

async function placeAll(customers: readonly Customer[], ordersEach: number): Promise<void> {
  await Promise.all(
    customers.map(async (person) => {
      const before = await notificationCount(person);
      for (let count = 0; count < ordersEach; count += 1) await person.placeOrder({ unitPrice: '0.01' });
      await until('the messages', async () => (await notificationCount(person)) === before + ordersEach, 120_000);
    }),
  );
}

async function notificationCount(person: Customer): Promise<number> {
  const { viewer } = await person.request<{ viewer: { notifications: { totalCount: number } } }>(
    '{ viewer { notifications { totalCount } } }',
  );
  return viewer.notifications.totalCount;
}

/** Without the outbox, whose rows are temporary. */
const bytesOfTables = `select sum(pg_total_relation_size(oid))::float8 as bytes from pg_class
  where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'outbox'`;

async function bytesOf(databases: DatabaseUrls): Promise<number[]> {
  return await Promise.all(
    owners.map(async (owner) => {
      const client = new Client({ connectionString: databases[owner].owner });
      await client.connect();
      try {
        await client.query('vacuum');
        return (await client.query<{ bytes: number }>(bytesOfTables)).rows[0]!.bytes;
      } finally {
        await client.end();
      }
    }),
  );
}
