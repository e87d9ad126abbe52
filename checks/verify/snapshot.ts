import pg from 'pg';
import { StartFault } from '#local/start-fault.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { OrderedRows } from './ordered-rows.ts';

/** A database as it was at one moment, whatever is written meanwhile. */
export interface Snapshot {
  readonly takenAt: Date;
  /** The rows of a query in the query's order, a thousand at a time, so that memory is bounded. */
  readonly stream: <Row extends pg.QueryResultRow>(query: string) => Promise<OrderedRows<Row>>;
  /** All rows of a query, for answers that are bounded. */
  readonly rows: <Row extends pg.QueryResultRow>(query: string, values: readonly unknown[]) => Promise<Row[]>;
  readonly close: () => Promise<void>;
}

const batch = 1_000;

/** Amounts become bigints, as money needs; times become Dates. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, BigInt);

/**
 * Holds a database as it is now, until it is closed.
 *
 * @param name what messages call it.
 * @throws StartFault where the server does not let us in.
 */
export async function takeSnapshot(name: string, url: string): Promise<Snapshot> {
  const client = await connect(name, url);
  // A lost connection is told by the statement that it fails.
  client.on('error', () => undefined);
  try {
    const takenAt = await begin(client);
    let cursors = 0;
    return {
      takenAt,
      stream: async (query) => {
        cursors += 1;
        return await OrderedRows.open(fetchAll(client, `rows_${cursors}`, query));
      },
      rows: async <Row extends pg.QueryResultRow>(query: string, values: readonly unknown[]) =>
        (await client.query<Row>(query, [...values])).rows,
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
        'Is the system running, and was it started once since this command is there?',
      { cause },
    );
  }
}

/** Plans for all rows, not for the first few; a server that ends idle sessions must not end one that waits its turn. */
async function begin(client: pg.Client): Promise<Date> {
  await client.query('begin isolation level repeatable read read only');
  await client.query('set local cursor_tuple_fraction = 1');
  await client.query('set local statement_timeout = 0');
  await client.query('set local idle_in_transaction_session_timeout = 0');
  const { rows } = await client.query<{ now: Date }>('select now()');
  return rows[0]!.now;
}

async function* fetchAll<Row extends pg.QueryResultRow>(
  client: pg.Client,
  cursor: string,
  query: string,
): AsyncGenerator<readonly Row[]> {
  await client.query(`declare ${cursor} no scroll cursor for ${query}`);
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${batch} from ${cursor}`);
    if (rows.length > 0) yield rows;
    if (rows.length < batch) break;
  }
  await client.query(`close ${cursor}`);
}
