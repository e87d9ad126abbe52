import { createPostgresBackend, type PgPool, Queue } from 'bullmq';
import pg from 'pg';
import type { BrokerAddress } from '#jobs/broker.ts';
import { createDatabases } from './database.ts';
import { hasRedis, startRedis } from './redis.ts';

export interface QueueServer {
  readonly address: BrokerAddress;
  /** A queue as BullMQ sees it, to put into it what the system would not, and to look at what it keeps. */
  readonly queue: (name: string) => Pick<Queue, 'add' | 'getFailed' | 'getJobCounts'>;
  readonly stop: () => Promise<void>;
}

async function onPostgres(): Promise<QueueServer> {
  const { urls, asOwner, drop } = await createDatabases('jobs');
  // BullMQ makes a sequence for each queue that the migration does not know, as those of tests are.
  await asOwner('jobs', `grant create on schema bullmq to ${new URL(urls.jobs).username}`);
  const pool = new pg.Pool({ connectionString: urls.jobs });
  const connection = pool as pg.Pool & PgPool;
  const opened: { close: () => Promise<void> }[] = [];
  return {
    address: { postgresUrl: urls.jobs },
    queue: (name) => {
      const queue = new Queue(name, { connection }, createPostgresBackend);
      opened.push(queue);
      return queue;
    },
    stop: async () => {
      for (const queue of opened) await queue.close();
      await pool.end();
      await drop();
    },
  };
}

async function onRedis(): Promise<QueueServer> {
  const { url, stop } = await startRedis();
  const opened: Queue[] = [];
  return {
    address: { redisUrl: url },
    queue: (name) => {
      const queue = new Queue(name, { connection: { url } });
      opened.push(queue);
      return queue;
    },
    stop: async () => {
      for (const queue of opened) await queue.close();
      await stop();
    },
  };
}

/** The servers that jobs can be on, by name: Redis only where the machine has one or REDIS_URL names one. */
export const queueServers: readonly (readonly [string, () => Promise<QueueServer>])[] = [
  ['PostgreSQL', onPostgres],
  ...(hasRedis ? [['Redis', onRedis] as const] : []),
];

/** Says, where tests of the queue run on PostgreSQL alone, that they do. */
export function warnWithoutRedis(): void {
  if (!hasRedis)
    console.warn('There is no Redis here (no redis-server, no REDIS_URL): its half of the tests did not run.');
}
