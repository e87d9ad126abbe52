import type { Client } from 'pg';
import { z } from 'zod';
import type { RowSchema } from './read-rows.ts';

/**
 * Executes a statement on a connection of its own and checks each of its rows.
 *
 * @throws ZodError if a row does not fit: the statement and the schema disagree.
 */
export async function queryRows<Row>(
  client: Client,
  schema: RowSchema<Row>,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await client.query(statement, [...values]);
  return z.array(schema).parse(rows);
}

/** The same for a statement with exactly one row. */
export async function queryRow<Row>(
  client: Client,
  schema: RowSchema<Row>,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row> {
  const rows = await queryRows(client, schema, statement, values);
  if (rows.length !== 1) throw new Error(`a statement returned ${rows.length} rows instead of one`);
  return rows[0]!;
}
