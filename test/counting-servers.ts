import { Redis } from 'ioredis';
import pg from 'pg';
import { type Proxy, startProxy } from './proxy.ts';
import { createDatabases } from './database.ts';
import { hasRedis, startRedis } from './redis.ts';

/** A server that routers count together on, behind a network that can fail. */
export interface CountingServer {
  /** Lead a router to it. */
  readonly settings: NodeJS.ProcessEnv;
  readonly network: Proxy;
  /** What is kept there, and for how long still. */
  readonly kept: () => Promise<{ readonly key: string; readonly forMs: number }[]>;
  /** As if the time of what is kept under this key were over. */
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

/** By name: Redis only where the machine has one or REDIS_URL names one. */
export const countingServers: readonly (readonly [string, () => Promise<CountingServer>])[] = [
  ['PostgreSQL', postgres],
  ...(hasRedis ? [['Redis', redis] as const] : []),
];
