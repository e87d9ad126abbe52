import { Client } from 'pg';
import { isTransient } from '#platform/database.ts';
import { errorText, type Log } from '#platform/log.ts';
import { retryUntil } from '#platform/retry.ts';
import { redisSettings, routerRedisSettings } from '#platform/redis.ts';
import { postgresUrl, readSettings } from '#platform/settings.ts';
import {
  type Credential,
  credentialsOf,
  type DatabaseName,
  databaseNames,
  type GivenUrls,
  settingOf,
  settingsOf,
  subgraphDatabases,
} from './credentials.ts';
import { migrateAll } from './migrations.ts';
import { provision } from './provision.ts';
import { StartFault } from './start-fault.ts';

const serverSettings = { DATABASE_URL: postgresUrl.optional(), ...redisSettings, ...routerRedisSettings };

/** The addresses of databases that are given one by one. */
const addresses = databaseNames.flatMap((name) =>
  credentialsOf(name)
    .filter((credential) => credential !== 'verifier')
    .map((credential) => ({ name, credential, setting: settingOf(name, credential) })),
);
const addressSettings = Object.fromEntries(addresses.map(({ setting }) => [setting, postgresUrl.optional()]));

export const databaseSettings = { ...serverSettings, ...addressSettings };

/** Where the databases come from: each is given, or a server is, on which they are made, or nothing is. */
export type DatabaseSource =
  | { readonly kind: 'each'; readonly urls: GivenUrls }
  | { readonly kind: 'server'; readonly adminUrl: string }
  | { readonly kind: 'none' };

/** What a command needs of databases that are given one by one. */
const needs = {
  start: { names: [...subgraphDatabases, 'jobs'], credentials: ['owner', 'service', 'worker', 'listener'] },
  migrate: { names: [...subgraphDatabases, 'jobs'], credentials: ['owner'] },
  'dead-letters': { names: ['user', 'billing', 'order'], credentials: ['worker'] },
  verify: { names: [], credentials: [] },
  attack: { names: [], credentials: [] },
} as const satisfies Readonly<
  Record<string, { readonly names: readonly DatabaseName[]; readonly credentials: readonly Credential[] }>
>;

export type DatabaseCommand = keyof typeof needs;

/**
 * One database that is given asks for all of them, for each role that the command needs. The router's is optional: it
 * is for several routers without Redis. The jobs' is not needed where they are on Redis.
 *
 * @throws SettingsFault
 */
export function databaseSource(environment: NodeJS.ProcessEnv, command: DatabaseCommand): DatabaseSource {
  const { DATABASE_URL: adminUrl, REDIS_URL: redis } = readSettings(serverSettings, environment);
  if (addresses.every(({ setting }) => (environment[setting] ?? '') === '')) {
    return adminUrl === undefined ? { kind: 'none' } : { kind: 'server', adminUrl };
  }
  const names: readonly DatabaseName[] = needs[command].names;
  const credentials: readonly Credential[] = needs[command].credentials;
  const required = addresses.filter(
    ({ name, credential }) =>
      names.includes(name) && credentials.includes(credential) && (name !== 'jobs' || redis === undefined),
  );
  const settings = { ...addressSettings, ...Object.fromEntries(required.map(({ setting }) => [setting, postgresUrl])) };
  const given: Readonly<Record<string, string | undefined>> = readSettings(settings, environment);
  return { kind: 'each', urls: urlsIn(given) };
}

function urlsIn(given: Readonly<Record<string, string | undefined>>): GivenUrls {
  const urls: Partial<Record<DatabaseName, Partial<Record<Credential, string>>>> = {};
  for (const { name, credential, setting } of addresses) {
    const url = given[setting];
    if (url !== undefined) (urls[name] ??= {})[credential] = url;
  }
  return urls;
}

export interface PreparedDatabases {
  readonly urls: GivenUrls;
  /** The names of the migrations that have run. */
  readonly migrations: readonly string[];
}

/**
 * Waits for the servers, however long it takes, and makes and migrates the databases.
 *
 * @throws StartFault where a server refuses us.
 */
export async function prepareDatabases(
  source: Exclude<DatabaseSource, { kind: 'none' }>,
  log: Log,
  signal: AbortSignal,
): Promise<PreparedDatabases> {
  if (source.kind === 'server') await serverAnswers('DATABASE_URL', source.adminUrl, log, signal);
  const urls: GivenUrls = source.kind === 'server' ? await provision(source.adminUrl) : source.urls;
  for (const [setting, url] of Object.entries(settingsOf(urls))) await serverAnswers(setting, url, log, signal);
  return { urls, migrations: await migrateAll(urls) };
}

async function serverAnswers(setting: string, url: string, log: Log, signal: AbortSignal): Promise<void> {
  const { host } = new URL(url);
  try {
    await retryUntil(async () => await connectOnce(url), {
      signal,
      retry: isTransient,
      failed: (error, retryInMs) =>
        log.warn({ setting, host, retryInMs, reason: errorText(error) }, 'the database server cannot be reached'),
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new StartFault(`${setting}: the database server at ${host} refuses: ${errorText(cause)}`, { cause });
  }
}

async function connectOnce(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}
