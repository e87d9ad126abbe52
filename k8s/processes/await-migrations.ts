import { runCommand } from '#local/command.ts';
import { MigrationsPending, pendingMigrations } from '#platform/postgres/database-ready.ts';
import { type DatabaseDefinition, openDatabase } from '#platform/postgres/database.ts';
import { createLog, errorText } from '#platform/telemetry/log.ts';
import { retryUntil } from '#platform/process/retry.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { loadDatabase } from '#subgraphs/load.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { readConfig } from './config.ts';

/**
 * Waits until the databases in its settings have the migrations that this code needs: processes refuse to start before
 * that. It also waits for the database, its roles and their rights, which the migration creates.
 */
await runCommand('await-migrations', async (signal) => {
  const log = createLog('await-migrations', 'info');
  for (const [setting, url] of Object.entries(readConfig() as Record<string, string>)) {
    const definition = await loadDatabase(nameOf(setting));
    await retryUntil(async () => await requireMigrated(definition, url), {
      signal,
      retry: () => true,
      failed: (error, retryInMs) => log.info({ setting, retryInMs, waitingFor: errorText(error) }, 'waiting'),
    });
    log.info({ setting }, 'migrated');
  }
});

/** The subgraph of a setting with a database URL. */
function nameOf(setting: string): SubgraphName {
  return subgraphNames.find((name) => setting.startsWith(settingName(name, '')))!;
}

async function requireMigrated(definition: DatabaseDefinition, url: string): Promise<void> {
  const database = await openDatabase(definition, { url, poolSize: 1, applicationName: 'await-migrations' });
  try {
    const pending = await pendingMigrations(database);
    if (pending.length > 0) throw new MigrationsPending(pending);
  } finally {
    await database.close();
  }
}
