import { sql } from 'kysely';
import { z } from 'zod';
import { retryUntil } from '../process/retry.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { type Database, isTransient, refusesConnection } from './database.ts';
import { readRow, readRows } from './read-rows.ts';

/** The database lacks a migration that this code needs. */
export class MigrationsPending extends Error {
  constructor(names: readonly string[]) {
    super(`The database lacks ${names.join(', ')}: run \`npm run migrate\`, then start again.`);
    this.name = 'MigrationsPending';
  }
}

/** The server refuses the connection, or its certificate is not trusted. The operator must fix this. */
export class DatabaseRefuses extends Error {
  constructor(name: string, cause: unknown) {
    super(
      `${name.toUpperCase()}_DATABASE_URL: the database server refuses the connection, or is not trusted: ${errorText(cause)}`,
      {
        cause,
      },
    );
    this.name = 'DatabaseRefuses';
  }
}

/**
 * The names of this code's migrations that have not run in the database. It reads the table of migrations directly,
 * because the migrator would create a missing table, which only the database's owner may do.
 */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const known = (database.config.get('migrations').migrationsList ?? []).map(({ name }) => name);
  const em = database.em.fork();
  const { readable } = await readRow(
    em,
    z.object({ readable: z.boolean() }),
    sql`select coalesce(has_table_privilege(to_regclass('mikro_orm_migrations'), 'select'), false) as readable`,
  );
  if (!readable) return known;
  const executed = await readRows(em, z.object({ name: z.string() }), sql`select name from mikro_orm_migrations`);
  return known.filter((name) => executed.every((migration) => migration.name !== name));
}

/**
 * Waits without a limit until the database accepts connections, then checks that it has every migration of this code.
 *
 * @throws MigrationsPending if a migration has not run; DatabaseRefuses if the server refuses the connection.
 */
export async function databaseReady(database: Database, name: string, log: Log, signal: AbortSignal): Promise<void> {
  const look = async () => {
    try {
      return await pendingMigrations(database);
    } catch (error) {
      throw refusesConnection(error) ? new DatabaseRefuses(name, error) : error;
    }
  };
  const pending = await retryUntil(look, {
    signal,
    retry: isTransient,
    failed: (error, delayMs) =>
      log.warn(
        { database: name, retryInMs: delayMs, reason: errorText(error) },
        `the ${name} database cannot be reached`,
      ),
  });
  if (pending.length > 0) throw new MigrationsPending(pending);
}
