import { Redis } from 'ioredis';
import pg from 'pg';
import { type Proxy, startProxy } from './proxy.ts';
import { createDatabases } from './database.ts';
import { hasRedis, startRedis } from './redis.ts';

/** A server on which several routers share rate limits, behind a proxy that injects network faults. */
export interface CountingServer {
  /** The router's settings for this server. */
  readonly settings: NodeJS.ProcessEnv;
  readonly network: Proxy;
  /** @returns the stored keys, and the time until each expires. */
  readonly kept: () => Promise<{ readonly key: string; readonly forMs: number }[]>;
  /** Expires a key. */
  readonly expire: (key: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

async function postgres(): Promise<CountingServer> {
  const { processes, drop } = await createDatabases('router');
  const pool = new pg.Pool({ connectionString: processes.router.service });
  const network = await proxyOf(processes.router.service, 5432);
  return {
    settings: { ROUTER_DATABASE_URL: through(network, processes.router.service) },
    network,
    kept: async () => {
      const { rows } = await pool.query<{ key: string; expire: string }>('select key, expire from rate_limits');
      return rows.map(({ key, expire }) => ({ key, forMs: Number(expire) - Date.now() }));
    },
    expire: async (key) => void (await pool.query('update rate_limits set expire = 0 where key = $1', [key])),
    stop: async () => {
      await network.stop();
      await pool.end();
      await drop();
    },
  };
}

async function redis(): Promise<CountingServer> {
  const { url, stop } = await startRedis();
  const client = new Redis(url);
  const network = await proxyOf(url, 6379);
  return {
    settings: { ROUTER_REDIS_URL: through(network, url) },
    network,
    kept: async () => {
      const keys = await client.keys('rate-limits:*');
      return await Promise.all(keys.map(async (key) => ({ key, forMs: await client.pttl(key) })));
    },
    expire: async (key) => void (await client.del(key)),
    stop: async () => {
      await network.stop();
      client.disconnect();
      await stop();
    },
  };
}

async function proxyOf(url: string, usualPort: number): Promise<Proxy> {
  const { hostname, port } = new URL(url);
  return await startProxy(port === '' ? usualPort : Number(port), hostname.replaceAll(/^\[|\]$/g, ''));
}

function through({ port }: Proxy, url: string): string {
  return Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(port) }).href;
}

/** Servers by name; Redis only if it is installed or REDIS_URL is set. */
export const countingServers: readonly (readonly [string, () => Promise<CountingServer>])[] = [
  ['PostgreSQL', postgres],
  ...(hasRedis ? [['Redis', redis] as const] : []),
];
