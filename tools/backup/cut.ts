import { Client } from 'pg';
import { StartFault } from '#local/start-fault.ts';
import { sqlState } from '#platform/postgres/database.ts';
import { retryUntil } from '#platform/process/retry.ts';
import { outboxOwners, type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { setValueFormats } from './tables.ts';

/** The URL of each subgraph's database, with the role that owns the tables. */
export type OwnerUrls = Readonly<Record<SubgraphName, string>>;

/** One connection per database, each in a transaction that sees the database as it was at the cut. */
export type Cut = Readonly<Record<SubgraphName, Client>>;

/** A transaction of this system is shorter. While a lock waits, other writers wait behind it. */
const lockTimeoutMs = 2_000;
const longestTriesMs = 60_000;
const lockNotAvailable = '55P03';

/**
 * Runs work with all databases as they were at one cut: no database shows an effect whose cause another one lacks.
 *
 * What one subgraph causes in another begins with a row in its outbox. For a moment, no outbox can be written, and the
 * transactions of all databases begin in that moment. So the row of every effect that a database shows was committed
 * before. After a restore, the rows that are still open are relayed again, and each effect is idempotent.
 *
 * @throws StartFault if the outboxes are never free.
 */
export async function atOneCut<Result>(
  urls: OwnerUrls,
  signal: AbortSignal,
  work: (cut: Cut) => Promise<Result>,
): Promise<Result> {
  const connections = new AsyncDisposableStack();
  try {
    return await work(await cutThrough(urls, signal, connections));
  } finally {
    await connections.disposeAsync();
  }
}

async function cutThrough(urls: OwnerUrls, signal: AbortSignal, connections: AsyncDisposableStack): Promise<Cut> {
  const connect = async (name: SubgraphName) => {
    const client = new Client({ connectionString: urls[name], connectionTimeoutMillis: 5_000, keepAlive: true });
    // A lost connection fails the statement that uses it.
    client.on('error', () => undefined);
    connections.defer(async () => await client.end());
    await client.connect();
    await client.query(`set statement_timeout = 0; set idle_in_transaction_session_timeout = 0`);
    await client.query(setValueFormats);
    await client.query(`set lock_timeout = ${lockTimeoutMs}`);
    return client;
  };
  const eachOf = async (names: readonly SubgraphName[]) => {
    const opening = names.map(async (name) => [name, await connect(name)] as const);
    // If one fails, the others are open or have failed before all are closed.
    await Promise.allSettled(opening);
    return new Map(await Promise.all(opening));
  };
  const holders = await eachOf(outboxOwners);
  const readers = await eachOf(subgraphNames);
  const tooLong = AbortSignal.timeout(longestTriesMs);
  await retryUntil(async () => await begin([...holders.values()], [...readers.values()]), {
    signal: AbortSignal.any([signal, tooLong]),
    retry: (error) => sqlState(error) === lockNotAvailable,
    failed: () => undefined,
  }).catch((cause: unknown) => {
    if (!tooLong.aborted) throw cause;
    throw new StartFault('The outboxes stayed locked for a minute. Try again when the system is less busy.', { cause });
  });
  return Object.fromEntries(readers) as Cut;
}

/** The readers begin while the holders keep every outbox from being written. */
async function begin(holders: readonly Client[], readers: readonly Client[]): Promise<void> {
  try {
    for (const holder of holders) await holder.query('begin; lock table outbox in share mode');
    // The first statement of a transaction decides what the transaction sees.
    await Promise.all(
      readers.map(async (reader) => await reader.query('begin isolation level repeatable read read only; select 1')),
    );
  } finally {
    await Promise.all(holders.map(async (holder) => await holder.query('rollback')));
  }
}
