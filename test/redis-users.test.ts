import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Queue, Worker } from 'bullmq';
import { workers } from '#jobs/registry.ts';
import { type RedisUser, redisUsers } from '#local/redis-users.ts';
import type { WorkerGroup } from '#subgraphs/manifest.ts';
import { type RedisWithUsers, startRedisWithUsers } from './redis-users.ts';
import { hasRedisServer } from './redis.ts';
import { until } from './until.ts';

/** What each process may do on a Redis with the users of the product, tried with the process's own credentials. */

/** The queues that each user may read, add jobs to, and take jobs from. */
interface Allowed {
  readonly read: readonly string[];
  readonly add: readonly string[];
  readonly take: readonly string[];
}

const queues = workers.map(({ queue }) => queue.name);

/** A worker reads and does the jobs of its own queues, and adds jobs to those that the chains name after them. */
function ofWorkers(group: WorkerGroup): Allowed {
  const own = workers.filter(({ queue }) => queue.group === group);
  const taken = own.map(({ queue }) => queue.name);
  const following = own.flatMap(({ next, close }) => [...next, ...(close === null ? [] : [close])]);
  return { read: taken, add: [...new Set([...taken, ...following.map(({ name }) => name)])], take: taken };
}

const allowed: Readonly<Record<RedisUser, Allowed>> = {
  router: { read: [], add: [], take: [] },
  relay: { read: queues, add: queues, take: [] },
  user_worker: ofWorkers('user'),
  billing_worker: ofWorkers('billing'),
  order_worker: ofWorkers('order'),
  notification_worker: ofWorkers('notification'),
  jobs: { read: queues, add: queues, take: queues },
};

const publishers: ReadonlySet<RedisUser> = new Set(['order_worker', 'notification_worker', 'jobs']);

let redis: RedisWithUsers;

beforeAll(async () => {
  if (hasRedisServer) redis = await startRedisWithUsers();
});
afterAll(async () => await redis?.stop());

/** Whether Redis lets a user do this: it refuses for want of permission, or does it. */
async function may(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (/NOPERM|user executing the script|DEBUG command not allowed|not allowed from script/.test(String(error)))
      return false;
    // It was allowed, and made no sense.
    if (/^ReplyError: (?:ERR|WRONGTYPE|NOTBUSY)/.test(String(error))) return true;
    throw error;
  }
}

const ofEverybody: readonly (readonly string[])[] = [
  ['FLUSHALL'],
  ['FLUSHDB'],
  ['KEYS', '*'],
  ['SCAN', '0'],
  ['RANDOMKEY'],
  ['DBSIZE'],
  ['SELECT', '1'],
  ['SWAPDB', '0', '1'],
  ['CONFIG', 'GET', '*'],
  ['CONFIG', 'SET', 'maxmemory', '1'],
  ['ACL', 'LIST'],
  ['ACL', 'SETUSER', 'wallet_router', '+@all'],
  ['ACL', 'WHOAMI'],
  ['CLIENT', 'KILL', 'TYPE', 'normal'],
  ['CLIENT', 'PAUSE', '1'],
  ['MONITOR'],
  ['DEBUG', 'SLEEP', '0'],
  ['SHUTDOWN', 'NOSAVE'],
  ['SAVE'],
  ['REPLICAOF', '127.0.0.1', '1'],
  ['MODULE', 'LIST'],
  ['SCRIPT', 'FLUSH'],
  ['FUNCTION', 'LIST'],
  ['MEMORY', 'STATS'],
  ['SLOWLOG', 'GET'],
  ['LATENCY', 'RESET'],
  ['PSUBSCRIBE', '*'],
  ['SUBSCRIBE', 'others'],
  ['PUBLISH', 'others', 'x'],
  ['GET', 'others'],
  ['SET', 'others', 'x'],
  ['SET', 'bull:others:1', 'x'],
  ['COPY', 'rate-limits:x', 'others'],
  ['RENAME', 'rate-limits:x', 'others'],
  ['SORT', 'bull:settle-orders:wait', 'BY', 'nosort', 'GET', 'others*'],
  ['RPOPLPUSH', 'bull:settle-orders:wait', 'others'],
  ['RPOPLPUSH', 'bull:settle-orders:wait', 'rate-limits:x'],
  ['BZPOPMIN', 'bull:settle-orders:marker', 'others', '0.01'],
  ['SUBSCRIBE', '__keyspace@0__:x'],
  ['CLIENT', 'TRACKING', 'on'],
  ['COMMAND', 'COUNT'],
  ['EVAL', "return redis.call('keys', '*')", '0'],
  ['EVAL', "return redis.call('flushall')", '0'],
  ['EVAL', "return redis.call('set', 'others', 'x')", '0'],
  ['EVAL', "return redis.call('publish', 'others', 'x')", '0'],
  ['EVAL', "return redis.call('config', 'get', '*')", '0'],
];

/** Tries each on a connection of its own, which some of them would use up. */
async function tried(user: RedisUser, commands: readonly (readonly string[])[]): Promise<string[]> {
  const done: string[] = [];
  for (const [name, ...args] of commands) {
    const connection = redis.connect(redis.urlOf(user));
    if (await may(async () => await connection.call(name!, ...args))) done.push([name, ...args].join(' '));
    connection.disconnect();
  }
  return done;
}

/** In a script, with keys that it does not declare: what BullMQ's own scripts do. */
const script = (body: string) => ['EVAL', `return redis.call(${body})`, '0'];

if (hasRedisServer) {
  describe.each(redisUsers)('as the %s, Redis lets a process', (user) => {
    test('neither see nor change what is not its own', async () => {
      expect(await tried(user, ofEverybody)).toEqual([]);
    });

    test.each([
      [
        'read',
        (queue: string) => [
          ['LRANGE', `bull:${queue}:wait`, '0', '-1'],
          ['HGETALL', `bull:${queue}:1`],
        ],
      ],
      [
        'add',
        (queue: string) => [
          ['HMSET', `bull:${queue}:1`, 'data', 'forged'],
          ['LPUSH', `bull:${queue}:wait`, '1'],
        ],
      ],
      ['take', (queue: string) => [['RPOPLPUSH', `bull:${queue}:wait`, `bull:${queue}:active`]]],
    ] as const)('%s jobs of its own queues only', async (what, commandsFor) => {
      const done: string[] = [];
      for (const queue of queues) {
        const commands = commandsFor(queue);
        const quoted = commands.map((command) => script(command.map((word) => `'${word}'`).join(', ')));
        const allowedHere = await tried(user, [...commands, ...quoted]);
        expect([0, 2 * commands.length]).toContain(allowedHere.length);
        if (allowedHere.length > 0) done.push(queue);
      }

      expect(done.toSorted()).toEqual(allowed[user][what].toSorted());
    });

    test('add jobs, as BullMQ does, where it may', async () => {
      const added: string[] = [];
      for (const name of queues) {
        const queue = new Queue(name, { connection: redis.connect(redis.urlOf(user)) });
        queue.on('error', () => undefined);
        if (await may(async () => await queue.add(name, 'forged', { attempts: 1 }))) added.push(name);
        await queue.close();
      }

      expect(added.toSorted()).toEqual(allowed[user].add.toSorted());
    });

    test('publish, listen and count where that is its work', async () => {
      const done = await tried(user, [
        ['PUBLISH', 'live_events', '[]'],
        ['SUBSCRIBE', 'live_events'],
        ['INCRBY', 'rate-limits:sign-ins:192.0.2.1', '1'],
        ['SET', 'rate-limits:sign-ins:192.0.2.1', '0'],
        ['CLIENT', 'LIST'],
        ['EVAL', 'return 1', '0'],
      ]);

      expect(done).toEqual([
        ...(publishers.has(user) ? ['PUBLISH live_events []'] : []),
        ...(user === 'router'
          ? ['SUBSCRIBE live_events', 'INCRBY rate-limits:sign-ins:192.0.2.1 1', 'SET rate-limits:sign-ins:192.0.2.1 0']
          : []),
        ...(user === 'relay' || user === 'jobs' ? ['CLIENT LIST'] : []),
        ...(user === 'router' ? [] : ['EVAL return 1 0']),
      ]);
    });
  });

  test.each([
    ['user_worker', 'close-user-outbox'],
    ['billing_worker', 'settle-orders'],
    ['order_worker', 'record-outcomes'],
    ['notification_worker', 'notify-of-orders'],
    ['jobs', 'refund-orders'],
  ] as const)(
    'as the %s, jobs are done, tried again, taken from the dead, and kept where they fail',
    async (user, name) => {
      await redis.administrator.flushall();
      await redis.administrator.call('ACL', 'LOG', 'RESET');
      const done: string[] = [];
      const work = (run: (id: string, attempt: number) => Promise<void>) =>
        new Worker(name, async ({ data, attemptsMade }) => await run(String(data), attemptsMade), {
          connection: redis.connect(redis.urlOf(user)),
          lockDuration: 500,
          stalledInterval: 100,
          maxStalledCount: 1_000,
          removeOnComplete: { count: 0 },
          removeOnFail: { count: 10, age: 60 },
        });
      const relay = new Queue(name, { connection: redis.connect(redis.urlOf('relay')) });
      const options = { attempts: 2, backoff: { type: 'exponential', delay: 10 }, removeOnComplete: true };
      await relay.add(name, 'a job whose worker dies', options);
      const { promise: taken, resolve: take } = Promise.withResolvers<void>();
      const dying = work(async () => {
        take();
        await new Promise(() => undefined);
      });
      await taken;
      await dying.close(true);
      const worker = work(async (id, attempt) => {
        if (id === 'a job that fails' || (id === 'a job for twice' && attempt === 0)) throw new Error('on purpose');
        done.push(id);
      });
      for (const id of ['a job', 'a job for twice', 'a job that fails']) await relay.add(name, id, options);
      await until('a job to fail', async () => (await relay.getFailedCount()) === 1);
      await until('the others', () => done.length === 3);
      const [failed] = await relay.getFailed();
      await failed!.retry();
      await until('it to fail again', async () =>
        (await relay.getFailed()).some(({ attemptsMade }) => attemptsMade > 2),
      );
      expect(await relay.getJobCounts()).toMatchObject({ failed: 1, waiting: 0, active: 0, delayed: 0 });
      expect((await relay.getWorkers()).length).toBeGreaterThan(0);
      await worker.close();
      await relay.close();

      expect(done.toSorted()).toEqual(['a job', 'a job for twice', 'a job whose worker dies']);
      expect(await redis.refused()).toEqual([]);
    },
  );

  test('nobody gets in without a password, and the administrator does', async () => {
    expect(await may(async () => await redis.connect(redis.url).call('PING')).catch(String)).toContain('NOAUTH');
    expect(await redis.administrator.ping()).toBe('PONG');
  });
} else {
  test('nothing is tried where there is no redis-server', () => expect(hasRedisServer).toBe(false));
}
