import { sql } from 'kysely';
import { z } from 'zod';
import { retryUntil } from '../process/retry.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { type Database, isTransient, refusesConnection } from './database.ts';
import { readRow, readRows } from './read-rows.ts';

/** A migration that this code needs has not been run. */
export class MigrationsPending extends Error {
  constructor(names: readonly string[]) {
    super(`The database lacks ${names.join(', ')}: run \`npm run migrate\`, then start again.`);
    this.name = 'MigrationsPending';
  }
}

/** The server does not let us in, or is not one that we may trust: that is for whoever runs it to mend. */
export class DatabaseRefuses extends Error {
  constructor(name: string, cause: unknown) {
    super(
      `${name.toUpperCase()}_DATABASE_URL: the database server refuses, or is not to be trusted: ${errorText(cause)}`,
      {
        cause,
      },
    );
    this.name = 'DatabaseRefuses';
  }
}

/**
 * Names of the migrations that this code has and the database has not run. The migrator would create the table that
 * records them where it is missing: that is for the owner of the database.
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
 * Waits for the database, however long it takes, and makes sure that it has the tables that this code needs.
 *
 * @throws MigrationsPending, DatabaseRefuses
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
