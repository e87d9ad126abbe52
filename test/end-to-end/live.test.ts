import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-sse';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { openStream, type StreamData, type StreamRequest } from '#test/event-stream.ts';
import { queueServers, type QueueServer, tellIfWithoutRedis } from '#test/queue-servers.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';

tellIfWithoutRedis();

const orderUpdated = `subscription ($id: ID!) {
  orderUpdated(id: $id) { id status customer { name } transactions { kind } notifications { kind } }
}`;
const notificationAdded = 'subscription { notificationAdded { id kind order { status } body } }';

/** Long enough that whatever arrives in a test has been pushed. */
const pushOnly = { LIVE_RECHECK_S: '3600' };

describe.each(queueServers)('live updates of the whole system with its jobs on %s', (_name, startServer) => {
  let server: QueueServer;
  let system: TestSystem;

  beforeAll(async () => {
    server = await startServer();
    const redis = 'redisUrl' in server.address ? { REDIS_URL: server.address.redisUrl } : {};
    system = await startSystem({ ...pushOnly, ...redis });
  }, 60_000);
  afterAll(async () => {
    await system.stop();
    await server.stop();
  }, 60_000);

  const subscribe = async ({ token }: Customer, request: StreamRequest) =>
    await openStream(system.origins.router, request, { authorization: `Bearer ${token}` });

  const statuses = (results: readonly StreamData[]) =>
    results.map(({ data }) => (data?.['orderUpdated'] as { status: string }).status);

  const kinds = (results: readonly StreamData[]) =>
    results.map(({ data }) => (data?.['notificationAdded'] as { kind: string }).kind);

  async function refund(customer: Customer, orderId: string): Promise<void> {
    await customer.ask('mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { userErrors { code } } }', {
      input: { orderId, idempotencyKey: randomUUID() },
    });
  }

  async function send(from: Customer, to: Customer, amount: string): Promise<void> {
    const input = {
      fromAccountId: (await from.account('USD')).id,
      toAccountId: (await to.account('USD')).number,
      amount: { amount, currency: 'USD' },
      idempotencyKey: randomUUID(),
    };
    await from.ask('mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }', { input });
  }

  test('an order is shown as it is, and again when it is paid, with fields of every subgraph', async () => {
    const ada = await registerCustomer(system.url);
    system.processes.get('jobs')!.pid();
    const { order } = await ada.placeOrder({ unitPrice: '10.00' });
    const stream = await subscribe(ada, { query: orderUpdated, variables: { id: order!.id } });

    expect(await stream.ended()).toBe('complete');
    const seen = statuses(stream.results());
    expect(seen.at(-1)).toBe('PAID');
    expect(['PENDING', 'PAID']).toEqual(expect.arrayContaining(seen));
    expect(stream.results().at(-1)).toMatchObject({
      data: { orderUpdated: { id: order!.id, customer: { name: 'Ada' }, transactions: [{ kind: 'ORDER_PAYMENT' }] } },
    });
  });
});
