import { createLog } from '#platform/telemetry/log.ts';
import { processSettings, readSettings } from '#platform/process/settings.ts';
import { runCommand } from './command.ts';
import { databaseSource, prepareDatabases } from './databases.ts';
import { StartFault } from './start-fault.ts';

/**
 * `npm run migrate`: brings the databases to what this code needs; those that are given, each for the role that
 * owns it, or those on the server of DATABASE_URL, which it makes first.
 */
await runCommand('migrate', async (signal) => {
  const source = databaseSource(process.env, 'migrate');
  if (source.kind === 'none') {
    throw new StartFault(
      'Set DATABASE_URL, or USER_OWNER_DATABASE_URL and the others (.env.example says what each means).',
    );
  }
  const log = createLog('migrate', readSettings(processSettings, process.env).LOG_LEVEL);
  const { urls, migrations } = await prepareDatabases(source, log, signal);
  const names = Object.keys(urls).join(', ');
  const ran = migrations.map((name) => `  ${name}\n`).join('');
  process.stdout.write(
    ran === '' ? `${names}: nothing was left to migrate.\n` : `${names}: migrated. What has run:\n${ran}`,
  );
});
