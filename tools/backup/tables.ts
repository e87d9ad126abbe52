import type { Client } from 'pg';
import { z } from 'zod';
import { queryRows } from '#platform/postgres/query-rows.ts';

/** A table with the columns that are stored: not those that the database computes. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

const tableRow = z.object({ name: z.string(), columns: z.array(z.string()), references: z.array(z.string()) });
type TableRow = z.infer<typeof tableRow>;

/** The migrations that have run are compared, not copied. */
export const migrationsTable = 'mikro_orm_migrations';

/** Tables with rows from the migrations. A restore replaces them; any other table of a new database is empty. */
export const filledByMigrations: ReadonlySet<string> = new Set(['staff_acts_head']);

/** Returns the tables of a database. A table that another one refers to stands before it. */
export async function readTables(client: Client): Promise<Table[]> {
  const rows = await queryRows(
    client,
    tableRow,
    `select relname as name,
       array(select attname::text from pg_attribute
             where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
             order by attnum) as columns,
       array(select distinct target.relname::text from pg_constraint
             join pg_class target on target.oid = confrelid
             where conrelid = pg_class.oid and contype = 'f' and confrelid <> conrelid) as references
     from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> $1
     order by relname`,
    [migrationsTable],
  );
  return inOrder(rows).map(({ name, columns }) => ({ name, columns }));
}

function inOrder(rows: readonly TableRow[]): TableRow[] {
  const ordered: TableRow[] = [];
  let left = rows;
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name));
    const ready = left.filter(({ references }) => !references.some((name) => waiting.has(name)));
    if (ready.length === 0) throw new Error(`tables refer to each other: ${[...waiting].join(', ')}`);
    ordered.push(...ready);
    left = left.filter((row) => !ready.includes(row));
  }
  return ordered;
}

/** Returns the names of the migrations that have run, in order. */
export async function readMigrations(client: Client): Promise<string[]> {
  const rows = await queryRows(
    client,
    z.object({ name: z.string() }),
    `select name from ${migrationsTable} order by name`,
  );
  return rows.map(({ name }) => name);
}

export const sequence = z.object({ name: z.string(), value: z.string() });
export type Sequence = z.infer<typeof sequence>;

/** Returns the last value of each sequence that was used. They are read after the tables: no number is used twice. */
export async function readSequences(client: Client): Promise<Sequence[]> {
  return await queryRows(
    client,
    sequence,
    `select sequencename as name, last_value::text as value from pg_sequences
     where schemaname = 'public' and last_value is not null order by sequencename`,
  );
}

/** Writes and reads values in one form, whatever the settings of the database are, as pg_dump does. */
export const setValueFormats = `set datestyle = 'ISO'; set intervalstyle = 'postgres'; set extra_float_digits = 3`;

export function quoted(client: Client, { name, columns }: Table): string {
  return `public.${client.escapeIdentifier(name)} (${columns.map((one) => client.escapeIdentifier(one)).join(', ')})`;
}
