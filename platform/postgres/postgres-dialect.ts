import {
  type CompiledQuery,
  type DatabaseConnection,
  PostgresDialect,
  PostgresDriver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';
import { injectCommitFaults, type StatementHook } from './commit-faults.ts';
import { preparedName } from './prepare-statements.ts';
import { isRecordingTraces } from '../telemetry/trace.ts';
import { traceStatement } from './trace-statements.ts';

export interface PooledDialectOptions {
  readonly pool: pg.Pool;
  /** Whether connections prepare their statements. */
  readonly prepares: boolean;
}

/** Kysely's PostgreSQL dialect on this project's pool, for MikroORM's `driverOptions`. */
export class PooledDialect extends PostgresDialect {
  readonly #options: PooledDialectOptions;

  constructor(options: PooledDialectOptions) {
    super({ pool: options.pool });
    this.#options = options;
  }

  override createDriver(): PooledDriver {
    return new PooledDriver(this.#options);
  }
}

/**
 * Releases the connection of a transaction that cannot begin or roll back. Kysely 0.29 releases the connection of a
 * transaction that MikroORM starts (`startTransaction`) only after a successful commit or rollback. Both fail when the
 * server crashes, and each failure would cost the pool a connection forever.
 */
class PooledDriver extends PostgresDriver {
  readonly #options: PooledDialectOptions;

  constructor(options: PooledDialectOptions) {
    super({ pool: options.pool });
    this.#options = options;
  }

  override async acquireConnection(): Promise<PooledConnection> {
    const { pool, prepares } = this.#options;
    return new PooledConnection(await pool.connect(), prepares);
  }

  override async beginTransaction(connection: PooledConnection, settings: TransactionSettings): Promise<void> {
    try {
      await super.beginTransaction(connection, settings);
    } catch (error) {
      connection.discard();
      throw error;
    }
  }

  override async rollbackTransaction(connection: PooledConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      connection.discard();
      throw error;
    }
  }

  override async releaseConnection(connection: DatabaseConnection): Promise<void> {
    // Kysely does not export the type. This driver creates every connection, so the cast is safe.
    (connection as PooledConnection).release();
  }
}

/** A connection while it is checked out of the pool. */
class PooledConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  readonly #prepares: boolean;
  readonly #injectFaults: StatementHook | null = injectCommitFaults();
  #isCheckedOut = true;

  constructor(client: pg.PoolClient, prepares: boolean) {
    this.#client = client;
    this.#prepares = prepares;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const send = () => this.#send(sql, parameters);
    const sendWithFaults = this.#injectFaults === null ? send : () => this.#injectFaults!(sql, send);
    const { command, rowCount, rows } = await (isRecordingTraces()
      ? traceStatement(sql, sendWithFaults)
      : sendWithFaults());
    const changed = changingCommands.has(command) && rowCount !== null ? { numAffectedRows: BigInt(rowCount) } : {};
    return { ...changed, rows: rows as Row[] };
  }

  async #send(text: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    const name = this.#prepares ? preparedName(text) : null;
    const values = [...parameters];
    try {
      return await this.#client.query(name === null ? { text, values } : { name, text, values });
    } catch (error) {
      // The server may still run the statement, so no other statement may use the connection.
      if (isReadTimeout(error)) this.discard();
      throw error;
    }
  }

  streamQuery(): never {
    throw new Error('Streaming is not supported: read pages instead.');
  }

  /** Returns the connection to the pool, unless it was discarded. */
  release(): void {
    this.#endCheckout(false);
  }

  /** Closes the connection; the pool opens another one when it needs it. */
  discard(): void {
    this.#endCheckout(true);
  }

  #endCheckout(destroy: boolean): void {
    if (!this.#isCheckedOut) return;
    this.#isCheckedOut = false;
    this.#client.release(destroy);
  }
}

const changingCommands: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function isReadTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}
