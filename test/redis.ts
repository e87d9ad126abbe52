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

/** Whether tests that need Redis can run: on a server of their own, or on the one that REDIS_URL names. */
export const hasRedis = process.env['REDIS_URL'] !== undefined || hasRedisServer;

/** Ends Redis when its own standard input ends, which it does when the test's process does, however it does. */
const untilInputEnds = 'redis-server "$@" & read -r _; kill -9 $!; wait';

/**
 * An empty Redis that forgets everything when it ends; with REDIS_URL set, that server as it is.
 *
 * @param port for one that is to take the place of another.
 */
export async function startRedis(port?: number): Promise<TestRedis> {
  const given = process.env['REDIS_URL'];
  return given === undefined ? await startOwnRedis(port) : { url: given, stop: async () => undefined };
}

/** The same, always a server of its own, with more settings than usual. */
export async function startOwnRedis(port?: number, more: readonly string[] = []): Promise<TestRedis> {
  const [free] = await freePorts(1);
  const chosen = port ?? free!;
  const usual = ['--bind', '127.0.0.1', '--dir', tmpdir(), '--save', '', '--appendonly', 'no'];
  const args = ['--port', String(chosen), ...usual, ...more];
  const redis = spawn('/bin/sh', ['-c', untilInputEnds, 'sh', ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
  const exit = once(redis, 'exit');
  await answers(chosen);
  return {
    url: `redis://127.0.0.1:${chosen}`,
    stop: async () => {
      redis.stdin.end();
      await exit;
    },
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
