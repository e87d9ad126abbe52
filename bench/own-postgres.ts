import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '#local/postgres.ts';

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
