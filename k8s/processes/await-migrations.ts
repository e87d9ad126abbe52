import { runCommand } from '#local/command.ts';
import { withLock } from '#local/migrations.ts';
import { type DatabaseDefinition, MigrationsPending, openDatabase, pendingMigrations } from '#platform/database.ts';
import { createLog, errorText } from '#platform/log.ts';
import { retryUntil } from '#platform/retry.ts';
import { readConfig } from './config.ts';

const definitions: Readonly<Record<keyof ReturnType<typeof readConfig>, () => Promise<DatabaseDefinition>>> = {
  USER_DATABASE_URL: async () => (await import('#user/database.ts')).database,
  BILLING_DATABASE_URL: async () => (await import('#billing/database.ts')).database,
  ORDER_DATABASE_URL: async () => (await import('#order/database.ts')).database,
  NOTIFICATION_DATABASE_URL: async () => (await import('#notification/database.ts')).database,
};

/**
 * Ends when the databases that it is given have all that this code needs: before that a process would refuse to
 * start. It waits for whatever is missing, the server, the database or its role, since the migration makes them all.
 */
await runCommand('await-migrations', async (signal) => {
  const log = createLog('await-migrations', 'info');
  const config = readConfig();
  for (const setting of Object.keys(config) as (keyof typeof config)[]) {
    const url = config[setting]!;
    const definition = await definitions[setting]();
    await retryUntil(async () => await withLock(url, async () => await requireMigrated(definition, url)), {
      signal,
      retry: () => true,
      failed: (error, retryInMs) => log.info({ setting, retryInMs, waitingFor: errorText(error) }, 'waiting'),
    });
    log.info({ setting }, 'migrated');
  }
});

async function requireMigrated(definition: DatabaseDefinition, url: string): Promise<void> {
  const database = await openDatabase(definition, { url, poolSize: 1, applicationName: 'await-migrations' });
  try {
    const pending = await pendingMigrations(database);
    if (pending.length > 0) throw new MigrationsPending(pending);
  } finally {
    await database.close();
  }
}
