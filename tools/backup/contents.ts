import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartFault } from '#local/start-fault.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { type FileKey, macOf } from './stored-files.ts';
import { sequence } from './tables.ts';

/** The list of contents of a backup: contents.json. It is written last, so that a folder without it is no backup. */

const storedTable = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.int(),
  file: z.string(),
  sha256: z.string(),
});
export type StoredTable = z.infer<typeof storedTable>;

const storedDatabase = z.object({
  migrations: z.array(z.string()),
  tables: z.array(storedTable),
  sequences: z.array(sequence),
});
export type StoredDatabase = z.infer<typeof storedDatabase>;

const contents = z.object({
  format: z.literal(1),
  /** Of the product. */
  version: z.string(),
  takenAt: z.iso.datetime(),
  isEncrypted: z.boolean(),
  databases: z.record(z.enum(subgraphNames as [SubgraphName, ...SubgraphName[]]), storedDatabase),
  /** The file with the keys of the system; null if the backup does not have them. */
  keys: z.object({ file: z.string(), sha256: z.string() }).nullable(),
});
export type Contents = z.infer<typeof contents>;

const fileName = 'contents.json';

/** What the list is sealed with: a code of the key, or a digest that shows damage only. */
function sealOf(text: string, key: FileKey | null): string {
  return key === null ? createHash('sha256').update(text).digest('hex') : macOf(key, text);
}

export async function writeContents(folder: string, content: Contents, key: FileKey | null): Promise<void> {
  const text = JSON.stringify(content, null, 2);
  const file = join(folder, `${fileName}.new`);
  await writeFile(file, `${sealOf(text, key)}\n${text}\n`, { mode: 0o600, flush: true });
  await rename(file, join(folder, fileName));
}

/** @throws StartFault if the folder is no whole backup, or the key is not its key. */
export async function readContents(folder: string, key: FileKey | null): Promise<Contents> {
  const written = await readFile(join(folder, fileName), 'utf8').catch((cause: unknown) => {
    throw new StartFault(`${folder} is no backup: it has no ${fileName}, which is written last.`, { cause });
  });
  const end = written.indexOf('\n');
  const [seal, text] = [written.slice(0, end), written.slice(end + 1).trimEnd()];
  const read = contents.safeParse(parsed(text));
  if (!read.success) throw new StartFault(`${join(folder, fileName)} is damaged, or of another release.`);
  if (read.data.isEncrypted !== (key !== null)) {
    throw new StartFault(
      read.data.isEncrypted
        ? 'The backup is encrypted: set BACKUP_KEY.'
        : 'The backup is not encrypted: unset BACKUP_KEY.',
    );
  }
  const [given, wanted] = [Buffer.from(seal), Buffer.from(sealOf(text, key))];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new StartFault(`${join(folder, fileName)} was changed, or BACKUP_KEY is not the key of this backup.`);
  }
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The number of rows in all tables. */
export function rowsOf({ databases }: Contents): number {
  return Object.values(databases).reduce(
    (sum, { tables }) => tables.reduce((rows, table) => rows + table.rows, sum),
    0,
  );
}
