import type { Redis } from 'ioredis';
import pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { connectToRedis, type RedisServer } from '#platform/messaging/redis.ts';
import type { RouterConfig } from '../config.ts';
import { skipIfUnavailable } from './availability.ts';
import type { Count, Counts, Rule } from './counts.ts';
import { countsTable } from './counts-table.ts';

/** The store that several routers share. */
export interface SharedStore {
  /** They throw while the store is unavailable: after a quarter of a second at first, then at once. */
  readonly counts: (rule: Rule) => Counts;
  readonly close: () => Promise<void>;
}

/** A server that does not respond for this time is unavailable. */
const silenceMs = 250;

/** Opens the store on Redis if configured, otherwise on PostgreSQL, as for the jobs; returns null if neither is set. */
export function openSharedStore(config: RouterConfig, log: Log): SharedStore | null {
  if (config.redis !== null) return redisStore(config.redis, log);
  const { ROUTER_DATABASE_URL: url, PREPARED_STATEMENTS: prepares } = config;
  return url === undefined ? null : postgresStore(url, prepares, log);
}

const keyPrefix = 'rate-limits';

function redisStore(server: RedisServer, log: Log): SharedStore {
  const redis = connectToRedis(server, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: () => 1_000,
    socketTimeout: silenceMs,
  });
  redis.on('error', (error) => log.debug({ reason: errorText(error) }, 'Redis cannot be reached'));
  const run = skipIfUnavailable(log);
  return {
    // The library counts with a script, which the router's Redis user may not run.
    counts: ({ name, windowS: ownWindowS }) => ({
      add: async (key, points) =>
        await run(async () => await addOn(redis, `${keyPrefix}:${name}:${key}`, points, ownWindowS)),
      set: async (key, points, windowS) => {
        await run(async () => await redis.set(`${keyPrefix}:${name}:${key}`, points, 'EX', windowS));
      },
    }),
    close: async () => redis.disconnect(),
  };
}

/** Adds points. The window begins with the first points of a key. */
async function addOn(redis: Redis, key: string, points: number, windowS: number): Promise<Count> {
  const replies = await redis.multi().incrby(key, points).expire(key, windowS, 'NX').pttl(key).exec();
  const [total, , endsInMs] = replies!.map(([error, value]) => {
    if (error !== null) throw error;
    return Number(value);
  });
  return { points: total!, endsInMs: endsInMs! };
}

function postgresStore(url: string, prepares: boolean, log: Log): SharedStore {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: silenceMs,
    query_timeout: silenceMs,
    keepAlive: true,
    application_name: 'rate limits',
  });
  pool.on('error', (error) => log.debug({ reason: errorText(error) }, "the router's database dropped a connection"));
  // The library only counts here: the limit and the window come with each rule.
  const limiter = new RateLimiterPostgres({
    keyPrefix,
    points: 0,
    duration: 0,
    storeClient: prepares ? pool : unprepared(pool),
    storeType: 'pool',
    tableName: countsTable,
    tableCreated: true,
  });
  return { counts: countsOn(limiter, log), close: async () => await pool.end() };
}

/** Removes the names that the library gives its statements, since a name prepares the statement. */
function unprepared(pool: pg.Pool): { readonly query: (statement: pg.QueryConfig) => Promise<pg.QueryResult> } {
  return { query: async ({ text, values = [] }) => await pool.query(text, values) };
}

function countsOn(limiter: RateLimiterPostgres, log: Log): SharedStore['counts'] {
  const run = skipIfUnavailable(log);
  return ({ name, windowS: ownWindowS }) => ({
    add: async (key, points) => {
      const add = async () => await limiter.penalty(`${name}:${key}`, points, { customDuration: ownWindowS });
      const { consumedPoints, msBeforeNext } = await run(add);
      return { points: consumedPoints, endsInMs: msBeforeNext };
    },
    set: async (key, points, windowS) => {
      await run(async () => await limiter.set(`${name}:${key}`, points, windowS));
    },
  });
}
