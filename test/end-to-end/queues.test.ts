import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { queueServers, type QueueServer, warnWithoutRedis } from '#test/queue-servers.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';

warnWithoutRedis();

describe.each(queueServers)('the whole system with its jobs on %s', (_name, startServer) => {
  let server: QueueServer;
  let system: TestSystem;

  beforeAll(async () => {
    server = await startServer();
    system = await startSystem('redisUrl' in server.address ? { REDIS_URL: server.address.redisUrl } : {});
  });
  afterAll(async () => {
    await system.stop();
    await server.stop();
  });

  async function counts(customer: Customer) {
    const { viewer } = await customer.request<{
      viewer: Record<'pending' | 'paid' | 'rejected', { totalCount: number }>;
    }>(`{
      viewer {
        pending: orders(filter: { statuses: [PENDING] }) { totalCount }
        paid: orders(filter: { statuses: [PAID] }) { totalCount }
        rejected: orders(filter: { statuses: [REJECTED] }) { totalCount }
      }
    }`);
    return viewer;
  }

  async function messages(customer: Customer, kind: 'ORDER_PAID' | 'ORDER_REJECTED'): Promise<number> {
    const { viewer } = await customer.request<{ viewer: { notifications: { totalCount: number } } }>(
      `query ($kind: NotificationKind!) { viewer { notifications(filter: { kinds: [$kind] }) { totalCount } } }`,
      { kind },
    );
    return viewer.notifications.totalCount;
  }

  test('pays 120 of 200 concurrent orders with money for 120, and notifies of each order', async () => {
    const ada = await registerCustomer(system.url);
    await ada.deposit('20.00');
    await Promise.all(Array.from({ length: 200 }, () => ada.placeOrder({ unitPrice: '1.00' })));
    await until(
      'all messages',
      async () => (await messages(ada, 'ORDER_PAID')) + (await messages(ada, 'ORDER_REJECTED')) === 200,
    );
    expect(await counts(ada)).toEqual({
      pending: { totalCount: 0 },
      paid: { totalCount: 120 },
      rejected: { totalCount: 80 },
    });
    expect(await messages(ada, 'ORDER_PAID')).toBe(120);
    expect(await ada.balance()).toBe('0.00');
  });

  test('rejects an order that cannot be processed, keeps the reason, and processes the others', async () => {
    const ada = await registerCustomer(system.url);
    await inDatabase(
      system.databases.billing,
      `create function refuse_poison() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
       create trigger refuse_poison before insert on transactions for each row
         when (new.amount_minor = 666) execute function refuse_poison();`,
    );
    try {
      const placed = await Promise.all(['1.00', '6.66', '1.00'].map((unitPrice) => ada.placeOrder({ unitPrice })));
      await until('all messages', async () => (await messages(ada, 'ORDER_PAID')) === 2);
      await until('the rejection', async () => (await messages(ada, 'ORDER_REJECTED')) === 1);
      const poisoned = placed[1]!.order!.id;
      expect(await ada.order(poisoned)).toMatchObject({ status: 'REJECTED', rejectionReason: 'NOT_PROCESSED' });
      const letters = async () =>
        await inDatabase(system.databases.order, `select key, failure from outbox where failed_at is not null`);
      await until('the dead letter', async () => (await letters()).length > 0);
      expect(await letters()).toEqual([{ key: poisoned, failure: 'poisoned' }]);
    } finally {
      await inDatabase(system.databases.billing, 'drop function refuse_poison cascade');
    }
  });

  test('loses and duplicates nothing when the workers are killed', async () => {
    const ada = await registerCustomer(system.url);
    const placed = [];
    for (let round = 0; round < 3; round += 1) {
      placed.push(...Array.from({ length: 30 }, () => ada.placeOrder({ unitPrice: '1.00' })));
      await Promise.all(placed);
      await until('the workers to be killed', () => system.kill('jobs'));
    }
    await until('all messages', async () => (await messages(ada, 'ORDER_PAID')) === 90);
    expect(await counts(ada)).toMatchObject({ pending: { totalCount: 0 }, paid: { totalCount: 90 } });
    expect(await ada.balance()).toBe('10.00');
  });
});

async function inDatabase(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
