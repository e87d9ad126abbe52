import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { portOf } from '#test/free-ports.ts';
import { createLog } from '../telemetry/log.ts';
import { type Management, startManagement } from './management.ts';
import { measureOnScrape, queueJobs } from '../telemetry/metrics.ts';

const log = createLog('test', 'silent');

let waitingFor: string | null;
let management: Management;

beforeEach(async () => {
  waitingFor = null;
  management = await startManagement({ log, ready: () => waitingFor, host: '127.0.0.1', port: 0, setting: 'none' });
});
afterEach(async () => await management.close());

const ask = async (path: string, init: RequestInit = {}) =>
  await fetch(`http://127.0.0.1:${management.port}${path}`, init);

describe('the management port', () => {
  test('says that the process lives, what it waits for, and its metrics', async () => {
    expect(await (await ask('/health/live')).json()).toEqual({ status: 'ok' });
    expect(await (await ask('/health/ready')).json()).toEqual({ status: 'ok' });
    expect(await (await ask('/metrics')).text()).toContain('process_start_time_seconds');

    waitingFor = 'the database';
    const waiting = await ask('/health/ready');
    expect([waiting.status, await waiting.json()]).toEqual([503, { status: 'waiting', waitingFor: 'the database' }]);
    expect((await ask('/health/live')).status).toBe(200);
  });

  test('says while the process drains that it is not ready', async () => {
    management.drain();

    const ready = await ask('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'waiting', waitingFor: 'the end of the process' },
    ]);
  });

  test.each([
    ['GET', '/'],
    ['GET', '/graphql'],
    ['POST', '/graphql'],
    ['POST', '/operations'],
    ['GET', '/queues'],
    ['GET', '/session'],
    ['GET', '/.well-known/jwks.json'],
    ['POST', '/metrics'],
    ['DELETE', '/health/live'],
    ['GET', '/metrics/'],
    ['GET', '/health'],
  ])('serves nothing else: %s %s', async (method, path) => {
    const body = method === 'POST' ? { headers: { 'content-type': 'application/json' }, body: '{}' } : {};

    expect((await ask(path, { method, ...body })).status).toBe(404);
  });

  test('measures once for all who scrape at the same time, and goes on answering meanwhile', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let reads = 0;
    measureOnScrape('slow', async () => {
      reads += 1;
      await released;
      return [{ gauge: queueJobs, labels: { queue: 'slow', group: 'slow', state: 'waiting' }, value: 1 }];
    });
    const scrapes = Array.from({ length: 50 }, async () => await ask('/metrics'));

    expect((await ask('/health/live')).status).toBe(200);
    release();
    expect(new Set((await Promise.all(scrapes)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(reads).toBeLessThan(50);
    measureOnScrape('slow', () => []);
  });
});

test('a management port that is taken is named with the setting that moves it', async () => {
  const other = createServer();
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const port = portOf(other);

  await expect(
    startManagement({ log, ready: () => null, host: '127.0.0.1', port, setting: 'USER_MANAGEMENT_PORT' }),
  ).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use by another program: set USER_MANAGEMENT_PORT to a free one.`);
  other.close();
});
