import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { settingNameOf, settingsFiles, writeConnections } from './files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connections-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
const everything = () => Object.fromEntries(files().map((name) => [name, read(name)]));
/** The file's path below the folder; its container sees only the subfolder. */
const fileOf = (name: string) => join(parse(name).name, name);

describe('writeConnections', () => {
  test('writes a folder for each container, and the generated passwords next to them', () => {
    writeConnections(folder);

    const readers = ['billing', 'jobs', 'migrate', 'notification', 'order', 'postgres', 'redis', 'router', 'user'];
    expect(readdirSync(folder).toSorted()).toEqual([...readers, 'passwords.json'].toSorted());
    for (const reader of readers) expect(readdirSync(join(folder, reader))).toHaveLength(1);
  });

  test('writes a file for each process, with exactly the settings of that process', () => {
    writeConnections(folder);

    for (const [name, keys] of Object.entries(settingsFiles)) {
      const lines = read(fileOf(name)).trimEnd().split('\n');
      expect(lines.map((line) => line.split('=')[0])).toEqual(keys.map(settingNameOf));
    }
  });

  test('writes the passwords that PostgreSQL and Redis check', () => {
    writeConnections(folder);

    expect(read('migrate/migrate.env')).toBe(
      `DATABASE_URL=postgresql://postgres:${read('postgres/postgres-password')}@postgres:5432/postgres\n`,
    );
    const [, password] = /^ROUTER_REDIS_URL=redis:\/\/wallet_router:(\w+)@redis:6379\n$/.exec(
      read('router/router.env'),
    )!;
    const hash = createHash('sha256').update(password!).digest('hex');
    expect(read('redis/redis-users.acl')).toContain(`user wallet_router on #${hash} `);
  });

  test('adds the key of second factors to the passwords of an earlier release, once', () => {
    writeFileSync(join(folder, 'passwords.json'), JSON.stringify({ postgres: 'old', redis: 'older' }));
    writeConnections(folder);
    const before = everything();
    writeConnections(folder);

    expect(read('postgres/postgres-password')).toBe('old');
    expect(read('user/user.env')).toMatch(/^USER_FACTOR_KEYS=[0-9a-f]{64}$/m);
    expect(everything()).toEqual(before);
  });

  test('keeps the passwords in a second run, and restores lost files', () => {
    writeConnections(folder);
    const before = everything();
    rmSync(join(folder, 'user', 'user.env'));

    writeConnections(folder);

    expect(everything()).toEqual(before);
  });

  test('writes files that containers can read as any user', () => {
    writeConnections(folder);

    for (const name of files()) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o444);
  });
});
