import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { to as copyTo } from 'pg-copy-streams';
import type { Client } from 'pg';
import { StartFault } from '#local/start-fault.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { type Contents, type StoredDatabase, type StoredTable, writeContents } from './contents.ts';
import { atOneCut, type OwnerUrls } from './cut.ts';
import { type FileKey, writeStored } from './stored-files.ts';
import { quoted, readMigrations, readSequences, readTables, type Table } from './tables.ts';

export interface Backup {
  readonly urls: OwnerUrls;
  /** A new folder, or an empty one. */
  readonly folder: string;
  readonly key: FileKey | null;
  /** The settings with the keys of the system; null if they are not known. */
  readonly keys: Readonly<Record<string, string>> | null;
  readonly version: string;
  readonly signal: AbortSignal;
}

/**
 * Copies all databases into a folder while the system runs.
 *
 * @throws StartFault if the folder has files, or the outboxes are never free. Then it leaves the folder empty.
 */
export async function takeBackup(backup: Backup): Promise<Contents> {
  const { folder } = backup;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new StartFault(`${folder} is not empty: name a new folder.`);
  try {
    return await fill(backup);
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}

async function fill(backup: Backup): Promise<Contents> {
  const { folder, key, keys, urls, version, signal } = backup;
  const { takenAt, databases } = await atOneCut(urls, signal, async (cut) => {
    const takenAt = new Date().toISOString();
    const stored: [SubgraphName, StoredDatabase][] = [];
    // One after the other: a backup must not take the disk from the system.
    for (const name of subgraphNames) stored.push([name, await storeDatabase(backup, name, cut[name])]);
    return { takenAt, databases: Object.fromEntries(stored) as Contents['databases'] };
  });
  const contents: Contents = {
    format: 1,
    version,
    takenAt,
    isEncrypted: key !== null,
    databases,
    keys: keys === null ? null : await storeKeys(backup, keys),
  };
  await writeContents(folder, contents, key);
  return contents;
}

async function storeDatabase(backup: Backup, name: SubgraphName, client: Client): Promise<StoredDatabase> {
  await mkdir(join(backup.folder, name), { mode: 0o700 });
  const tables: StoredTable[] = [];
  for (const table of await readTables(client)) tables.push(await storeTable(backup, name, client, table));
  return { migrations: await readMigrations(client), tables, sequences: await readSequences(client) };
}

async function storeTable(
  { folder, key, signal }: Backup,
  database: SubgraphName,
  client: Client,
  table: Table,
): Promise<StoredTable> {
  const file = `${database}/${table.name}.copy.zst${key === null ? '' : '.enc'}`;
  const rows = client.query(copyTo(`copy ${quoted(client, table)} to stdout`));
  const sha256 = await writeStored(join(folder, file), file, key, rows, signal);
  return { ...table, columns: [...table.columns], rows: rows.rowCount, file, sha256 };
}

async function storeKeys({ folder, key, signal }: Backup, keys: Readonly<Record<string, string>>) {
  const file = `keys.env.zst${key === null ? '' : '.enc'}`;
  const text = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`);
  return { file, sha256: await writeStored(join(folder, file), file, key, Readable.from([text.join('')]), signal) };
}
