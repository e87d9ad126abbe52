import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WantedPort } from '#platform/http/listen.ts';
import { createLog, errorText, type Log } from '#platform/telemetry/log.ts';
import { buildWebIfStale, needsWebBuild } from '../../web/build.ts';
import { aborted } from './aborted.ts';
import { project, runCommand } from './command.ts';
import { type LauncherConfig, readConfig } from './config.ts';
import { dataFolderOf, mailFolderIn } from './data-folder.ts';
import { type DatabaseSource, databaseSource, prepareDatabases } from './databases.ts';
import { keptCipherKeys } from './cipher-keys.ts';
import { keepPostgres } from './keep-postgres.ts';
import { managementPortSettings, originOf, partNames, planParts, portSettings } from './parts.ts';
import { requireFreePorts } from './ports.ts';
import { reportProgress } from './progress.ts';
import { mayStillRun, type PostgresOptions } from './postgres.ts';
import { requireSettings } from './settings.ts';
import { startSystem, type System } from './system.ts';

/** The parts of a killed launcher finish their current work and end. */
const killedPartsLeaveMs = 10_000;

/** `npm start` runs the whole system on this machine until it receives a signal. */
await runCommand('start', async (signal) => {
  requireSettings(process.env);
  const config = readConfig();
  const source = databaseSource(process.env, 'start');
  const dataFolder = dataFolderOf(config.DATA_FOLDER, source.kind === 'none', project);
  const postgresOptions = { dataFolder: join(dataFolder, 'postgres'), port: config.POSTGRES_PORT, durable: true };
  await requirePorts(config, source, mayStillRun(postgresOptions.dataFolder));

  // Everything that was started is stopped in reverse order, also after an error.
  const started = new AsyncDisposableStack();
  try {
    await startAndWait({ config, source, dataFolder, postgresOptions, started, signal });
  } finally {
    await started.disposeAsync();
  }
});

interface Start {
  readonly config: LauncherConfig;
  readonly source: DatabaseSource;
  readonly dataFolder: string;
  readonly postgresOptions: PostgresOptions;
  readonly started: AsyncDisposableStack;
  readonly signal: AbortSignal;
}

async function startAndWait({ config, source, dataFolder, postgresOptions, started, signal }: Start): Promise<void> {
  const log = createLog('start', config.LOG_LEVEL);
  const progress = reportProgress((line) => process.stdout.write(line));
  if (needsWebBuild()) await progress.step('Building the web console', async () => await buildWeb(log));
  const bringPostgres = async () => {
    const postgres = await progress.step(
      postgresStep(postgresOptions),
      async () => await keepPostgres(postgresOptions, log),
    );
    started.defer(postgres.stop);
    return { kind: 'server', adminUrl: postgres.url } as const;
  };
  const given = source.kind === 'none' ? await bringPostgres() : source;
  const { urls: databases } = await progress.step(
    'Creating the databases that are missing, and migrating them',
    async () => await prepareDatabases(given, log, signal),
  );
  if (signal.aborted) return;

  const compileCache = process.env['NODE_COMPILE_CACHE'] ?? join(dataFolder, 'compile-cache');
  const inboxKey = inboxKeyOf(process.env);
  const parts = planParts({
    config,
    databases,
    environment: process.env,
    compileCache,
    mailFolder: mailFolderIn(dataFolder),
    inboxKey,
    cipherKeys: () => keptCipherKeys(dataFolder),
  });
  const system = startSystem(parts, { log, output: 'inherit' });
  started.defer(system.stop);
  await progress.step(
    `Starting the processes: ${partNames.join(', ')}`,
    async () => await Promise.race([system.ready, aborted(signal)]),
    () => awaitedParts(system),
  );
  if (signal.aborted) return;

  process.stdout.write(welcome(config, inboxKey));
  await aborted(signal);
  log.info('stopping');
}

function postgresStep({ dataFolder, port }: PostgresOptions): string {
  return existsSync(dataFolder)
    ? `Starting PostgreSQL on port ${port}`
    : `Creating a PostgreSQL server in ${dataFolder} and starting it on port ${port}`;
}

/** The system also starts without the console. */
async function buildWeb(log: Log): Promise<void> {
  await buildWebIfStale().catch((error: unknown) =>
    log.warn({ reason: errorText(error) }, 'the web console could not be built'),
  );
}

/** The parts that are not ready yet, with the reason, such as `router (its start)`. */
function awaitedParts({ processes }: System): string {
  return [...processes]
    .map(([name, { waitingFor }]) => ({ name, reason: waitingFor() }))
    .filter(({ reason }) => reason !== null)
    .map(({ name, reason }) => `${name} (${reason})`)
    .join(', ');
}

/** After a launcher was killed, its PostgreSQL may still run; this launcher then takes it over. */
async function requirePorts(config: LauncherConfig, { kind }: DatabaseSource, killed: boolean): Promise<void> {
  const wanted: WantedPort[] = [
    ...portSettings.map((setting) => ({ setting, host: config.HOST, port: config[setting] })),
    ...managementPortSettings.map((setting) => ({
      setting,
      host: config.MANAGEMENT_HOST,
      port: config[setting],
    })),
  ];
  const postgres = { setting: 'POSTGRES_PORT', host: '127.0.0.1', port: config.POSTGRES_PORT };
  if (kind === 'none' && !killed) wanted.push(postgres);
  await requireFreePorts(wanted, killed ? killedPartsLeaveMs : 0);
}

function isSet(setting: string | undefined): boolean {
  return setting !== undefined && setting !== '';
}

/** The key of the page that shows mail to customers; undefined if there is no such page. */
function inboxKeyOf({ SMTP_URL, TRUSTED_PROXIES, MAIL_INBOX_KEY }: NodeJS.ProcessEnv): string | undefined {
  if (isSet(SMTP_URL) || Number(TRUSTED_PROXIES ?? 0) > 0) return undefined;
  return isSet(MAIL_INBOX_KEY) ? MAIL_INBOX_KEY : randomBytes(16).toString('base64url');
}

function welcome(config: LauncherConfig, inboxKey: string | undefined): string {
  const link = (key: string) => `${originOf(config, 'router')}/mail?key=${encodeURIComponent(key)}`;
  const inbox = inboxKey === undefined ? '' : `\n    Mail to customers          ${link(inboxKey)}`;
  return `
  Everything runs.
    The web console            ${originOf(config, 'router')}/
    GraphQL and its explorer   ${originOf(config, 'router')}/graphql${inbox}
    Stop                       Ctrl-C

`;
}
