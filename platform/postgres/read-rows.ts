import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { columnName } from './batch-rows.ts';
import type { Manager } from './database.ts';

/** The schema of a row of a raw statement. */
export type RowSchema<Row> = z.ZodObject & z.ZodType<Row>;

/** A `bytea` value. */
export const bytes = z.custom<Buffer>((value) => Buffer.isBuffer(value), 'must be bytes');

/**
 * Executes a raw statement and checks each of its rows.
 *
 * @throws ZodError if a row does not match: the statement and the schema disagree.
 */
export async function readRows<Row>(
  em: Manager,
  schema: RowSchema<Row>,
  statement: RawBuilder<unknown>,
): Promise<Row[]> {
  const { rows } = await statement.execute(em.getKysely());
  return rows.map((row) => schema.parse(row));
}

/** Executes a raw statement that returns exactly one row, and checks the row. */
export async function readRow<Row>(em: Manager, schema: RowSchema<Row>, statement: RawBuilder<unknown>): Promise<Row> {
  const rows = await readRows(em, schema, statement);
  if (rows.length !== 1) throw new Error(`a statement returned ${rows.length} rows instead of one`);
  return rows[0]!;
}

/** The columns of a schema for `select` or `returning`, each named after its property. */
export function columnsOfSchema(schema: z.ZodObject, table?: string): RawBuilder<unknown> {
  const prefix = table === undefined ? '' : `${table}.`;
  return sql.raw(
    Object.keys(schema.shape)
      .map((property) => `${prefix}${columnName(property)} as "${property}"`)
      .join(', '),
  );
}
