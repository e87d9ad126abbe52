import { raw } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';

/**
 * SQL expressions with the type that PostgreSQL gives them. Only this folder may state the type of a piece of SQL:
 * everywhere else types come from entities and from schemas that check rows.
 */

/** The start time of the transaction, by the database's clock. */
export const now = (): RawBuilder<Date> => sql<Date>`now()`;

/** The start time of the transaction plus a number of seconds, which may be negative. */
export const secondsFromNow = (seconds: number): RawBuilder<Date> =>
  sql<Date>`now() + make_interval(secs => ${seconds}::double precision)`;

/** The same time in a condition or an update of MikroORM. */
export const ormTime = (secondsFromNow = 0) => raw('now() + make_interval(secs => ?)', [secondsFromNow]);

/** The current time in MikroORM, by the database's clock. It goes on during a transaction that waits for a lock. */
export const ormClock = () => raw('clock_timestamp()');

/** The number in this column plus one, in an update of MikroORM. */
export const ormNext = (column: string) => raw('?? + 1', [column]);

/** The right side of `=`: any of the values. One parameter keeps the statement's text the same for any number of them. */
export const anyOf = <Value extends string>(values: readonly Value[], type: 'uuid' | 'text'): RawBuilder<Value> =>
  sql<Value>`any(${values}::${sql.raw(type)}[])`;

/** An amount that is comparable across currencies, as `comparable` computes it. The indexes by amount use it. */
export const comparableAmount = (minorColumn: string): RawBuilder<bigint> =>
  sql<bigint>`comparable_amount(${sql.ref(minorColumn)}, currency)`;

/** A condition for `where`. PostgreSQL refuses one that is not a boolean. */
export const condition = (expression: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`(${expression})`;

/**
 * Whether a row comes after a position in a list. It compares the key and the id as one value, so one index supports
 * both the order and the position.
 *
 * @param key a column, or an expression that has an index.
 */
export function isBehind(
  key: string | RawBuilder<unknown>,
  direction: 'asc' | 'desc',
  [value, id]: readonly [string, string],
): RawBuilder<boolean> {
  const comparison = sql.raw(direction === 'asc' ? '>' : '<');
  const expression = typeof key === 'string' ? sql.ref(key) : key;
  return sql<boolean>`(${expression}, id) ${comparison} (${value}, ${id})`;
}
