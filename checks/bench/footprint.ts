import { Client } from 'pg';
import type { DatabaseUrls } from '#local/credentials.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { type OwnSystem, startOwnSystem } from '../../tools/system/own-system.ts';
import type { Findings } from './report.ts';

const customers = 20;
const warmUpOrders = 20;
const ordersEach = 200;
const owners = ['order', 'billing', 'notification'] as const;

/** What a paid order leaves in the databases for good, indexes and all, once its customer is told. */
export async function footprint(progress: (what: string) => void): Promise<Findings> {
  const system = await startOwnSystem(7700);
  try {
    return await measure(system, progress);
  } finally {
    await system.stop();
  }
}

async function measure({ url, databases }: OwnSystem, progress: (what: string) => void): Promise<Findings> {
  const people: Customer[] = [];
  for (let count = 0; count < customers; count += 1) people.push(await registerCustomer(url));
  await placeAll(people, warmUpOrders);
  const before = await bytesOf(databases);
  progress(`placing ${customers * ordersEach} orders`);
  await placeAll(people, ordersEach);
  const after = await bytesOf(databases);
  const rows = owners.map((owner, place) => ({
    database: owner,
    bytes: Math.round((after[place]! - before[place]!) / (customers * ordersEach)),
  }));
  return { tables: [{ title: 'What a paid order leaves for good', rows }], figures: [] };
}

async function placeAll(people: readonly Customer[], ordersEach: number): Promise<void> {
  await Promise.all(
    people.map(async (person) => {
      const told = await toldOf(person);
      for (let count = 0; count < ordersEach; count += 1) await person.placeOrder({ unitPrice: '0.01' });
      await until('the messages', async () => (await toldOf(person)) === told + ordersEach, 120_000);
    }),
  );
}

async function toldOf(person: Customer): Promise<number> {
  const { viewer } = await person.request<{ viewer: { notifications: { totalCount: number } } }>(
    '{ viewer { notifications { totalCount } } }',
  );
  return viewer.notifications.totalCount;
}

/** Rows of an outbox go again, and are not counted. */
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
