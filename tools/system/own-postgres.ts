import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Postgres, startPostgres } from '#local/postgres.ts';
import { parentOf } from './resources.ts';

/** Starts a temporary PostgreSQL for a measurement, with durable settings; `stop` deletes its data. */
export async function startOwnPostgres(port: number): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-bench-'));
  // If this process is root, PostgreSQL runs as another user, who must be able to enter the folder.
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataFolder: join(folder, 'postgres'), port, durable: true });
  return {
    ...postgres,
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** @returns the permanent processes of a server, the postmaster first. */
export async function postgresPids(adminUrl: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where pid <> pg_backend_pid() and backend_type <> 'autovacuum worker'",
    );
    const pids = rows.map(({ pid }) => pid);
    return [parentOf(pids[0]!), ...pids];
  } finally {
    await client.end();
  }
}
