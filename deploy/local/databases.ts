import { isTransient, refusesConnection, sqlState } from '#platform/postgres/database.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { retryUntil } from '#platform/process/retry.ts';
import { redisSettings, routerRedisSettings } from '#platform/messaging/redis.ts';
import { postgresUrl, readSettings } from '#platform/process/settings.ts';
import { outboxOwners, subgraphNames, tokenIssuer } from '#subgraphs/manifest.ts';
import { connected } from './connected.ts';
import {
  type Credential,
  credentialsOf,
  type DatabaseName,
  databaseNames,
  defaultPrefix,
  type GivenUrls,
  settingOf,
  settingsOf,
} from './credentials.ts';
import { migrateDatabase } from './migrations.ts';
import { provision } from './provision.ts';
import { StartFault } from './start-fault.ts';
import type { Turn } from './take-turn.ts';

const serverSettings = { DATABASE_URL: postgresUrl.optional(), ...redisSettings, ...routerRedisSettings };

/** The credentials that a setting of its own can give, such as BILLING_WORKER_DATABASE_URL. */
const separateUrls = databaseNames.flatMap((name) =>
  credentialsOf(name)
    .filter((credential) => credential !== 'verifier')
    .map((credential) => ({ name, credential, setting: settingOf(name, credential) })),
);
const urlSettings = Object.fromEntries(separateUrls.map(({ setting }) => [setting, postgresUrl.optional()]));

export const databaseSettings = { ...serverSettings, ...urlSettings };

/** The settings name each database, or a server on which to create the databases, or neither. */
export type DatabaseSource =
  | { readonly kind: 'each'; readonly urls: GivenUrls }
  | { readonly kind: 'server'; readonly adminUrl: string }
  | { readonly kind: 'none' };

/** The databases and credentials that a command requires if the settings name each database. */
const needs = {
  start: { names: [...subgraphNames, 'jobs'], credentials: ['owner', 'service', 'worker', 'listener'] },
  migrate: { names: [...subgraphNames, 'jobs'], credentials: ['owner'] },
  'dead-letters': { names: outboxOwners, credentials: ['operator'] },
  backup: { names: subgraphNames, credentials: ['owner'] },
  restore: { names: [...subgraphNames, 'jobs'], credentials: ['owner'] },
  operators: { names: [tokenIssuer], credentials: ['operator'] },
  verify: { names: [], credentials: [] },
  attack: { names: [], credentials: [] },
} as const satisfies Readonly<
  Record<string, { readonly names: readonly DatabaseName[]; readonly credentials: readonly Credential[] }>
>;

export type DatabaseCommand = keyof typeof needs;

/**
 * Reads which databases the settings name. If they name one, they must name all, for each credential that the command
 * requires. The router's database is optional: only several routers without Redis need it. With Redis, the jobs need no
 * database.
 *
 * @throws SettingsFault if a required setting is missing or malformed.
 */
export function databaseSource(environment: NodeJS.ProcessEnv, command: DatabaseCommand): DatabaseSource {
  const { DATABASE_URL: adminUrl, REDIS_URL: redis } = readSettings(serverSettings, environment);
  if (separateUrls.every(({ setting }) => (environment[setting] ?? '') === '')) {
    return adminUrl === undefined ? { kind: 'none' } : { kind: 'server', adminUrl };
  }
  const names: readonly DatabaseName[] = needs[command].names;
  const credentials: readonly Credential[] = needs[command].credentials;
  const required = separateUrls.filter(
    ({ name, credential }) =>
      names.includes(name) && credentials.includes(credential) && (name !== 'jobs' || redis === undefined),
  );
  const settings = { ...urlSettings, ...Object.fromEntries(required.map(({ setting }) => [setting, postgresUrl])) };
  const given: Readonly<Record<string, string | undefined>> = readSettings(settings, environment);
  return { kind: 'each', urls: urlsIn(given) };
}

function urlsIn(given: Readonly<Record<string, string | undefined>>): GivenUrls {
  const urls: Partial<Record<DatabaseName, Partial<Record<Credential, string>>>> = {};
  for (const { name, credential, setting } of separateUrls) {
    const url = given[setting];
    if (url !== undefined) (urls[name] ??= {})[credential] = url;
  }
  return urls;
}

export interface PreparedDatabases {
  readonly urls: GivenUrls;
  /** The names of the migrations that this call has run. */
  readonly migrations: readonly string[];
}

/**
 * Creates and migrates the databases. Waits without limit for servers that are unreachable or read-only. Repeats a step
 * if it loses a connection: each step is idempotent.
 *
 * @throws StartFault if a server refuses a connection or a statement. It then stops waiting for the other servers.
 */
export async function prepareDatabases(
  source: Exclude<DatabaseSource, { kind: 'none' }>,
  log: Log,
  signal: AbortSignal,
): Promise<PreparedDatabases> {
  const urls = source.kind === 'server' ? await provisionServer(source.adminUrl, log, signal) : source.urls;
  await concurrently(signal, databaseNames, async (name, ending) => {
    for (const [setting, url] of Object.entries(settingsOf({ [name]: urls[name] }))) {
      await retrying({ setting, url, log, signal: ending }, async () => await connected(url, async () => undefined));
    }
  });
  const migrations = await concurrently(signal, databaseNames, async (name, ending) => {
    const url = urls[name]?.owner;
    if (url === undefined) return [];
    const server = { setting: settingOf(name, 'owner'), url, log, signal: ending };
    return await retrying(server, async (turn) => await migrateDatabase(name, url, turn));
  });
  return { urls, migrations: migrations.flat().toSorted() };
}

async function provisionServer(url: string, log: Log, signal: AbortSignal): Promise<GivenUrls> {
  const server = { setting: 'DATABASE_URL', url, log, signal };
  return await retrying(server, async (turn) => await provision(url, defaultPrefix, turn));
}

interface Server {
  /** The setting that the URL comes from. */
  readonly setting: string;
  readonly url: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Retries the work while its server is unreachable or not ready, and logs the server's setting and host. */
async function retrying<Result>(
  { setting, url, log, signal }: Server,
  work: (turn: Turn) => Promise<Result>,
): Promise<Result> {
  const { host } = new URL(url);
  const waiting = () => log.info({ setting, host }, 'waiting for another process that prepares the database');
  try {
    return await retryUntil(async () => await work({ signal, waiting }), {
      signal,
      retry: isTransient,
      failed: (error, retryInMs) =>
        log.warn({ setting, host, retryInMs, reason: errorText(error) }, 'the database server is not ready'),
    });
  } catch (cause) {
    if (signal.aborted || (sqlState(cause) === undefined && !refusesConnection(cause))) throw cause;
    throw new StartFault(`${setting}: the database server at ${host} refuses: ${errorText(cause)}`, { cause });
  }
}

/** Does the work for all items concurrently. If one fails, the signal of the others aborts. */
async function concurrently<Item, Result>(
  signal: AbortSignal,
  items: readonly Item[],
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const failed = new AbortController();
  const ending = AbortSignal.any([signal, failed.signal]);
  return await Promise.all(
    items.map(async (item) => {
      try {
        return await work(item, ending);
      } catch (error) {
        failed.abort();
        throw error;
      }
    }),
  );
}
