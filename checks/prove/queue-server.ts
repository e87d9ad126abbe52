import { createPostgresBackend, type PgPool, Queue } from 'bullmq';
import pg, { type QueryResultRow } from 'pg';
import type { DatabaseName } from '#local/credentials.ts';
import { startRedis, type TestRedis } from '../../test/redis.ts';
import { waitFor } from './wait.ts';

/** Queries a database as the superuser, over a new connection. */
export type QueryDatabase = <Row extends QueryResultRow>(
  database: DatabaseName,
  sql: string,
  values?: unknown[],
) => Promise<Row[]>;

/** The server of the queues, in which rows inject faults. */
export interface QueueServer {
  /** Deletes all jobs. */
  readonly flush: () => Promise<void>;
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
  /** @returns the number of jobs in a queue, in any state. */
  readonly jobs: (queue: string) => Promise<number>;
}

/** A Redis without persistence. */
export async function startOwnRedis(
  port: number,
  started: AsyncDisposableStack,
): Promise<QueueServer & { url: string }> {
  let server: TestRedis = await startRedis(port);
  started.defer(async () => await server.stop());
  const startAgain = async () => {
    server = await startRedis(port);
  };
  return {
    url: server.url,
    flush: async () => {
      await server.stop();
      await startAgain();
    },
    down: async () => await server.stop(),
    up: startAgain,
    jobs: async (name) => await countJobs(new Queue(name, { connection: { url: server.url } })),
  };
}

/** BullMQ's database, which can be emptied and closed independently of the others on the server. */
export function jobsDatabase(url: string, query: QueryDatabase): QueueServer {
  const allowConnections = async (allowed: boolean) =>
    void (await query(
      'billing',
      `do $$ begin execute format('alter database %I allow_connections ${allowed}', 'wallet_jobs'); end $$`,
    ));
  return {
    flush: async () => {
      const tables = await query<{ name: string }>(
        'jobs',
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname = 'bullmq' and tablename not like '%migration%'`,
      );
      await query('jobs', `truncate ${tables.map(({ name }) => name).join(', ')} cascade`);
    },
    down: async () => {
      await allowConnections(false);
      await query('billing', `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'wallet_jobs'`);
      await waitFor(
        'all sessions of the jobs database to end',
        async () => (await query('billing', `select from pg_stat_activity where datname = 'wallet_jobs'`)).length === 0,
        10_000,
      );
    },
    up: async () => await allowConnections(true),
    jobs: async (name) => {
      const pool = new pg.Pool({ connectionString: url });
      // BullMQ declares its own type for the part of pg's pool that it uses.
      const connection = pool as pg.Pool & PgPool;
      const count = await countJobs(new Queue(name, { connection }, createPostgresBackend));
      await pool.end();
      return count;
    },
  };
}

async function countJobs(queue: Pick<Queue, 'getJobCounts' | 'close'>): Promise<number> {
  try {
    return Object.values(await queue.getJobCounts()).reduce((sum, count) => sum + count, 0);
  } finally {
    await queue.close();
  }
}
