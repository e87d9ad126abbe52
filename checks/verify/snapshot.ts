import pg from 'pg';
import { StartFault } from '#local/start-fault.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { OrderedRows } from './ordered-rows.ts';
import { rowParser, type RowParser, time } from './row-parser.ts';

/** A consistent snapshot of a database. */
export interface Snapshot {
  readonly takenAt: Date;
  /** Streams the rows of a query in order, a thousand at a time, so that memory is bounded. */
  readonly stream: <Row>(parse: RowParser<Row>, query: string) => Promise<OrderedRows<Row>>;
  /** @returns all rows of a query, whose number must be bounded. */
  readonly list: <Row>(parse: RowParser<Row>, query: string, values: readonly unknown[]) => Promise<Row[]>;
  readonly close: () => Promise<void>;
}

const batch = 1_000;

/** Amounts are read as bigint; times as Date. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, BigInt);

/**
 * Opens a snapshot of a database, which lasts until `close`.
 *
 * @param name the database's name in messages.
 * @throws StartFault if the connection fails.
 */
export async function takeSnapshot(name: string, url: string): Promise<Snapshot> {
  const client = await connect(name, url);
  // A lost connection fails the current statement, which reports it.
  client.on('error', () => undefined);
  try {
    const takenAt = await begin(client);
    let cursors = 0;
    return {
      takenAt,
      stream: async (parse, query) => {
        cursors += 1;
        return await OrderedRows.open(fetchAll(client, `rows_${cursors}`, parse, query));
      },
      list: async (parse, query, values) => await parsedRows(client, parse, query, values),
      close: async () => await client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function connect(name: string, url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'verify',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types,
  });
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const { host } = new URL(url);
    throw new StartFault(
      `The ${name} database at ${host} cannot be read: ${errorText(cause)}. ` +
        'Is the system running, and was it started with this version?',
      { cause },
    );
  }
}

/** Starts the transaction. Queries are planned for all rows, and time-outs do not end a session that waits for others. */
async function begin(client: pg.Client): Promise<Date> {
  await client.query('begin isolation level repeatable read read only');
  await client.query('set local cursor_tuple_fraction = 1');
  await client.query('set local statement_timeout = 0');
  await client.query('set local idle_in_transaction_session_timeout = 0');
  const [clock] = await parsedRows(client, parseClock, 'select now()');
  return clock!.now;
}

const parseClock = rowParser<{ readonly now: Date }>('now()', { now: time });

async function parsedRows<Row>(
  client: pg.Client,
  parse: RowParser<Row>,
  query: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await client.query(query, [...values]);
  return rows.map(parse);
}

async function* fetchAll<Row>(
  client: pg.Client,
  cursor: string,
  parse: RowParser<Row>,
  query: string,
): AsyncGenerator<readonly Row[]> {
  await client.query(`declare ${cursor} no scroll cursor for ${query}`);
  for (;;) {
    const rows = await parsedRows(client, parse, `fetch ${batch} from ${cursor}`);
    if (rows.length > 0) yield rows;
    if (rows.length < batch) break;
  }
  await client.query(`close ${cursor}`);
}
