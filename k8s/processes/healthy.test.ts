import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePorts, portOf } from '#test/free-ports.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';

const script = fileURLToPath(new URL('healthy.sh', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wallet-health-'));
const argumentsFile = join(folder, 'cmdline');

let server: Server;
let statusCode: number | null;
const requests: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (statusCode !== null) response.writeHead(statusCode).end('text');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** Runs the script as the image does, in a container whose process 1 has these arguments. Returns its exit code. */
async function check(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<number> {
  writeFileSync(argumentsFile, args.map((arg) => `${arg}\0`).join(''));
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  return await new Promise((resolve) => {
    execFile('bash', [script, argumentsFile], { env, timeout: 20_000 }, (error) => {
      resolve(error === null ? 0 : Number(error.code));
    });
  });
}

describe('the health check of the image', () => {
  test.each([
    ...subgraphNames.map((name) => [name, `subgraphs/${name}/server.ts`]),
    ['jobs', 'jobs/server.ts'],
    ['router', 'router/server.ts'],
  ])('follows the readiness of %s', async (name, entry) => {
    const args = ['node', '--env-file=/connections/some.env', entry, ''];
    const environment = { [`${name.toUpperCase()}_MANAGEMENT_PORT`]: String(portOf(server)) };
    for (const [status, exitCode] of [
      [200, 0],
      [503, 1],
      [404, 1],
    ] as const) {
      statusCode = status;
      expect(await check(args, environment)).toBe(exitCode);
    }
    expect(requests.splice(0)).toEqual(Array(3).fill('GET /health/ready'));
  });

  test.each([
    ['an init process', ['/sbin/docker-init', '--', 'node', 'router/server.ts'], {}],
    ['a process that listens on every address', ['node', 'router/server.ts'], { MANAGEMENT_HOST: '0.0.0.0' }],
    ['a process that listens on one address', ['node', 'router/server.ts'], { MANAGEMENT_HOST: '127.0.0.1' }],
  ])('finds %s', async (_what, args, environment) => {
    statusCode = 200;
    expect(await check(args, { ...environment, ROUTER_MANAGEMENT_PORT: String(portOf(server)) })).toBe(0);
    expect(requests.splice(0)).toEqual(['GET /health/ready']);
  });

  test('fails where nothing listens, and where the process does not answer', async () => {
    const [free] = await freePorts(1);
    expect(await check(['node', 'router/server.ts'], { ROUTER_MANAGEMENT_PORT: String(free) })).toBe(1);
    statusCode = null;
    expect(await check(['node', 'router/server.ts'], { ROUTER_MANAGEMENT_PORT: String(portOf(server)) })).toBe(1);
    expect(requests.splice(0)).toEqual(['GET /health/ready']);
  });

  test.each(['::', '::1', '127.0.0.2'])('asks the address %s, where this process does not listen', async (host) => {
    statusCode = 200;
    const environment = { MANAGEMENT_HOST: host, ROUTER_MANAGEMENT_PORT: String(portOf(server)) };
    expect(await check(['node', 'router/server.ts'], environment)).toBe(1);
    expect(requests).toEqual([]);
  });

  test('is passed by a process that serves nothing', async () => {
    expect(await check(['node', 'deploy/local/migrate.ts'], {})).toBe(0);
  });
});
