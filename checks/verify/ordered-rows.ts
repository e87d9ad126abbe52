/** Reads rows one by one from batches. `head` is the current row. */
export class OrderedRows<Row> {
  readonly #batches: AsyncIterator<readonly Row[]>;
  #batch: readonly Row[] = [];
  #index = 0;

  private constructor(batches: AsyncIterator<readonly Row[]>) {
    this.#batches = batches;
  }

  static async open<Row>(batches: AsyncIterable<readonly Row[]>): Promise<OrderedRows<Row>> {
    const rows = new OrderedRows(batches[Symbol.asyncIterator]());
    await rows.#load();
    return rows;
  }

  /** The current row; undefined after the last one. */
  get head(): Row | undefined {
    return this.#batch[this.#index];
  }

  /** Moves to the next row. */
  async advance(): Promise<void> {
    this.#index += 1;
    if (this.#index >= this.#batch.length) await this.#load();
  }

  async #load(): Promise<void> {
    const next = await this.#batches.next();
    this.#batch = next.done === true ? [] : next.value;
    this.#index = 0;
  }
}

/** Visits the rows that are left, in their order. */
export async function eachRow<Row>(rows: OrderedRows<Row>, visit: (row: Row) => void): Promise<void> {
  for (let row = rows.head; row !== undefined; row = rows.head) {
    visit(row);
    await rows.advance();
  }
}

/** Rows ordered by a key, which several rows may share. */
export interface Keyed<Row> {
  readonly rows: OrderedRows<Row>;
  readonly keyOf: (row: Row) => string;
}

/** The rows with one key, by stream; a stream without such rows has an empty list. */
export type Group<Rows> = { readonly [Name in keyof Rows]: readonly Rows[Name][] };

/**
 * Joins streams that are ordered by the same key: one group per key, in the keys' order. JavaScript compares the keys as
 * strings, which is the order of uuids in PostgreSQL.
 */
export async function* joinByKey<Rows extends Record<string, unknown>>(streams: {
  readonly [Name in keyof Rows]: Keyed<Rows[Name]>;
}): AsyncGenerator<{ readonly key: string; readonly group: Group<Rows> }> {
  const names = Object.keys(streams) as (keyof Rows)[];
  for (;;) {
    const key = names.map((name) => headKey(streams[name])).reduce(smaller);
    if (key === undefined) return;
    const group: Partial<{ [Name in keyof Rows]: Rows[Name][] }> = {};
    for (const name of names) group[name] = await takeKey(streams[name], key);
    yield { key, group: group as Group<Rows> };
  }
}

function headKey<Row>({ rows, keyOf }: Keyed<Row>): string | undefined {
  return rows.head === undefined ? undefined : keyOf(rows.head);
}

function smaller(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

async function takeKey<Row>(stream: Keyed<Row>, key: string): Promise<Row[]> {
  const taken: Row[] = [];
  while (headKey(stream) === key) {
    taken.push(stream.rows.head!);
    await stream.rows.advance();
  }
  return taken;
}
