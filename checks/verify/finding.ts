/** A row that is wrong: what the rest of the system says it must be, and what it is. */
export interface Finding {
  /** With its database, as `billing.entries`. */
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
 * Compares what is known of a row, by name, with what the row says: `[expected, found]`. One finding names all that
 * differs; none where all agrees.
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
