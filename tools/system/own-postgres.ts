import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Postgres, startPostgres } from '#local/postgres.ts';
import { parentOf } from './resources.ts';

/** A PostgreSQL of a measurement's own, durable as in real use; its data go with it. */
export async function startOwnPostgres(port: number): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-bench-'));
  // Its server runs as another user where this is root.
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

/** The processes of a server that stay, the one that started the others first. */
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
