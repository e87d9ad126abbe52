import { join, resolve } from 'node:path';
import { createLog } from '#platform/log.ts';
import { aborted } from './aborted.ts';
import { project, runCommand } from './command.ts';
import { type LauncherConfig, readConfig } from './config.ts';
import { defaultDataFolder } from './data-folder.ts';
import { databaseSource, prepareDatabases } from './databases.ts';
import { keepPostgres } from './keep-postgres.ts';
import { originOf, planParts, portSettings } from './parts.ts';
import { requireFreePorts } from './ports.ts';
import { requireSettings } from './settings.ts';
import { startSystem } from './system.ts';

/** `npm start`: the whole system on this machine, until it is told to stop. */
await runCommand('start', async (signal) => {
  requireSettings(process.env);
  const config = readConfig();
  const source = databaseSource(process.env);
  await requireFreePorts(config.HOST, portsOf(config));

  const log = createLog('start', config.LOG_LEVEL);
  const dataFolder = dataFolderOf(config, source.kind === 'none');
  // What is started is stopped in the opposite order, however this ends.
  await using started = new AsyncDisposableStack();
  const serve = async () => {
    const postgres = await keepPostgres(
      { dataFolder: join(dataFolder, 'postgres'), port: config.POSTGRES_PORT, durable: true },
      log,
    );
    started.defer(postgres.stop);
    return { kind: 'server', adminUrl: postgres.url } as const;
  };
  const databases = await prepareDatabases(source.kind === 'none' ? await serve() : source, log, signal);
  if (signal.aborted) return;

  const compileCache = join(dataFolder, 'compile-cache');
  const parts = planParts({ config, databases, environment: process.env, compileCache });
  const system = startSystem(parts, { log, output: 'inherit' });
  started.defer(system.stop);
  await Promise.race([system.ready, aborted(signal)]);
  if (signal.aborted) return;

  process.stdout.write(welcome(config));
  await aborted(signal);
  log.info('stopping');
});

function portsOf(config: LauncherConfig): Record<string, number> {
  return Object.fromEntries(Object.values(portSettings).map((setting) => [setting, config[setting]]));
}

/** Only PostgreSQL of our own asks for a place that another user can reach. */
function dataFolderOf({ DATA_FOLDER }: LauncherConfig, ownPostgres: boolean): string {
  if (DATA_FOLDER !== undefined) return resolve(DATA_FOLDER);
  return ownPostgres ? defaultDataFolder(project) : join(project, '.data');
}

function welcome(config: LauncherConfig): string {
  return `
  Everything runs.
    GraphQL and its explorer   ${originOf(config, 'router')}/graphql
    Stop                       Ctrl-C

`;
}
