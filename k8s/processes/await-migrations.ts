import { runCommand } from '#local/command.ts';
import { MigrationsPending, pendingMigrations } from '#platform/postgres/database-ready.ts';
import { type DatabaseDefinition, openDatabase } from '#platform/postgres/database.ts';
import { createLog, errorText } from '#platform/telemetry/log.ts';
import { retryUntil } from '#platform/process/retry.ts';
import { readConfig } from './config.ts';

const definitions: Readonly<Record<string, () => Promise<DatabaseDefinition>>> = {
  USER: async () => (await import('#user/database.ts')).database,
  BILLING: async () => (await import('#billing/database.ts')).database,
  ORDER: async () => (await import('#order/database.ts')).database,
  NOTIFICATION: async () => (await import('#notification/database.ts')).database,
};

/**
 * Ends when the databases that it is given have all that this code needs: before that a process would refuse to
 * start. It waits for whatever is missing, the server, the database, its role or the role's rights, since the migration
 * makes them all.
 */
await runCommand('await-migrations', async (signal) => {
  const log = createLog('await-migrations', 'info');
  for (const [setting, url] of Object.entries(readConfig() as Record<string, string>)) {
    const definition = await definitions[setting.split('_')[0]!]!();
    await retryUntil(async () => await requireMigrated(definition, url), {
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
