import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { z } from 'zod';
import { createLog } from '#platform/telemetry/log.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { testJobKeys } from '#test/job-keys.ts';
import { type Proxy, startProxy } from '#test/proxy.ts';
import { until } from '#test/until.ts';
import { type Broker, openBroker } from './broker.ts';
import { processor } from './processor.ts';
import { type QueueContract, standardPolicy } from './queues/contract.ts';
import { dispatch, type Services, type Step } from './worker.ts';

const letters = ['a', 'b', 'c', 'd'].map((letter): QueueContract<string> => {
  return {
    name: `letters-${letter}`,
    group: 'order',
    row: null,
    about: 'letters',
    item: z.string(),
    policy: standardPolicy,
  };
});

const keys = testJobKeys('order');

let databases: TestDatabases;
let server: Client;
let proxy: Proxy;
let broker: Broker;
let delivered: string[];

beforeEach(async () => {
  databases = await createDatabases('jobs');
  // BullMQ creates a sequence for each queue that the migration does not know.
  await databases.asOwner('jobs', `grant create on schema bullmq to ${new URL(databases.urls.jobs).username}`);
  server = new Client({ connectionString: databases.urls.jobs });
  await server.connect();
  const log = createLog('test', 'silent');
  const url = new URL(databases.urls.jobs);
  proxy = await startProxy(Number(url.port), url.hostname);
  const throughProxy = Object.assign(url, { hostname: '127.0.0.1', port: proxy.port }).href;
  broker = await openBroker({ postgresUrl: throughProxy }, letters, log, new AbortController().signal);
  delivered = [];
  for (const queue of letters) {
    const worker: Step = {
      queue,
      run: async (_services, items: readonly string[]) => {
        delivered.push(...items);
        return {};
      },
      next: [],
      close: null,
      signers: ['order'],
    };
    broker.work(worker, processor(worker, {} as Services, keys, log), keys);
  }
});

afterEach(async () => {
  await broker.close();
  await proxy.stop();
  await server.end();
  await databases.drop();
});

async function newListener(previous: number): Promise<number[]> {
  return await until('a new connection to listen', async () => {
    const found = (await listeners()).filter((pid) => pid !== previous);
    return found.length > 0 ? found : null;
  });
}

async function listeners(): Promise<number[]> {
  const { rows } = await server.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and query ilike '%listen bullmq_jobs%'
     and pid <> pg_backend_pid()`,
  );
  return rows.map(({ pid }) => pid);
}

async function deliverToEach(what: string): Promise<void> {
  for (const queue of letters) await broker.enqueue([dispatch(queue, [`${what} ${queue.name}`])], keys);
  const expected = letters.map(({ name }) => `${what} ${name}`);
  await until('every queue to deliver', () => expected.every((one) => delivered.includes(one)));
}

test('the workers of a process listen on one connection, and on a new one after it is lost', async () => {
  await deliverToEach('first to');
  const [first, ...others] = await until('a connection to listen', async () => {
    const found = await listeners();
    return found.length > 0 ? found : null;
  });
  expect(others).toEqual([]);

  await server.query('select pg_terminate_backend($1)', [first]);
  expect(await newListener(first!)).toHaveLength(1);
  await deliverToEach('then to');
});

test('queues work again after their address accepted connections and did not respond', async () => {
  await deliverToEach('first to');
  const first = await until('a connection to listen', async () => (await listeners())[0] ?? null);

  proxy.goSilent();
  await expect(broker.enqueue([dispatch(letters[0]!, ['lost'])], keys)).rejects.toThrow(/time/);
  proxy.forwardTo(Number(new URL(databases.urls.jobs).port));

  expect(await newListener(first)).toHaveLength(1);
  await deliverToEach('then to');
});
