import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { Redis } from 'ioredis';
import { redisSettingOf, type RedisUser } from '#local/redis-users.ts';
import { pathOf } from './command.ts';
import { freePorts } from './free-ports.ts';
import { startOwnRedis } from './redis.ts';

export interface RedisWithUsers {
  readonly urlOf: (user: RedisUser) => string;
  /** Nobody's address. */
  readonly url: string;
  readonly administrator: Redis;
  /** A connection that ends with the server. */
  readonly connect: (url: string) => Redis;
  /** What Redis has refused to do since the start, for whom. */
  readonly refused: () => Promise<string[]>;
  readonly stop: () => Promise<void>;
}

/** A Redis with the users that `npm run redis-users` makes. */
export async function startRedisWithUsers(): Promise<RedisWithUsers> {
  const [port] = await freePorts(1);
  const url = `redis://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'redis-users-'));
  execFileSync(process.execPath, [pathOf('deploy/local/new-redis-users.ts'), url, folder]);
  const settings = readFileSync(join(folder, 'redis-users.env'), 'utf8');
  const urls = parseEnv(settings);
  const [, password] = /password (\w+)$/m.exec(settings)!;
  const redis = await startOwnRedis(port, ['--aclfile', join(folder, 'redis-users.acl')]);
  const connections: Redis[] = [];
  const connect = (url: string) => {
    const connection = new Redis(url, {
      disableClientInfo: true,
      retryStrategy: () => null,
      maxRetriesPerRequest: null,
    });
    // What a connection cannot do is told by the command that it fails.
    connection.on('error', () => undefined);
    connections.push(connection);
    return connection;
  };
  const administrator = connect(Object.assign(new URL(url), { password }).href);
  return {
    url,
    urlOf: (user) => urls[redisSettingOf(user)]!,
    administrator,
    connect,
    refused: async () => {
      const entries = (await administrator.call('ACL', 'LOG', '128')) as unknown[][];
      return entries.map((entry) => {
        const read = (field: string) => String(entry[entry.indexOf(field) + 1]);
        return `${read('username')}: ${read('object')} (${read('reason')}, ${read('context')})`;
      });
    },
    stop: async () => {
      for (const connection of connections) connection.disconnect();
      await redis.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
