import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import pg from 'pg';

/**
 * Connections as BullMQ asks for them. Its statements are prepared, once per connection: all that they do is call
 * functions of the database, and reading them would cost as much. And whoever checks a connection out gets the same one
 * as all others: BullMQ does so for each worker, to listen on it, and with a connection each a job that is added would
 * wake as many sessions of the server as there are workers.
 */
export class QueuePool implements PgPool {
  readonly #pool: pg.Pool;
  readonly #names = new Map<string, string>();
  #shared: SharedConnection | null = null;

  constructor(config: pg.PoolConfig) {
    this.#pool = new pg.Pool(config);
    // Each queue and worker adds listeners of its own.
    this.#pool.setMaxListeners(0);
  }

  /** BullMQ looks here for `keepAlive`. */
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
    if (this.#shared === null || this.#shared.isOver) this.#shared = new SharedConnection(this.#pool);
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

type Listener = (given: never) => void;

/** A connection that several have checked out; it goes back when all have let go of it. */
class SharedConnection {
  readonly #client: Promise<pg.PoolClient>;
  readonly #users = new Set<object>();
  #lastAnswer: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(pool: pg.Pool) {
    this.#client = pool.connect();
    const over = () => {
      this.#isOver = true;
    };
    this.#client.then((client) => client.setMaxListeners(0).on('error', over), over);
  }

  /** Whether it is lost, or given back: the next one who asks needs another. */
  get isOver(): boolean {
    return this.#isOver;
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
      // One at a time, as a connection wants it.
      query: async (text, values = []) => {
        const answer = this.#lastAnswer.then(async () => await client.query(text, [...values]));
        this.#lastAnswer = answer.catch(() => undefined);
        return await answer;
      },
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
        this.#isOver = true;
        client.release(destroy);
      },
    };
    return checkedOut;
  }
}
