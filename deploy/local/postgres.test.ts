import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { freePorts } from '#test/free-ports.ts';
import { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts';

let folder: string;
let options: PostgresOptions;
let running: Postgres[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-postgres-'));
  chmodSync(folder, 0o755);
  const [port] = await freePorts(1);
  options = { dataFolder: join(folder, `it's a "data" folder`), port: port!, durable: false };
  running = [];
});

afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  rmSync(folder, { recursive: true });
});

async function start(changes: Partial<PostgresOptions> = {}): Promise<Postgres> {
  const postgres = await startPostgres({ ...options, ...changes });
  running.push(postgres);
  return postgres;
}

describe('startPostgres', () => {
  test('keeps the data after a stop and a start', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as value');
    await first.stop();

    const second = await start();

    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 42 }]);
  });

  test('starts after the server was killed, while its processes still hold the lock', async () => {
    const first = await start({ durable: true });
    await query(first.url, 'create table kept as select 42 as value');
    process.kill(postmasterPid(), 'SIGKILL');

    const second = await start({ durable: true });

    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 42 }]);
  });

  test('takes over a server that still runs on the data', async () => {
    await start();
    const pid = postmasterPid();

    await start();

    expect(postmasterPid()).toBe(pid);
  });

  test('creates one cluster when it is started twice concurrently', async () => {
    const [first, second] = await Promise.all([start(), start()]);

    expect(first.url).toBe(second.url);
  });

  test('requires the password, which only the owner of the file can read', async () => {
    const { url } = await start();

    await expect(query(Object.assign(new URL(url), { password: 'guess' }).href, 'select')).rejects.toThrow('password');
    expect(statSync(join(options.dataFolder, 'password')).mode & 0o777).toBe(0o600);
  });

  test('names the setting to change if another program uses the port', async () => {
    await start();

    const other = startPostgres({ ...options, dataFolder: join(folder, 'other') });

    await expect(other).rejects.toThrow(
      `Port ${options.port} of 127.0.0.1 is in use by another program: set POSTGRES_PORT`,
    );
  });
});

function postmasterPid(): number {
  return Number(readFileSync(join(options.dataFolder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
