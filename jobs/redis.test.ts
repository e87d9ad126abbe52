import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { redisServer } from '#platform/messaging/redis.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { freePorts } from '#test/free-ports.ts';
import { testJobKeys } from '#test/job-keys.ts';
import { warnWithoutRedis } from '#test/queue-servers.ts';
import { hasRedisServer, runRedis, startOwnRedis } from '#test/redis.ts';
import { until } from '#test/until.ts';
import { openBroker } from './broker.ts';
import { processor } from './processor.ts';
import { outboxId, type QueueContract } from './queues/contract.ts';
import type { OutcomeItem } from './queues/outcome-item.ts';
import { dispatch, type Services, type Step } from './worker.ts';

warnWithoutRedis();

const log = createLog('test', 'silent');
const keys = testJobKeys('order');
const policy = { attempts: 5, backoffMs: 10, attemptsOfItem: 2 };
const item = z.object({ outboxId, label: z.string() });
type Item = z.infer<typeof item>;
const work: QueueContract<Item> = {
  name: 'work',
  group: 'order',
  row: { key: ['label'] },
  about: 'items',
  item,
  policy,
};
const close: QueueContract<OutcomeItem> = {
  name: 'close',
  group: 'order',
  row: null,
  about: 'outcomes',
  item: z.object({ outboxId, key: z.string(), failure: z.string().nullable() }),
  policy,
};

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-redis-'));
  endings.push(async () => rmSync(folder, { recursive: true }));
  return folder;
}

/** Starts a Redis. Returns its port. */
async function startServer(settings: readonly string[]) {
  const { url, stop } = await startOwnRedis(undefined, settings);
  endings.push(stop);
  return { port: Number(new URL(url).port), stop };
}

const password = 'of the servers';
const sentinelPassword = 'of the Sentinel';
const protectedServer = ['--requirepass', password, '--masterauth', password];

/** Starts a Sentinel that decides alone. */
async function startSentinel(primaryPort: number): Promise<number> {
  const [port] = await freePorts(1);
  const folder = temporaryFolder();
  const file = join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `requirepass "${sentinelPassword}"`,
    `sentinel monitor wallet 127.0.0.1 ${primaryPort} 1`,
    `sentinel auth-pass wallet "${password}"`,
    // A machine that stands still for a second or two does not fail over; a failed failover is soon repeated.
    'sentinel down-after-milliseconds wallet 4000',
    'sentinel failover-timeout wallet 5000',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  endings.push(await runRedis(port!, [file, '--sentinel']));
  return port!;
}

/** Whether the Sentinel knows a replica that it can promote. */
async function knowsReplica(port: number): Promise<boolean> {
  const sentinel = new Redis(port, { password: sentinelPassword });
  try {
    const replicas = (await sentinel.call('sentinel', 'replicas', 'wallet')) as string[][];
    return replicas.some((fields) => fields.join(' ').includes('master-link-status ok'));
  } finally {
    sentinel.disconnect();
  }
}

const servers = hasRedisServer ? ['Redis'] : [];

describe.each(servers)('%s with a replica and a Sentinel', () => {
  test('continues at the promoted replica, without a restart of the process', async () => {
    const primary = await startServer(protectedServer);
    await startServer([...protectedServer, '--replicaof', '127.0.0.1', String(primary.port)]);
    const sentinel = await startSentinel(primary.port);
    await until('the Sentinel to know the replica', async () => await knowsReplica(sentinel));
    const [nobody] = await freePorts(1);
    const address = redisServer('REDIS_URL', {
      url: `redis://default:${encodeURIComponent(password)}@wallet`,
      REDIS_SENTINELS: [
        { host: '127.0.0.1', port: nobody! },
        { host: '127.0.0.1', port: sentinel },
      ],
      REDIS_SENTINEL_PASSWORD: sentinelPassword,
    })!;
    const broker = await openBroker(address, [work, close], log, new AbortController().signal);
    endings.push(broker.close);
    const done = new Set<string>();
    const step: Step = {
      queue: work,
      run: async (_services, items: readonly Item[]) => {
        for (const { label } of items) done.add(label);
        return { closed: [] };
      },
      next: [],
      close,
      signers: ['order'],
    };
    broker.work(step, processor(step, {} as Services, keys, log), keys);
    const enqueue = async (label: string) =>
      await broker.enqueue([dispatch(work, [{ outboxId: '1', label }])], keys).then(
        () => true,
        () => false,
      );

    await until('a job to be added at the primary', async () => await enqueue('before'));
    await until('the job of before', () => done.has('before'));
    await primary.stop();
    await until('a job to be added at the promoted replica', async () => await enqueue('after'));
    await until('the job of after', () => done.has('after'));
    expect([...done]).toEqual(['before', 'after']);
  });
});

describe.each(servers)('a node of a cluster of %s', () => {
  test('is refused with a sentence that says what to use', async () => {
    const { port } = await startServer([
      '--cluster-enabled',
      'yes',
      '--cluster-config-file',
      join(temporaryFolder(), 'nodes'),
    ]);
    const opening = openBroker({ redisUrl: `redis://127.0.0.1:${port}` }, [work], log, new AbortController().signal);

    await expect(opening).rejects.toThrow('REDIS_URL leads to a node of a Redis Cluster, which cannot hold the queues');
  });
});

describe('the settings of Redis', () => {
  const sentinels = [{ host: 'sentinel', port: 26_379 }];

  test.each([
    [{ url: undefined, REDIS_SENTINELS: sentinels }, 'REDIS_SENTINELS is for a REDIS_URL'],
    [{ url: 'redis://host', REDIS_SENTINEL_PASSWORD: 'a' }, 'REDIS_SENTINEL_PASSWORD is for REDIS_SENTINELS'],
    [{ url: 'redis://host', REDIS_CA_FILE: 'a' }, 'REDIS_CA_FILE is for a REDIS_URL that begins with rediss:'],
  ])('refuse what has no use: %j', (read, fault) => {
    expect(() => redisServer('REDIS_URL', read)).toThrow(fault);
  });
});
