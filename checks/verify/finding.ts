/** A wrong row: its expected and its stored values. */
export interface Finding {
  /** The table with its database, such as `billing.entries`. */
  readonly table: string;
  readonly id: string;
  readonly expected: string;
  readonly found: string;
}

export function findingText({ table, id, expected, found }: Finding): string {
  return `${table} ${id}: expected ${expected}, found ${found}`;
}

type Value = string | number | bigint | Date | Buffer | null;

/**
 * Compares the expected and stored values of a row. @param facts `[expected, found]` by name. @returns one finding with
 * all differences, or none.
 */
export function compare(
  table: string,
  id: string,
  facts: Readonly<Record<string, readonly [expected: Value, found: Value]>>,
): Finding[] {
  const differing = Object.entries(facts).filter(([, [expected, found]]) => shown(expected) !== shown(found));
  if (differing.length === 0) return [];
  const list = (side: 0 | 1) => differing.map(([name, values]) => `${name} ${shown(values[side])}`).join(', ');
  return [{ table, id, expected: list(0), found: list(1) }];
}

function shown(value: Value): string {
  if (value === null) return 'none';
  if (value instanceof Date) return value.toISOString();
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value);
}
