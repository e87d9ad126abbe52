import { hash as digest } from 'node:crypto';

type Value = string | number | bigint | Date | Buffer | null;

/**
 * SHA-256 over the values of a row, the same as `row_hash` in the database. `npm run verify` recomputes it to detect a
 * value that changed later. At most one value may be a text that a customer wrote: otherwise, two different rows could
 * have the same hash input.
 */
export function rowHash(values: readonly Value[]): Buffer {
  return digest('sha256', values.map(textOf).join('|'), 'buffer');
}

/** Distinguishes a missing value from an empty text. */
const none = '\u0001';

function textOf(value: Value): string {
  if (value === null) return none;
  if (value instanceof Date) return String(value.getTime());
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value);
}

/** The SHA-256 of a text in hexadecimal: a row with several free texts hashes their digests. Null stays null. */
export function textDigest(text: string | null): string | null {
  return text === null ? null : digest('sha256', text);
}

/** The same as `textDigest`, as an SQL expression of a column. */
export const textDigestOf = (column: string) => `encode(sha256(convert_to(${column}, 'UTF8')), 'hex')`;

/** The search path of functions: schemas that a caller adds to its own cannot replace the names that they use. */
export const searchPath = 'set search_path = pg_catalog, public, pg_temp';

/** Times are hashed as milliseconds. */
export const msOf = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint::text`;

/** A migration's statement that creates the function `row_hash`, which hashes the values of a row. */
export const rowHashFunction = `
  create function row_hash(variadic parts text[]) returns bytea language sql immutable parallel safe ${searchPath}
    as $$ select sha256(convert_to(array_to_string(parts, '|', chr(1)), 'UTF8')) $$`;

/**
 * Statements that add a column with the hash of each new row. Existing rows have no hash.
 *
 * @param values the values as texts, as SQL expressions of the row `new`.
 */
export function hashNewRows(table: string, values: readonly string[]): readonly string[] {
  return [
    `alter table ${table} add column hash bytea check (length(hash) = 32)`,
    `create function hash_${table}() returns trigger language plpgsql ${searchPath} as $$
    begin
      new.hash := row_hash(${values.join(', ')});
      return new;
    end $$`,
    `create trigger hash_${table} before insert on ${table} for each row execute function hash_${table}()`,
  ];
}
