import { join } from 'node:path';
import { Writable } from 'node:stream';
import { from as copyFrom } from 'pg-copy-streams';
import type { Client } from 'pg';
import { z } from 'zod';
import { connected } from '#local/connected.ts';
import { StartFault } from '#local/start-fault.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { queryRow, queryRows } from '#platform/postgres/query-rows.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { type Contents, readContents, type StoredDatabase, type StoredTable } from './contents.ts';
import type { OwnerUrls } from './cut.ts';
import { type FileKey, readStored } from './stored-files.ts';
import { filledByMigrations, quoted, readMigrations, readTables, setValueFormats } from './tables.ts';

export interface Restore {
  /** Databases that are migrated and empty, and that no process uses. */
  readonly urls: OwnerUrls;
  readonly folder: string;
  readonly key: FileKey | null;
  readonly signal: AbortSignal;
}

/**
 * Copies a backup into new databases. Each database is one transaction, so that it is restored as a whole or not at all.
 *
 * @throws StartFault if the backup is damaged, or a database is in use, not empty or of another release.
 */
export async function restoreBackup(restore: Restore): Promise<Contents> {
  const contents = await readContents(restore.folder, restore.key);
  await requireWhole(restore, contents);
  for (const name of subgraphNames) {
    await connected(restore.urls[name], async (client) => await requireNew(name, client, contents.databases[name]));
  }
  for (const name of subgraphNames) {
    await connected(
      restore.urls[name],
      async (client) => await loadDatabase(restore, name, client, contents.databases[name]),
    );
  }
  return contents;
}

type Stored = Omit<Restore, 'urls'>;

/** Reads the settings with the keys of the system, as lines of an .env file; null if the backup has none. */
export async function readKeys(stored: Stored, { keys }: Contents): Promise<string | null> {
  if (keys === null) return null;
  const chunks: Buffer[] = [];
  const target = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await requireUnchanged(stored, keys, target);
  return Buffer.concat(chunks).toString();
}

/** Reads every file before the first commit: a damaged one would leave some databases restored, and others empty. */
async function requireWhole(stored: Stored, { databases, keys }: Contents): Promise<void> {
  const files = subgraphNames.flatMap((name): { file: string; sha256: string }[] => databases[name].tables);
  for (const file of keys === null ? files : [keys, ...files]) {
    await requireUnchanged(stored, file, new Writable({ write: (_chunk, _encoding, done) => done() }));
  }
}

/** @throws StartFault if the file cannot be read, or is not the one that the backup wrote. */
async function requireUnchanged(
  { folder, key, signal }: Stored,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  target: Writable,
): Promise<void> {
  const found = await readStored(join(folder, file), file, key, target, signal).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new StartFault(`${file} cannot be read: it is damaged, or not of this backup (${errorText(cause)}).`, {
      cause,
    });
  });
  if (found !== sha256) throw changed(file);
}

async function requireNew(name: SubgraphName, client: Client, stored: StoredDatabase): Promise<void> {
  const { others } = await queryRow(
    client,
    z.object({ others: z.int() }),
    `select count(*)::int as others from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and usename is not null`,
  );
  if (others > 0) throw new StartFault(`${name}: other programs use the database: stop the system.`);
  const migrations = await readMigrations(client);
  if (migrations.join('\n') !== stored.migrations.join('\n')) {
    throw new StartFault(
      `${name}: the database has other migrations than the backup. Restore with the release of the backup, then upgrade.`,
    );
  }
  for (const { name: table } of await readTables(client)) {
    if (filledByMigrations.has(table)) continue;
    const { hasRows } = await queryRow(
      client,
      z.object({ hasRows: z.boolean() }),
      `select exists(select from public.${client.escapeIdentifier(table)}) as "hasRows"`,
    );
    if (hasRows) throw new StartFault(`${name}: the table ${table} has rows. Restore into new databases.`);
  }
}

async function loadDatabase(
  restore: Restore,
  name: SubgraphName,
  client: Client,
  { tables, sequences }: StoredDatabase,
): Promise<void> {
  await client.query('begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
  await client.query(setValueFormats);
  const triggers = await disableTriggers(client);
  for (const table of tables) await loadTable(restore, name, client, table);
  for (const { name: sequence, value } of sequences) {
    await client.query('select setval($1::text::regclass, $2)', [`public.${client.escapeIdentifier(sequence)}`, value]);
  }
  for (const statement of triggers) await client.query(statement);
  await client.query('commit');
  await client.query('analyze');
}

async function loadTable({ folder, key, signal }: Restore, database: SubgraphName, client: Client, table: StoredTable) {
  if (filledByMigrations.has(table.name))
    await client.query(`delete from public.${client.escapeIdentifier(table.name)}`);
  const target = client.query(copyFrom(`copy ${quoted(client, table)} from stdin`));
  // It reports the end of the connection once more, after the copy has failed.
  target.on('error', () => undefined);
  // requireWhole has read the file: a failure here is one of the database or the disk, and is thrown as it is.
  const sha256 = await readStored(join(folder, table.file), table.file, key, target, signal);
  if (sha256 !== table.sha256) throw changed(table.file);
  if (target.rowCount !== table.rows) {
    throw new StartFault(`${database}: ${table.name} has ${target.rowCount} rows instead of ${table.rows}.`);
  }
}

function changed(file: string): StartFault {
  return new StartFault(`${file} was changed after the backup.`);
}

const trigger = z.object({ table: z.string(), name: z.string(), mode: z.enum(['O', 'A', 'R']) });
const modes = { O: 'enable', A: 'enable always', R: 'enable replica' } as const;

/**
 * Disables the triggers that derive rows or refuse changes: the rows of a backup are complete.
 *
 * @returns the statements that enable them as before.
 */
async function disableTriggers(client: Client): Promise<string[]> {
  const rows = await queryRows(
    client,
    trigger,
    `select relname as table, tgname as name, tgenabled::text as mode
     from pg_trigger join pg_class on pg_class.oid = tgrelid
     where relnamespace = 'public'::regnamespace and not tgisinternal and tgenabled <> 'D'`,
  );
  const statement = (verb: string, { table, name }: z.infer<typeof trigger>) =>
    `alter table public.${client.escapeIdentifier(table)} ${verb} trigger ${client.escapeIdentifier(name)}`;
  for (const row of rows) await client.query(statement('disable', row));
  return rows.map((row) => statement(modes[row.mode], row));
}
