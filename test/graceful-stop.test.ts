import { Agent, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { encodePayload } from '#jobs/queues/contract.ts';
import type { DecidedOrderItem } from '#jobs/queues/order-items.ts';
import { recordOutcomesQueue } from '#jobs/workers/record-outcomes.ts';
import { type Command, runFile } from '#test/command.ts';
import { settingsOf } from '#local/credentials.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { freePorts } from '#test/free-ports.ts';
import { queueServers, warnWithoutRedis } from '#test/queue-servers.ts';
import { type Issuer, startIssuer } from '#test/router/issuer.ts';
import { jobKeySettings, testJobKeys } from '#test/job-keys.ts';
import { until } from '#test/until.ts';

warnWithoutRedis();

let databases: TestDatabases;
let issuer: Issuer;
let agent: Agent;
let port: number;
let managementPort: number;
let started: Command | undefined;

beforeEach(async () => {
  databases = await createDatabases('order');
  issuer = await startIssuer();
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  [port, managementPort] = (await freePorts(2)) as [number, number];
});
afterEach(async () => {
  agent.destroy();
  started?.kill('SIGKILL');
  await started?.exit;
  started = undefined;
  await issuer.stop();
  await databases.drop();
});

interface Answer {
  readonly status: number;
  readonly connection: string | undefined;
  readonly body: string;
}

/** Sends a request over the kept-alive connection, or over a new one. */
async function send(
  path: string,
  { query, authorization, isKept = false, of = port }: RequestOptions = {},
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const outgoing = request(`http://127.0.0.1:${of}${path}`, {
      method: query === undefined ? 'GET' : 'POST',
      agent: isKept ? agent : false,
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode!, connection: response.headers.connection, body }),
      );
    });
    outgoing.end(query === undefined ? undefined : JSON.stringify({ query }));
  });
}

interface RequestOptions {
  readonly query?: string;
  readonly authorization?: string;
  readonly isKept?: boolean;
  /** The port; default: the service's. */
  readonly of?: number;
}

/** @returns the status of `/health/ready`, or 0 if there is no answer. */
async function readiness(): Promise<number> {
  return await send('/health/ready', { of: managementPort }).then(
    ({ status }) => status,
    () => 0,
  );
}

async function start(file: string, settings: NodeJS.ProcessEnv): Promise<Command> {
  const { order } = databases.processes;
  started = runFile(file, { LOG_LEVEL: 'warn', ...settingsOf({ order }), ...jobKeySettings, ...settings });
  await until(`${file} to be ready`, async () => (await readiness()) === 200);
  return started;
}

/** Locks the orders until `release`. */
async function lockOrders(): Promise<{
  readonly release: () => Promise<void>;
  readonly hasWaiter: () => Promise<boolean>;
}> {
  const holder = new Client({ connectionString: databases.owners.order });
  await holder.connect();
  await holder.query('begin');
  await holder.query('lock table orders in access exclusive mode');
  return {
    release: async () => await holder.end(),
    hasWaiter: async () => {
      const { rows } = await holder.query(`select from pg_locks where not granted and database = (
        select oid from pg_database where datname = current_database())`);
      return rows.length > 0;
    },
  };
}

describe('a server that receives SIGTERM', () => {
  const serve = async (drainS: string) =>
    await start('subgraphs/order/server.ts', {
      ORDER_PORT: String(port),
      ORDER_MANAGEMENT_PORT: String(managementPort),
      JWKS_URL: issuer.jwksUrl,
      DRAIN_S: drainS,
    });

  test('reports that it is not ready, answers during the drain, closes connections, and exits with 0', async () => {
    const server = await serve('3');
    const before = await send('/graphql', { query: '{ viewer { id } }', isKept: true });
    expect(before).toMatchObject({ status: 200, connection: 'keep-alive' });

    server.kill('SIGTERM');
    await until('it to be not ready', async () => (await readiness()) === 503);
    for (const isKept of [true, false]) {
      const during = await send('/graphql', { query: '{ viewer { id } }', isKept });
      expect(during).toMatchObject({ status: 200, connection: 'close', body: '{"data":{"viewer":null}}\n' });
    }

    expect(await server.exit).toBe(0);
    expect(await readiness()).toBe(0);
  });

  test('answers earlier requests', async () => {
    const server = await serve('0');
    const orders = await lockOrders();
    const authorization = await issuer.authorization({ userId: randomUUID() });
    const answer = send('/graphql', { query: '{ viewer { orders { totalCount } } }', authorization });
    await until('the request to wait for the database', orders.hasWaiter);

    server.kill('SIGTERM');
    await until('it to accept no new request', async () =>
      send('/nothing').then(
        () => false,
        () => true,
      ),
    );
    expect(await readiness()).toBe(503);
    await orders.release();

    expect(await answer).toMatchObject({ status: 200, body: expect.stringContaining('"totalCount":0') });
    expect(await server.exit).toBe(0);
  });

  test('announces a shorter keep-alive time-out than its own', async () => {
    await serve('0');
    const socket = await fetch(`http://127.0.0.1:${port}/nothing`);
    await socket.arrayBuffer();
    expect(socket.headers.get('keep-alive')).toBe('timeout=4');
  });
});

describe.each(queueServers)('a worker on %s that receives SIGTERM', (_name, startServer) => {
  test('finishes its current job while not ready, and exits with 0', async () => {
    const server = await startServer();
    try {
      const worker = await start('jobs/server.ts', {
        JOBS_PORT: String(port),
        JOBS_MANAGEMENT_PORT: String(managementPort),
        JOBS_ROLES: 'order',
        ...('redisUrl' in server.address
          ? { REDIS_URL: server.address.redisUrl }
          : { JOBS_DATABASE_URL: server.address.postgresUrl }),
      });
      const orders = await lockOrders();
      const queue = server.queue('record-outcomes');
      await queue.add('record-outcomes', encodePayload(recordOutcomesQueue, [outcome], testJobKeys('billing')));
      await until('the job to wait for the database', orders.hasWaiter);

      worker.kill('SIGTERM');
      await until('it to be not ready', async () => (await readiness()) === 503);
      await orders.release();

      expect(await worker.exit).toBe(0);
      // The next job is enqueued, and the job itself is complete.
      expect(await queue.getJobCounts()).toMatchObject({ active: 0, waiting: 0, delayed: 0, failed: 0 });
      expect(await server.queue('close-order-outbox').getJobCounts()).toMatchObject({ waiting: 1 });
    } finally {
      await server.stop();
    }
  });
});

const outcome: DecidedOrderItem = {
  outboxId: '1',
  orderId: randomUUID(),
  customerId: randomUUID(),
  email: 'ada@example.com',
  name: 'Ada',
  productId: 'book',
  quantity: 1,
  currency: 'USD',
  totalMinor: 100n,
  outcome: 'PAID',
  rejectionReason: null,
  settledAt: new Date('2026-01-02T03:04:05.678Z'),
  isHeld: false,
  failure: null,
};
