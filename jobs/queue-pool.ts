import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import pg from 'pg';
import { breakWhenSilent } from '#platform/postgres/silent-connections.ts';

/**
 * The connection pool for BullMQ. It differs from a plain pool in two ways:
 * - It prepares each statement once per connection. BullMQ's statements only call functions of the database. To parse
 *   them would cost as much as to execute them.
 * - All callers of `connect` share one connection. BullMQ checks out a connection for each worker to listen on. With
 *   separate connections, each added job would wake one PostgreSQL session per worker.
 */
export class QueuePool implements PgPool {
  readonly #pool: pg.Pool;
  readonly #names = new Map<string, string>();
  #shared: SharedConnection | null = null;

  constructor(config: pg.PoolConfig) {
    this.#pool = new pg.Pool(config);
    // Each queue and each worker adds its own listeners.
    this.#pool.setMaxListeners(0);
  }

  /** BullMQ reads `keepAlive` from these options. */
  get options(): pg.PoolOptions {
    return this.#pool.options;
  }

  async query<Row = unknown>(text: string, values: readonly unknown[] = []): Promise<PgQueryResult<Row>> {
    return await this.#pool.query<Row & pg.QueryResultRow>({ name: this.#nameOf(text), text, values: [...values] });
  }

  #nameOf(text: string): string {
    const name = this.#names.get(text) ?? `queue_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }

  async connect(): Promise<PgPoolClient> {
    if (this.#shared === null || this.#shared.isClosed) this.#shared = new SharedConnection(this.#pool);
    return await this.#shared.checkOut();
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }

  on(event: string, listener: Listener): this {
    this.#pool.on(event as 'error', listener as (error: Error) => void);
    return this;
  }

  removeAllListeners(event?: string): this {
    this.#pool.removeAllListeners(event);
    return this;
  }
}

type Listener = (argument: never) => void;

/** A connection that several users check out. It returns to the pool when the last user releases it. */
class SharedConnection {
  readonly #client: Promise<pg.PoolClient>;
  readonly #users = new Set<object>();
  #lastResult: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(pool: pg.Pool) {
    this.#client = this.#open(pool);
  }

  async #open(pool: pg.Pool): Promise<pg.PoolClient> {
    try {
      const client = await pool.connect();
      client.setMaxListeners(0).on('error', () => {
        this.#isClosed = true;
      });
      breakWhenSilent(client, async (text) => await this.#queryInTurn(client, text));
      return client;
    } catch (error) {
      this.#isClosed = true;
      throw error;
    }
  }

  /** Whether the connection was lost or released. The next user then needs a new one. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  async checkOut(): Promise<PgPoolClient> {
    const user = {};
    this.#users.add(user);
    const client = await this.#client;
    let listeners: { readonly event: string; readonly listener: Listener }[] = [];
    const stop = (stopped: typeof listeners) => {
      for (const { event, listener } of stopped) client.removeListener(event, listener as () => void);
      listeners = listeners.filter((one) => !stopped.includes(one));
    };
    const checkedOut: PgPoolClient = {
      query: async (text, values = []) => await this.#queryInTurn(client, text, values),
      on: (event: string, listener: Listener) => {
        client.on(event as 'error', listener as () => void);
        listeners.push({ event, listener });
        return checkedOut;
      },
      removeListener: (_event, listener) => {
        stop(listeners.filter((one) => one.listener === listener));
        return checkedOut;
      },
      removeAllListeners: (event) => {
        stop(listeners.filter((one) => event === undefined || event === one.event));
        return checkedOut;
      },
      release: (destroy) => {
        checkedOut.removeAllListeners();
        if (!this.#users.delete(user) || this.#users.size > 0) return;
        this.#isClosed = true;
        client.release(destroy);
      },
    };
    return checkedOut;
  }

  /** A PostgreSQL connection executes one statement at a time. */
  async #queryInTurn(client: pg.PoolClient, text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
    const result = this.#lastResult.then(async () => await client.query(text, [...values]));
    this.#lastResult = result.catch(() => undefined);
    return await result;
  }
}
