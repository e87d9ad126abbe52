import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Client, type QueryResultRow } from 'pg';
import { databaseNames, databaseUrls, settingsOf } from '#local/credentials.ts';
import { type Postgres, startPostgres } from '#local/postgres.ts';
import { type Command, runFile } from './command.ts';
import { freePorts } from './free-ports.ts';

/** `npm run migrate` against a server of the test's own, which is empty at first. */

let folder: string;
let start: () => Promise<Postgres>;
let server: Postgres;
let running: Command[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-migrate-'));
  chmodSync(folder, 0o755);
  const [port] = await freePorts(1);
  start = async () => await startPostgres({ dataFolder: join(folder, 'postgres'), port: port!, durable: false });
  server = await start();
});

afterEach(async () => {
  for (const command of running) command.kill('SIGTERM');
  await Promise.all(running.map(async ({ exit }) => await exit));
  running = [];
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const done = /: (?:migrated\. These migrations ran:|already up to date\.)\n/;

function migrate(settings: NodeJS.ProcessEnv): Command {
  const command = runFile('deploy/local/migrate.ts', settings);
  running.push(command);
  return command;
}

test('six at once wait for a server that is not up, make everything on it once, and say so', async () => {
  await server.stop();
  const six = Array.from({ length: 6 }, () => migrate({ DATABASE_URL: server.url }));
  await Promise.all(
    six.map(async ({ says }) => await says(/"setting":"DATABASE_URL","host":"127\.0\.0\.1:\d+".*not ready/)),
  );
  server = await start();

  for (const { exit, output } of six) expect([await exit, output()]).toEqual([0, expect.stringMatching(done)]);
  for (const migration of ['user 2026-11-21-users', 'billing 2026-11-21-ledger', 'order 2026-11-21-orders']) {
    expect([migration, six.filter(({ output }) => output().includes(`  ${migration}\n`)).length]).toEqual([
      migration,
      1,
    ]);
  }
  for (const name of databaseNames) {
    const { owner } = databaseUrls(server.url)[name];
    await expect(query(owner, 'select current_user as owner')).resolves.toEqual([{ owner: `wallet_${name}_owner` }]);
  }
});

test('waits for its turn, and starts again where its connection is lost meanwhile', async () => {
  const other = new Client({ connectionString: server.url });
  await other.connect();
  const key = `hashtext('wallet-and-orders: provision')`;
  await other.query(`select pg_advisory_lock(${key})`);

  const command = migrate({ DATABASE_URL: server.url });
  await command.says('waiting for another process');
  await other.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await command.says('not ready');
  await other.end();

  expect([await command.exit, command.output()]).toEqual([0, expect.stringMatching(done)]);
});

test('stops when it is told to while it waits for its turn', async () => {
  const other = new Client({ connectionString: server.url });
  await other.connect();
  await other.query(`select pg_advisory_lock(hashtext('wallet-and-orders: provision'))`);

  const command = migrate({ DATABASE_URL: server.url });
  await command.says('waiting for another process');
  command.kill('SIGTERM');
  expect([await command.exit, command.output()]).toEqual([0, expect.not.stringMatching(done)]);
  await other.end();
});

test('waits for a server in recovery until it is promoted', async () => {
  await server.stop();
  writeFileSync(join(folder, 'postgres', 'cluster', 'standby.signal'), '');
  server = await start();

  const command = migrate({ DATABASE_URL: server.url });
  await command.says(/not ready/);
  expect(command.output()).toContain('read-only transaction');
  await query(server.url, 'select pg_promote()');

  expect([await command.exit, command.output()]).toEqual([0, expect.stringMatching(done)]);
});

test.each([
  ['the administrator', 'DATABASE_URL'],
  ['an owner, while the server of another cannot be found', 'BILLING_OWNER_DATABASE_URL'],
])('fails at once on a wrong password of %s, and names the setting and the server', async (_who, setting) => {
  const { host } = new URL(server.url);
  const owners = databaseNames.map((name) => [name, { owner: databaseUrls(server.url)[name].owner }]);
  const urls =
    setting === 'DATABASE_URL'
      ? { DATABASE_URL: server.url }
      : {
          ...settingsOf(Object.fromEntries(owners)),
          USER_OWNER_DATABASE_URL: 'postgresql://me:secret@nowhere.invalid/user',
        };
  const wrong = Object.assign(new URL((urls as Record<string, string>)[setting]!), { password: 'wrong-secret' }).href;

  const command = migrate({ ...urls, [setting]: wrong });
  expect(await command.exit).toBe(1);
  expect(command.output()).toContain(
    `${setting}: the database server at ${host} refuses: password authentication failed`,
  );
  expect(command.output()).not.toMatch(/wrong-secret|\n\s+at /);
});

test('goes on looking for a host that is unknown, and names it', async () => {
  const command = migrate({ DATABASE_URL: 'postgresql://me:secret@nowhere.invalid:5432/postgres' });
  await command.says(/"host":"nowhere\.invalid:5432".*"reason":"getaddrinfo (?:ENOTFOUND|EAI_AGAIN) nowhere\.invalid"/);
  command.kill('SIGTERM');

  expect([await command.exit, command.output()]).toEqual([0, expect.not.stringMatching(done)]);
});

async function query(url: string, statement: string): Promise<QueryResultRow[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<QueryResultRow>(statement)).rows;
  } finally {
    await client.end();
  }
}
