import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLog } from '#platform/telemetry/log.ts';
import { freePorts } from '#test/free-ports.ts';
import { until } from '#test/until.ts';
import { runPart } from './part-process.ts';
import type { Part } from './parts.ts';

let folder: string;
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-part-'));
  [port = 0] = await freePorts(1);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A part that runs the program, which is JavaScript. */
function partOf(program: string): Part {
  const file = join(folder, 'part.mjs');
  writeFileSync(file, program);
  return { name: 'order', entry: pathToFileURL(file), environment: {}, readyUrl: `http://127.0.0.1:${port}` };
}

const options = { log: createLog('test', 'silent'), output: 'ignore' } as const;

const server = () => `import http from 'node:http'; http.createServer((_, reply) => reply.end()).listen(${port});`;

describe('runPart', () => {
  test('is ready when the part reports that it is ready', async () => {
    const part = runPart(partOf(server()), options);

    await expect(part.ready).resolves.toBeUndefined();
    await part.stop();
  });

  test('reports what a part waits for, and that a part that does not listen yet is starting', async () => {
    const body = JSON.stringify({ status: 'waiting', waitingFor: 'the order database' });
    const program = `import http from 'node:http';
      let requests = 0;
      const server = http.createServer((_, reply) => {
        requests += 1;
        reply.writeHead(requests > 20 ? 200 : 503).end(${JSON.stringify(body)});
      });
      setTimeout(() => server.listen(${port}), 500);`;
    const part = runPart(partOf(program), options);

    expect(part.waitingFor()).toBe('its start');
    await until('the part to wait', () => part.waitingFor() === 'the order database');
    await part.ready;
    expect(part.waitingFor()).toBeNull();
    await part.stop();
  });

  test('does not warn about a part that starts slowly and then waits for a moment', async () => {
    const program = `import http from 'node:http';
      let requests = 0;
      const server = http.createServer((_, reply) => {
        requests += 1;
        reply.writeHead(requests > 1 ? 200 : 503).end('{"waitingFor":"the order database"}');
      });
      setTimeout(() => server.listen(${port}), 2_500);`;
    const warnings: unknown[] = [];
    const log = createLog('test', 'silent');
    log.warn = (fields: unknown) => warnings.push(fields);
    const part = runPart(partOf(program), { ...options, log, patienceMs: { waiting: 2_000, starting: 60_000 } });

    await part.ready;
    expect(warnings).toEqual([]);
    await part.stop();
  });

  test('warns about a part that waits for one thing for too long', async () => {
    const waiting = JSON.stringify({ waitingFor: 'the order database' });
    const program = `import http from 'node:http';
      http.createServer((_, reply) => reply.writeHead(503).end(${JSON.stringify(waiting)})).listen(${port});`;
    const warnings: unknown[] = [];
    const log = createLog('test', 'silent');
    log.warn = (fields: unknown) => warnings.push(fields);
    const part = runPart(partOf(program), { ...options, log, patienceMs: { waiting: 300, starting: 60_000 } });
    part.ready.catch(() => undefined);

    await until('a warning', () => warnings.length > 0);
    expect(warnings[0]).toEqual({ part: 'order', waitingFor: 'the order database' });
    await part.stop();
  });

  test('rejects with the exit code if a part ends before it is ready', async () => {
    const part = runPart(partOf('process.exit(7)'), options);

    await expect(part.ready).rejects.toThrow('order ended before it was ready (exit code 7)');
    await part.stop();
  });

  test('restarts a part that was killed after it was ready', async () => {
    const part = runPart(partOf(server()), options);
    await part.ready;
    const before = part.pid();

    process.kill(before, 'SIGKILL');
    await until('another process', () => part.pid() !== before);
    await until('readiness', async () => await fetch(`http://127.0.0.1:${port}`).catch(() => null));

    expect(part.pid()).not.toBe(before);
    await part.stop();
  });

  test('does not restart a part after stop', async () => {
    const part = runPart(partOf(server()), options);
    await part.ready;

    await part.stop();

    expect(() => process.kill(part.pid(), 0)).toThrow('ESRCH');
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed');
  });
});
