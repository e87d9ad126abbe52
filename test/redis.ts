import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from './free-ports.ts';

export interface TestRedis {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Whether this machine can start a Redis. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;

/** Whether tests can use Redis: a server that they start, or the one at REDIS_URL. */
export const hasRedis = process.env['REDIS_URL'] !== undefined || hasRedisServer;

/** Ends Redis when standard input closes, which happens when the test's process ends, even if it is killed. */
const untilInputEnds = 'redis-server "$@" & read -r _; kill -9 $!; wait';

/**
 * Starts an empty Redis without persistence, or uses the server at REDIS_URL.
 *
 * @param port for a server that replaces another on the same port.
 */
export async function startRedis(port?: number): Promise<TestRedis> {
  const given = process.env['REDIS_URL'];
  return given === undefined ? await startOwnRedis(port) : { url: given, stop: async () => undefined };
}

/** Starts a separate Redis server with additional settings. */
export async function startOwnRedis(port?: number, more: readonly string[] = []): Promise<TestRedis> {
  const [free] = await freePorts(1);
  const chosen = port ?? free!;
  const usual = ['--bind', '127.0.0.1', '--dir', tmpdir(), '--save', '', '--appendonly', 'no'];
  const stop = await runRedis(chosen, ['--port', String(chosen), ...usual, ...more]);
  return { url: `redis://127.0.0.1:${chosen}`, stop };
}

/** Runs redis-server with these arguments, and waits until it listens. Returns a function that ends it. */
export async function runRedis(port: number, args: readonly string[]): Promise<() => Promise<void>> {
  const redis = spawn('/bin/sh', ['-c', untilInputEnds, 'sh', ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
  const exit = once(redis, 'exit');
  await answers(port);
  return async () => {
    redis.stdin.end();
    await exit;
  };
}

async function answers(port: number): Promise<void> {
  for (let triesLeft = 100; ; triesLeft -= 1) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (triesLeft === 0) throw error;
      await delay(50);
    } finally {
      socket.destroy();
    }
  }
}
