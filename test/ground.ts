import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '#local/postgres.ts';
import { freePorts } from './free-ports.ts';

/**
 * What all tests of a run stand on: one PostgreSQL server. It is a process of its own, which takes everything away
 * when the run ends, however that ends.
 */

const given = process.env['WALLET_TEST_DATABASE_URL'];
const prefix = `test_${randomBytes(4).toString('hex')}_`;
const server = given === undefined ? await startOwnServer() : { url: given, stop: async () => await dropAll(given) };

process.once('disconnect', () => void server.stop().then(() => process.exit(0)));
// A terminal's Ctrl-C reaches this process too; it is the run that decides when it is over.
process.on('SIGINT', () => undefined);
process.send?.({ WALLET_TEST_DATABASE_URL: server.url, WALLET_TEST_PREFIX: prefix });

async function startOwnServer() {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-test-'));
  chmodSync(folder, 0o755);
  const [port] = await freePorts(1);
  const postgres = await startPostgres({ dataFolder: join(folder, 'postgres'), port: port!, durable: false });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** On a server that stays, nothing of the run may. */
async function dropAll(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ statement: string }>(
    `select format('drop database %I with (force)', datname) as statement from pg_database where starts_with(datname, $1)
     union all
     select format('drop role %I', rolname) from pg_roles where starts_with(rolname, $1)`,
    [prefix],
  );
  for (const { statement } of rows) await client.query(statement);
  await client.end();
}
