import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { queryRow } from '#platform/postgres/query-rows.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { retryUntil } from '#platform/process/retry.ts';
import { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts';
import { StartFault } from './start-fault.ts';

/**
 * Starts PostgreSQL, and restarts it if it ends on its own. Only one launcher at a time uses it.
 *
 * @throws StartFault
 */
export async function keepPostgres(options: PostgresOptions, log: Log): Promise<Postgres> {
  const postgres = await startPostgres(options);
  const stopping = new AbortController();
  let claim = await claimServer(postgres.url, options);
  const kept = keep();

  async function keep(): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => void claim.once('end', resolve));
      if (stopping.signal.aborted) return;
      log.error('PostgreSQL ended unexpectedly; restarting it');
      claim = await retryUntil(restart, {
        signal: stopping.signal,
        retry: () => true,
        failed: (error, retryInMs) => log.error({ retryInMs, reason: errorText(error) }, 'PostgreSQL did not start'),
      });
    }
  }

  async function restart(): Promise<Client> {
    await startPostgres(options);
    return await claimServer(postgres.url, options);
  }

  return {
    url: postgres.url,
    stop: async () => {
      stopping.abort();
      await claim.end();
      await kept;
      await postgres.stop();
    },
  };
}

/** A server whose launcher was just killed may need a moment to notice. */
const claimTries = 20;

/** A session that marks the server as used by this launcher while the session is open. */
async function claimServer(url: string, { dataFolder }: PostgresOptions): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'launcher', keepAlive: true });
  // The end of the session reports the cause.
  client.on('error', () => undefined);
  await client.connect();
  for (let tries = 0; tries < claimTries; tries += 1) {
    const { claimed } = await queryRow(
      client,
      z.object({ claimed: z.boolean() }),
      'select pg_try_advisory_lock(hashtext($1)) as claimed',
      ['wallet-and-orders: launcher'],
    );
    if (claimed) return client;
    await delay(100);
  }
  await client.end();
  throw new StartFault(
    `The data in ${dataFolder} are in use by another launcher: set DATA_FOLDER and POSTGRES_PORT to other values.`,
  );
}
