import { createLog } from '#platform/telemetry/log.ts';
import { processSettings, readSettings } from '#platform/process/settings.ts';
import { runCommand } from './command.ts';
import { databaseSource, prepareDatabases } from './databases.ts';
import { StartFault } from './start-fault.ts';

/**
 * `npm run migrate` runs the migrations that this code needs. It connects to each database as its owner, with the URLs
 * in the settings. With DATABASE_URL, it first creates the databases on that server.
 */
await runCommand('migrate', async (signal) => {
  const source = databaseSource(process.env, 'migrate');
  if (source.kind === 'none') {
    throw new StartFault(
      'Set DATABASE_URL, or USER_OWNER_DATABASE_URL and the other owners (.env.example explains each).',
    );
  }
  const log = createLog('migrate', readSettings(processSettings, process.env).LOG_LEVEL);
  const { urls, migrations } = await prepareDatabases(source, log, signal);
  const names = Object.keys(urls).join(', ');
  const ran = migrations.map((name) => `  ${name}\n`).join('');
  process.stdout.write(
    ran === '' ? `${names}: already up to date.\n` : `${names}: migrated. These migrations ran:\n${ran}`,
  );
});
