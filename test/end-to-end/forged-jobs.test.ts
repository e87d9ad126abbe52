import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPostgresBackend, type PgPool, Queue } from 'bullmq';
import pg, { Client } from 'pg';
import { encodePayload, type QueueContract } from '#jobs/queues/contract.ts';
import { closeOrderOutboxWorker } from '#jobs/workers/close-outbox.ts';
import { keepContactsQueue } from '#jobs/workers/keep-contacts.ts';
import { notifyOfOrdersQueue } from '#jobs/workers/notify-of-orders.ts';
import { openAccountsQueue } from '#jobs/workers/open-accounts.ts';
import { recordOutcomesQueue } from '#jobs/workers/record-outcomes.ts';
import { refundOrdersQueue } from '#jobs/workers/refund-orders.ts';
import { settleOrdersQueue } from '#jobs/workers/settle-orders.ts';
import { type Customer, registerCustomer, settled } from '#test/customer.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { waitingRows } from '#test/waiting-rows.ts';

/** Jobs added with the credentials of the queue server, but without a subgraph's key. */

let system: TestSystem;
let pool: pg.Pool;

beforeAll(async () => {
  system = await startSystem();
  pool = new pg.Pool({ connectionString: system.databases.jobs, options: '-c search_path=bullmq' });
});

afterAll(async () => {
  await pool.end();
  await system.stop();
});

async function forge(contract: QueueContract, item: object): Promise<void> {
  const queue = new Queue(contract.name, { connection: pool as pg.Pool & PgPool }, createPostgresBackend);
  try {
    const failedBefore = (await queue.getJobCounts('failed'))['failed'] ?? 0;
    await queue.add(contract.name, encodePayload(contract, [item], null), { attempts: 1 });
    await until(`the forged job of ${contract.name} to fail`, async () => {
      return ((await queue.getJobCounts('failed'))['failed'] ?? 0) > failedBefore;
    });
  } finally {
    await queue.close();
  }
}

/** Hashes of every table that a forged job could change. */
async function everything(): Promise<Record<string, string>> {
  const tables = {
    billing: ['accounts', 'transactions', 'entries', 'settlements', 'outbox'],
    order: ['orders', 'seals', 'outbox'],
    notification: ['notifications', 'contacts'],
    user: ['outbox'],
  } as const;
  const seen: Record<string, string> = {};
  for (const [name, list] of Object.entries(tables)) {
    const client = new Client({ connectionString: system.databases[name as keyof typeof tables] });
    await client.connect();
    for (const table of list) {
      const { rows } = await client.query<{ hash: string }>(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${table} as t`,
      );
      seen[`${name}.${table}`] = rows[0]!.hash;
    }
    await client.end();
  }
  return seen;
}

async function paidOrder(customer: Customer): Promise<string> {
  const { order } = await customer.placeOrder({ unitPrice: '1.00' });
  await settled(customer, order!.id, 'PAID');
  return order!.id;
}

test('forged jobs change no row of money, orders, notifications or contacts', async () => {
  const [eve, ada] = [await registerCustomer(system.url, 'Eve'), await registerCustomer(system.url)];
  const [hers] = [await paidOrder(eve), await paidOrder(ada)];
  const order = {
    outboxId: '1',
    orderId: hers,
    customerId: eve.id,
    email: eve.email,
    name: 'Eve',
    productId: 'book',
    quantity: 1,
    currency: 'USD',
    totalMinor: 100_000_000n,
  };
  const decided = { ...order, outcome: 'REFUNDED', rejectionReason: null, settledAt: new Date(), isHeld: false };
  const gone = { outboxId: '1', userId: ada.id, version: 99, email: null, name: null, deleted: true };
  await until('the jobs to end', async () => (await waitingRows(system)) === 0);
  const before = await everything();

  await forge(refundOrdersQueue, order);
  await forge(settleOrdersQueue, { ...order, orderId: randomUUID(), customerId: ada.id, totalMinor: 100n });
  await forge(recordOutcomesQueue, { ...decided, failure: null });
  await forge(notifyOfOrdersQueue, { ...decided, orderId: randomUUID(), customerId: ada.id, failure: null });
  await forge(openAccountsQueue, { ...gone, userId: randomUUID(), email: 'x@example.com', name: 'X', deleted: false });
  await forge(keepContactsQueue, gone);
  await forge(closeOrderOutboxWorker.queue, { outboxId: '1', key: hers, failure: 'forged' });

  expect(await everything()).toEqual(before);
});
