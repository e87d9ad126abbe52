import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { encodePayload } from '#jobs/queues/contract.ts';
import { queues } from '#jobs/registry.ts';
import { refundOrdersQueue } from '#jobs/workers/refund-orders.ts';
import { settingsOf } from '#local/credentials.ts';
import type { RedisUser } from '#local/redis-users.ts';
import { type Command, runFile } from '#test/command.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { openStream } from '#test/event-stream.ts';
import { freePorts } from '#test/free-ports.ts';
import { graphql } from '#test/graphql.ts';
import { jobKeySettings } from '#test/job-keys.ts';
import { type RedisWithUsers, startRedisWithUsers } from '#test/redis-users.ts';
import { hasRedisServer } from '#test/redis.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { Queue } from 'bullmq';

/** The whole system, where each process has its own Redis user, as in a cluster. */

const dashboardPassword = 'the password of the page';
const signInLimit = 12;

const workers = {
  user: 'user_worker',
  billing: 'billing_worker',
  order: 'order_worker',
  notification: 'notification_worker',
} as const satisfies Record<string, RedisUser>;

let redis: RedisWithUsers;
let system: TestSystem;
const running: Command[] = [];

beforeAll(async () => {
  if (!hasRedisServer) return;
  redis = await startRedisWithUsers();
  system = await startSystem({
    ...jobKeySettings,
    REDIS_URL: redis.urlOf('relay'),
    ROUTER_REDIS_URL: redis.urlOf('router'),
    JOBS_ROLES: 'relay',
    DASHBOARD_PASSWORD: dashboardPassword,
    LIVE_RECHECK_S: '3600',
    SIGN_IN_LIMIT: String(signInLimit),
  });
  const count = Object.keys(workers).length;
  const ports = await freePorts(2 * count);
  for (const [index, [group, user]] of Object.entries(workers).entries()) {
    const settings = {
      ...settingsOf(system.credentials),
      ...jobKeySettings,
      REDIS_URL: redis.urlOf(user),
      JOBS_ROLES: group,
      JOBS_PORT: String(ports[index]),
      JOBS_MANAGEMENT_PORT: String(ports[count + index]),
      LOG_LEVEL: 'warn',
    };
    running.push(runFile('jobs/server.ts', settings));
  }
  for (const port of ports.slice(count)) {
    const ready = async () => (await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null))?.ok;
    await until('a worker to be ready', ready);
  }
});

afterAll(async () => {
  for (const worker of running) worker.kill('SIGTERM');
  await Promise.all(running.map(async ({ exit }) => await exit));
  await system?.stop();
  await redis?.stop();
});

const password = `Basic ${Buffer.from(`operator:${dashboardPassword}`).toString('base64')}`;

async function requestDashboard(path: string, method = 'GET'): Promise<Response> {
  return await fetch(`${system.origins.jobs}/queues/api/queues${path}`, {
    method,
    headers: { authorization: password },
  });
}

const notificationAdded = 'subscription { notificationAdded { kind } }';

async function refund(customer: Customer, orderId: string): Promise<void> {
  const query = 'mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { userErrors { code } } }';
  await customer.request(query, { input: { orderId, idempotencyKey: randomUUID() } });
}

if (hasRedisServer) {
  test('works completely with the restricted users, and no command is refused', async () => {
    const [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
    const [sender, receiver] = [await ada.account('USD'), await bob.account('USD')];
    const authorization = { authorization: `Bearer ${ada.token}` };
    const stream = await openStream(system.origins.router, { query: notificationAdded }, authorization);
    const { order } = await ada.placeOrder({ unitPrice: '10.00' });
    await stream.first(1);
    expect((await ada.order(order!.id))?.status).toBe('PAID');
    await refund(ada, order!.id);
    await until('the refund', async () => (await ada.order(order!.id))?.status === 'REFUNDED');
    const receiverStream = await openStream(
      system.origins.router,
      { query: notificationAdded },
      {
        authorization: `Bearer ${bob.token}`,
      },
    );
    await ada.request('mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }', {
      input: {
        fromAccountId: sender.id,
        toAccountId: receiver.number,
        amount: { amount: '1.00', currency: 'USD' },
        idempotencyKey: randomUUID(),
      },
    });
    expect(await receiverStream.first(1)).toMatchObject([
      { data: { notificationAdded: { kind: 'TRANSFER_RECEIVED' } } },
    ]);
    stream.close();
    receiverStream.close();

    await forgeRefund();
    const shown = (await (await requestDashboard('')).json()) as {
      queues: { name: string; counts: { failed: number } }[];
    };
    expect(shown.queues).toHaveLength(queues.length);
    expect(shown.queues.find(({ name }) => name === 'refund-orders')?.counts.failed).toBe(1);
    expect((await requestDashboard('/refund-orders/retry/failed', 'PUT')).status).toBe(200);
    await until('the forged job to fail again', async () => (await failedRefund())?.attemptsMade === 2);

    expect(await timesUntilRefused()).toBeLessThanOrEqual(signInLimit);
    expect(await redis.administrator.keys('rate-limits:*')).not.toEqual([]);
    expect(await redis.refused()).toEqual([]);
    expect(
      running.map((worker) => worker.output()).filter((output) => /NOPERM|cannot be reached/.test(output)),
    ).toEqual([]);
  });
} else {
  test('is not tested without a redis-server', () => expect(hasRedisServer).toBe(false));
}

/** Adds a forged job with the relay's user, which may add to every queue. */
async function forgeRefund(): Promise<void> {
  const queue = new Queue('refund-orders', { connection: redis.connect(redis.urlOf('relay')) });
  const item = {
    outboxId: '1',
    orderId: randomUUID(),
    customerId: randomUUID(),
    email: 'eve@example.com',
    name: 'Eve',
    productId: 'book',
    quantity: 1,
    currency: 'USD',
    totalMinor: 100_000_000n,
  } as const;
  await queue.add('refund-orders', encodePayload(refundOrdersQueue, [item], null), { attempts: 1 });
  await until('the forged job to fail', failedRefund);
  await queue.close();
}

async function failedRefund() {
  const queue = new Queue('refund-orders', { connection: redis.connect(redis.urlOf('relay')) });
  const [job] = await queue.getFailed();
  await queue.close();
  return job;
}

async function timesUntilRefused(): Promise<number> {
  const query = 'mutation { login(input: { email: "a@example.com", password: "a guess" }) { accessToken } }';
  for (let time = 0; ; time += 1) {
    const { errors } = await graphql(system.url, { query });
    if (errors?.some(({ extensions }) => extensions?.code === 'RATE_LIMITED')) return time;
    if (time > signInLimit) throw new Error('no sign-in was refused');
  }
}
