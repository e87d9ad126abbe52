import type { EntitySchemaWithMeta } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { Manager, RowOf } from './database.ts';

/** The PostgreSQL types of a batch's columns, each with the type of its values. */
interface ColumnValues {
  readonly uuid: string;
  readonly text: string;
  readonly bigint: bigint | string;
  readonly integer: number;
  readonly boolean: boolean;
  readonly bytea: Buffer;
  readonly jsonb: object;
  readonly timestamptz: Date;
}

type ColumnTypeOf<Value> = {
  [Type in keyof ColumnValues]: NonNullable<Value> extends ColumnValues[Type] ? Type : never;
}[keyof ColumnValues];

/** The type of each column of a row, by property name. A missing property does not compile. */
export type ColumnTypes<Row> = { readonly [Name in keyof Row & string]-?: ColumnTypeOf<Row[Name]> };

/**
 * The rows of a batch as a table, for `from` or `using`: `unnest(…) as alias (columns…)`. A column has its property's
 * name in snake case. PostgreSQL reads an array per column in half the time that the same values in JSON take.
 */
export function unnestRows<Row extends object>(
  alias: string,
  rows: readonly Row[],
  types: ColumnTypes<NoInfer<Row>>,
): RawBuilder<unknown> {
  return unnest(alias, rows, columnsFrom(types));
}

/** The names of these columns, for an insert that takes the values of some columns from outside the batch. */
export function columnList(types: Readonly<Record<string, keyof ColumnValues>>): RawBuilder<unknown> {
  return namesOf(columnsFrom(types));
}

/** Inserts the rows of a batch into a table that no entity describes. May be followed by `order by` and `on conflict`. */
export function insertRowsInto<Row extends object>(
  table: string,
  rows: readonly Row[],
  types: ColumnTypes<NoInfer<Row>>,
): RawBuilder<unknown> {
  return insert(table, rows, columnsFrom(types));
}

/**
 * Inserts new rows of an entity. The columns and their types come from the entity: a row without one of its properties
 * does not compile. May be followed by `order by` and `on conflict`.
 *
 * @param filledByDatabase the properties that have a default or a trigger in the database.
 * @param computed the properties that have the same expression in each row, such as the database's time.
 */
export function insertRows<
  Entity extends EntitySchemaWithMeta,
  FilledByDatabase extends keyof RowOf<Entity> = never,
  Computed extends keyof RowOf<Entity> = never,
>(
  em: Manager,
  entity: Entity,
  rows: readonly Omit<RowOf<Entity>, FilledByDatabase | Computed>[],
  filledByDatabase: readonly FilledByDatabase[] = [],
  computed?: Readonly<Record<Computed, RawBuilder<unknown>>>,
): RawBuilder<unknown> {
  const { tableName } = em.getMetadata().get(entity);
  return insert(tableName, rows, columnsExcept(em, entity, filledByDatabase), computed ?? {});
}

/**
 * The `set` list of `on conflict … do update` after `insertRows`: each column gets the value of the rejected new row.
 * The list comes from the entity, so it includes a column that a later version adds.
 *
 * @param keys the properties of the conflicting key, which stay as they are.
 */
export function setFromExcluded<Entity extends EntitySchemaWithMeta>(
  em: Manager,
  entity: Entity,
  keys: readonly (keyof RowOf<Entity>)[],
): RawBuilder<unknown> {
  const assignments = columnsExcept(em, entity, keys).map(({ column }) => `"${column}" = excluded."${column}"`);
  return sql.raw(assignments.join(', '));
}

interface Column {
  readonly property: string;
  readonly column: string;
  readonly type: string;
}

function columnsExcept(em: Manager, entity: EntitySchemaWithMeta, omitted: readonly PropertyKey[]): Column[] {
  const { properties } = em.getMetadata().get(entity);
  return Object.values<{ name: string; fieldNames: string[]; columnTypes: string[] }>(properties)
    .filter(({ name }) => !omitted.includes(name))
    .map(({ name, fieldNames, columnTypes }) => ({ property: name, column: fieldNames[0]!, type: columnTypes[0]! }));
}

function columnsFrom(types: Readonly<Record<string, string>>): Column[] {
  return Object.entries(types).map(([property, type]) => ({ property, column: columnName(property), type }));
}

/** The name of a property's column. */
export function columnName(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function insert(
  table: string,
  rows: readonly object[],
  columns: readonly Column[],
  computed: Readonly<Record<string, RawBuilder<unknown>>> = {},
): RawBuilder<unknown> {
  const given = columns.filter(({ property }) => !Object.hasOwn(computed, property));
  const values = columns.map((column) => computed[column.property] ?? namesOf([column]));
  return sql`
    insert into ${sql.raw(table)} (${namesOf(columns)})
    select ${sql.join(values)} from ${unnest('new_row', rows, given)}`;
}

function unnest(alias: string, rows: readonly object[], columns: readonly Column[]): RawBuilder<unknown> {
  const arrays = columns.map(({ property, type }) => {
    const values = rows.map((row) => parameterOf((row as Readonly<Record<string, unknown>>)[property]));
    return sql`${values}::${sql.raw(type)}[]`;
  });
  return sql`unnest(${sql.join(arrays)}) as ${sql.raw(alias)} (${namesOf(columns)})`;
}

const namesOf = (columns: readonly Column[]) => sql.raw(columns.map(({ column }) => `"${column}"`).join(', '));

function parameterOf(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && !Buffer.isBuffer(value) ? JSON.stringify(value) : value;
}
