import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { settingsFiles, writeConnections } from './files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connections-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const everything = () => Object.fromEntries(readdirSync(folder).map((name) => [name, read(name)]));

describe('writeConnections', () => {
  test('writes a file for each process, with just the settings that it is meant to have', () => {
    writeConnections(folder);

    for (const [name, keys] of Object.entries(settingsFiles)) {
      const lines = read(name).trimEnd().split('\n');
      expect(lines.map((line) => line.split('=')[0])).toEqual([...keys]);
    }
  });

  test('writes what PostgreSQL and Redis are to ask for', () => {
    writeConnections(folder);

    expect(read('migrate.env')).toBe(
      `DATABASE_URL=postgresql://postgres:${read('postgres-password')}@postgres:5432/postgres\n`,
    );
    const [, password] = /^requirepass (\w+)\n$/.exec(read('redis.conf'))!;
    expect(read('router.env')).toBe(`REDIS_URL=redis://:${password}@redis:6379\n`);
  });

  test('keeps the passwords when it is run again, and mends what was lost', () => {
    writeConnections(folder);
    const before = everything();
    rmSync(join(folder, 'user.env'));

    writeConnections(folder);

    expect(everything()).toEqual(before);
  });

  test('lets containers read that run as different users', () => {
    writeConnections(folder);

    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o444);
  });
});
