import { createPostgresBackend, type PgPool, Queue } from 'bullmq';
import pg from 'pg';
import type { BrokerAddress } from '#jobs/queue-server.ts';
import { createDatabases } from './database.ts';
import { hasRedis, startRedis } from './redis.ts';

export interface QueueServer {
  readonly address: BrokerAddress;
  /** Direct access to a BullMQ queue, to add malformed jobs and inspect the stored ones. */
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

/** The servers of queues by name; Redis only if it is installed or REDIS_URL is set. */
export const queueServers: readonly (readonly [string, () => Promise<QueueServer>])[] = [
  ['PostgreSQL', onPostgres],
  ...(hasRedis ? [['Redis', onRedis] as const] : []),
];

/** Warns if the tests of the queue run on PostgreSQL only. */
export function warnWithoutRedis(): void {
  if (!hasRedis)
    console.warn('There is no Redis here (no redis-server, no REDIS_URL): its half of the tests did not run.');
}
