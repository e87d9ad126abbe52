/** Rows that come in batches, taken one by one; the next can be looked at before it is taken. */
export class OrderedRows<Row> {
  readonly #batches: AsyncIterator<readonly Row[]>;
  #batch: readonly Row[] = [];
  #place = 0;

  private constructor(batches: AsyncIterator<readonly Row[]>) {
    this.#batches = batches;
  }

  static async open<Row>(batches: AsyncIterable<readonly Row[]>): Promise<OrderedRows<Row>> {
    const rows = new OrderedRows(batches[Symbol.asyncIterator]());
    await rows.#load();
    return rows;
  }

  /** The next row; undefined where none is left. */
  get head(): Row | undefined {
    return this.#batch[this.#place];
  }

  /** Goes on to the row after the next. */
  async drop(): Promise<void> {
    this.#place += 1;
    if (this.#place >= this.#batch.length) await this.#load();
  }

  async #load(): Promise<void> {
    const next = await this.#batches.next();
    this.#batch = next.done === true ? [] : next.value;
    this.#place = 0;
  }
}

/** Rows that are ordered by a key, several of which may have the same. */
export interface Keyed<Row> {
  readonly rows: OrderedRows<Row>;
  readonly keyOf: (row: Row) => string;
}

/** For each key the rows that have it, of every stream; a stream without such rows gives none. */
export type Group<Rows> = { readonly [Name in keyof Rows]: readonly Rows[Name][] };

/**
 * Joins streams that are ordered by the same key: one group per key, in the keys' order. Keys compare as
 * JavaScript's strings do, as PostgreSQL's uuids do when written out.
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
    await stream.rows.drop();
  }
  return taken;
}
