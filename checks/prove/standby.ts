import { appendFileSync, chownSync, cpSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Postgres, type PostgresOptions, startPostgres } from '#local/postgres.ts';
import { waitFor } from './wait.ts';

/** A synchronous standby. */
export interface Standby {
  /** The superuser's URL. */
  readonly url: string;
  readonly port: number;
  /** Makes it accept writes. */
  readonly promote: () => Promise<void>;
  /** Stops it, and starts the lost primary again with its data. */
  readonly replacePrimary: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface StandbyOptions {
  readonly primary: PostgresOptions & { readonly url: string };
  readonly dataFolder: string;
  readonly port: number;
}

const slot = 'standby';
const streamsWithinMs = 30_000;

/**
 * Starts a synchronous standby of a primary: the primary acknowledges a commit after the standby has it on disk. The copy
 * follows PostgreSQL's manual, "Making a Base Backup Using the Low Level API".
 */
export async function startStandby({ primary, dataFolder, port }: StandbyOptions): Promise<Standby> {
  const session = await connect(primary.url);
  let standby: Postgres;
  try {
    await copyCluster(session, primary, dataFolder);
    standby = await startPostgres({ dataFolder, port, durable: true });
    await session.query(`alter system set synchronous_standby_names = '${slot}'`);
    await session.query('select pg_reload_conf()');
    const states = `select sync_state from pg_stat_replication where application_name = '${slot}'`;
    await waitFor(
      'the standby to be synchronous',
      async () => (await session.query<{ sync_state: string }>(states)).rows[0]?.sync_state === 'sync',
      streamsWithinMs,
    );
  } finally {
    await session.end();
  }
  return {
    url: standby.url,
    port,
    promote: async () => {
      const promoted = await connect(standby.url);
      try {
        await promoted.query('select pg_promote(true, 60)');
      } finally {
        await promoted.end();
      }
    },
    replacePrimary: async () => {
      await standby.stop();
      replaceCluster(primary.dataFolder, dataFolder);
      await startPostgres(primary);
    },
    stop: async () => await standby.stop(),
  };
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // The end of the server fails the current statement, which reports it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function copyCluster(session: Client, primary: StandbyOptions['primary'], dataFolder: string): Promise<void> {
  await session.query('select pg_create_physical_replication_slot($1, true)', [slot]);
  await session.query('select pg_backup_start($1, true)', [slot]);
  const isCopied = (source: string) => !/postmaster\.(?:pid|opts)$|pg_wal\/.|pg_replslot\/./.test(source);
  cpSync(primary.dataFolder, dataFolder, { recursive: true, filter: isCopied });
  const { rows } = await session.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
  const cluster = join(dataFolder, 'cluster');
  writeFileSync(join(cluster, 'backup_label'), rows[0]!.labelfile);
  writeFileSync(join(cluster, 'standby.signal'), '');
  const { username, password } = new URL(primary.url);
  const address = `host=127.0.0.1 port=${primary.port} user=${username} password=${password} application_name=${slot}`;
  appendFileSync(
    join(cluster, 'postgresql.auto.conf'),
    `primary_conninfo = '${address}'\nprimary_slot_name = '${slot}'\n`,
  );
  giveToOwner(primary.dataFolder, dataFolder);
}

/** PostgreSQL reads only files of its own user. */
function giveToOwner(of: string, folder: string): void {
  const { uid, gid } = statSync(of);
  for (const path of [
    folder,
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ]) {
    chownSync(path, uid, gid);
  }
}

/** Copies the stopped standby's data over the primary's, which was lost. */
function replaceCluster(primaryFolder: string, standbyFolder: string): void {
  const [lost, promoted] = [join(primaryFolder, 'cluster'), join(standbyFolder, 'cluster')];
  rmSync(lost, { recursive: true });
  cpSync(promoted, lost, { recursive: true });
  giveToOwner(promoted, lost);
}
