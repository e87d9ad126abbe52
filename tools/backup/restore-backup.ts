import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { from as copyFrom } from 'pg-copy-streams';
import type { Client } from 'pg';
import { z } from 'zod';
import { connected } from '#local/connected.ts';
import { StartFault } from '#local/start-fault.ts';
import { queryRow, queryRows } from '#platform/postgres/query-rows.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { type Contents, readContents, type StoredDatabase, type StoredTable } from './contents.ts';
import type { OwnerUrls } from './cut.ts';
import { type FileKey, readStored } from './stored-files.ts';
import { filledByMigrations, quoted, readMigrations, readTables } from './tables.ts';

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

/** Reads the settings with the keys of the system, as lines of an .env file; null if the backup has none. */
export async function readKeys({ folder, key, signal }: Omit<Restore, 'urls'>, { keys }: Contents) {
  if (keys === null) return null;
  const target = new PassThrough();
  const [text, sha256] = await Promise.all([
    textOf(target),
    readStored(join(folder, keys.file), keys.file, key, target, signal),
  ]);
  if (sha256 !== keys.sha256) throw damaged(keys.file);
  return text;
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
  const sha256 = await readStored(join(folder, table.file), table.file, key, target, signal).catch((cause: unknown) => {
    throw new StartFault(`${table.file} cannot be read: it is damaged, or not of this backup.`, { cause });
  });
  if (sha256 !== table.sha256) throw damaged(table.file);
  if (target.rowCount !== table.rows) {
    throw new StartFault(`${database}: ${table.name} has ${target.rowCount} rows instead of ${table.rows}.`);
  }
}

function damaged(file: string): StartFault {
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
