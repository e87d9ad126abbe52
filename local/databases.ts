import { Client } from 'pg';
import { isTransient } from '#platform/database.ts';
import { errorText, type Log } from '#platform/log.ts';
import { retryUntil } from '#platform/retry.ts';
import { redisSettings } from '#platform/redis.ts';
import { postgresUrl, readSettings } from '#platform/settings.ts';
import { migrateAll } from './migrations.ts';
import { type DatabaseUrls, provision } from './provision.ts';
import { StartFault } from './start-fault.ts';

const serverSettings = { DATABASE_URL: postgresUrl.optional(), ...redisSettings };

const ownerSettings = {
  USER_DATABASE_URL: postgresUrl,
  BILLING_DATABASE_URL: postgresUrl,
  ORDER_DATABASE_URL: postgresUrl,
  NOTIFICATION_DATABASE_URL: postgresUrl,
  JOBS_DATABASE_URL: postgresUrl,
  ROUTER_DATABASE_URL: postgresUrl.optional(),
};

export const databaseSettings = { ...serverSettings, ...ownerSettings };

/** Where the databases come from: each is given, or a server is, on which they are made, or nothing is. */
export type DatabaseSource =
  | { readonly kind: 'each'; readonly urls: Partial<DatabaseUrls> }
  | { readonly kind: 'server'; readonly adminUrl: string }
  | { readonly kind: 'none' };

/**
 * One database that is given asks for all of them, but for the router's, which is for several routers without Redis; the
 * jobs' is not needed where they are on Redis.
 *
 * @throws SettingsFault
 */
export function databaseSource(environment: NodeJS.ProcessEnv): DatabaseSource {
  const { DATABASE_URL: adminUrl, REDIS_URL: redis } = readSettings(serverSettings, environment);
  if (Object.keys(ownerSettings).every((name) => (environment[name] ?? '') === '')) {
    return adminUrl === undefined ? { kind: 'none' } : { kind: 'server', adminUrl };
  }
  const jobs = redis === undefined ? postgresUrl : postgresUrl.optional();
  const config = readSettings({ ...ownerSettings, JOBS_DATABASE_URL: jobs }, environment);
  return {
    kind: 'each',
    urls: {
      user: config.USER_DATABASE_URL,
      billing: config.BILLING_DATABASE_URL,
      order: config.ORDER_DATABASE_URL,
      notification: config.NOTIFICATION_DATABASE_URL,
      ...(config.JOBS_DATABASE_URL === undefined ? {} : { jobs: config.JOBS_DATABASE_URL }),
      ...(config.ROUTER_DATABASE_URL === undefined ? {} : { router: config.ROUTER_DATABASE_URL }),
    },
  };
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
): Promise<Partial<DatabaseUrls>> {
  if (source.kind === 'server') await serverAnswers('DATABASE_URL', source.adminUrl, log, signal);
  const urls = source.kind === 'server' ? await provision(source.adminUrl) : source.urls;
  for (const [owner, url] of Object.entries(urls)) {
    await serverAnswers(`${owner.toUpperCase()}_DATABASE_URL`, url, log, signal);
  }
  await migrateAll(urls);
  return urls;
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
