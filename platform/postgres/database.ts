import {
  type EntityManager,
  type EntitySchema,
  type EntitySchemaWithMeta,
  type InferEntity,
  type InferKyselyTable,
  MikroORM,
} from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { CamelCasePlugin, type Expression, type InsertType } from 'kysely';
import pg from 'pg';
import { measureOnScrape, poolConnections } from '../telemetry/metrics.ts';
import { type DatabaseMigration, withBriefLockWaits } from './brief-lock-waits.ts';
import { bindingDriver } from './orm-connection.ts';
import { PooledDialect } from './postgres-dialect.ts';

export type Manager = EntityManager;

/** The entities, migrations and connections that a subgraph declares for its database. */
export interface DatabaseDefinition {
  readonly entities: readonly EntitySchema[];
  readonly migrations: readonly DatabaseMigration[];
}

export interface DatabaseOptions {
  readonly url: string;
  /** The maximum number of connections of this process. */
  readonly poolSize: number;
  readonly applicationName: string;
  /** Whether connections prepare their statements, which not every pooler supports. Default: true. */
  readonly prepares?: boolean;
  /** Whether statements run without a time-out, as migrations do. */
  readonly isPatient?: boolean;
}

/**
 * A statement that takes longer has lost its server: a network can drop a connection without notifying the client.
 * The server's time-outs and other session settings come from the connecting role (deploy/local/role-settings.ts),
 * because a pooler refuses them as start-up parameters.
 */
const longestStatementMs = 15_000;

/** A connection pool and an entity manager. They connect at the first statement. */
export async function openDatabase(
  { entities, migrations }: DatabaseDefinition,
  options: DatabaseOptions,
): Promise<Database> {
  return await MikroORM.init({
    driver: bindingDriver,
    entities: [...entities],
    dbName: databaseNameOf(options.url),
    extensions: [Migrator],
    migrations: {
      migrationsList: migrations.toSorted((one, other) => (one.name < other.name ? -1 : 1)).map(withBriefLockWaits),
      // Each migration commits separately: one that changes a large table must not keep the locks of the others.
      allOrNothing: false,
      snapshot: false,
      silent: true,
    },
    ensureDatabase: false,
    allowGlobalContext: false,
    driverOptions: new PooledDialect({ pool: openPool(options), prepares: options.prepares ?? true }),
    logger: () => {},
  });
}

export type Database = MikroORM;

function openPool({ url, poolSize, applicationName, isPatient = false }: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    application_name: applicationName,
    max: poolSize,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    ...(isPatient ? {} : { query_timeout: longestStatementMs }),
  });
  // A lost connection fails the statement that uses it. Without a listener, its error event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  observePool(pool, databaseNameOf(url));
  return pool;
}

const databaseNameOf = (url: string) => new URL(url).pathname.slice(1);

function observePool(pool: pg.Pool, database: string): void {
  measureOnScrape(`pool of ${database}`, () =>
    Object.entries({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }).map(
      ([state, value]) => ({ gauge: poolConnections, labels: { database, state }, value }),
    ),
  );
}

/** The rows of an entity's table, by its properties. */
export type TableOf<Entity extends EntitySchemaWithMeta> = InferKyselyTable<
  Entity,
  { columnNamingStrategy: 'property' }
>;

/** A row with every property of an entity. A missing value is null. */
export type RowOf<Entity> = {
  readonly [Name in keyof InferEntity<Entity> & string]-?: Exclude<InferEntity<Entity>[Name], undefined>;
};

/**
 * Values or expressions for every column of an entity's table, except those that the database fills. An insert that
 * omits a column, such as one that a later version adds, does not compile.
 */
export type NewValues<Entity extends EntitySchemaWithMeta, FilledByDatabase extends keyof TableOf<Entity> = never> = {
  readonly [Name in Exclude<keyof TableOf<Entity>, FilledByDatabase>]-?: Exclude<
    InsertType<TableOf<Entity>[Name]> | Expression<unknown>,
    undefined
  >;
};

/** The columns of an entity's table, by name: a statement that names them can be prepared. */
export function columnsOf<Entity extends EntitySchemaWithMeta, Left extends keyof TableOf<Entity> & string = never>(
  { meta }: Entity,
  leftOut: readonly Left[] = [],
) {
  const names = Object.keys(meta.properties) as (keyof TableOf<Entity> & string)[];
  const isLeft = (name: string): name is Left => (leftOut as readonly string[]).includes(name);
  return names.filter((name): name is Exclude<typeof name, Left> => !isLeft(name));
}

/** Maps property names to column names in queries typed by `TableOf`. MikroORM's mapping took half of a page's time. */
export const propertyNames = new CamelCasePlugin({ maintainNestedObjectKeys: true });

/** Parses bigint columns as bigints, which money needs, and times as Dates. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, BigInt);

/** Whether the role, password or database is wrong (classes 28 and 3D), or TLS fails (an untrusted certificate). */
export function refusesConnection(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return /^(?:28|3D)/.test(state);
  if (!(error instanceof Error)) return false;
  const { code = '' } = error as { code?: string };
  return /^ERR_(?:TLS|SSL)|CERT|_SIGNATURE$/.test(code) || error.message.includes('does not support SSL');
}

/** The SQLSTATE of a PostgreSQL error, also of a wrapped one. Undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

/** Whether the statement broke this unique constraint. */
export function breaksUnique(error: unknown, constraint: string): boolean {
  return sqlState(error) === '23505' && (error as { constraint?: unknown }).constraint === constraint;
}

/** Whether the process's role lacks a right. An operator or a migration can grant it; the statement is correct. */
export function lacksRight(error: unknown): boolean {
  return sqlState(error) === '42501';
}

/** Whether the statement broke this check, of a table or of a trigger. */
export function breaksCheck(error: unknown, constraint: string): boolean {
  return sqlState(error) === '23514' && (error as { constraint?: unknown }).constraint === constraint;
}

/**
 * Whether the same statement may succeed later. The connection was lost or refused, the server is starting,
 * stopping or out of resources, or the transaction lost a race (classes 08, 40, 53, 55, 57 and 58 of
 * PostgreSQL's appendix A; ECONN… and the like of Node).
 */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined && !state.startsWith('E'))
    return /^(?:08|40|53|55|57|58)/.test(state) || state === '25006' || state === '25P03';
  const text = error instanceof Error ? `${(error as { code?: string }).code ?? ''} ${error.message}` : String(error);
  return /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Connection ended unexpectedly|not queryable/i.test(
    text,
  );
}
