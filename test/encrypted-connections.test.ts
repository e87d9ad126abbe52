import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { settingsOf } from '#local/credentials.ts';
import { everyPortSetting } from '#local/parts.ts';
import { readConfig } from '#router/config.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { createAuthority } from './certificates.ts';
import { type Command, runFile } from './command.ts';
import { registerCustomer } from './customer.ts';
import { createDatabases, type TestDatabases } from './database.ts';
import { type EncryptedServer, startEncryptedPostgres, startEncryption } from './encrypted-servers.ts';
import { openStream } from './event-stream.ts';
import { freePorts } from './free-ports.ts';
import { testSetting } from './test-setting.ts';
import { jobKeySettings } from './job-keys.ts';
import { hasRedis, startRedis, type TestRedis } from './redis.ts';
import { warnWithoutRedis } from './queue-servers.ts';
import { until } from './until.ts';

warnWithoutRedis();

const authority = createAuthority('Ours');

let folder: string;
let trusted: string;
let unknownCa: string;
let postgres: EncryptedServer;
let redis: (EncryptedServer & { readonly behind: TestRedis }) | undefined;
let elsewhere: EncryptedServer;
let databases: TestDatabases;
let running: Command[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-certificates-'));
  trusted = written('ours.pem', authority.certificate);
  unknownCa = written('another.pem', createAuthority('Another').certificate);
  postgres = await startEncryptedPostgres(authority);
  elsewhere = await startEncryptedPostgres(authority, 'elsewhere.example');
  databases = await createDatabases(...subgraphNames);
  running = [];
  if (!hasRedis) return;
  const behind = await startRedis();
  redis = { ...(await startEncryption(behind.url, authority)), behind };
});

afterEach(async () => {
  for (const command of running) command.kill('SIGTERM');
  await Promise.all(running.splice(0).map(async ({ exit }) => await exit));
});

afterAll(async () => {
  await databases.drop();
  await Promise.all([postgres.stop(), elsewhere.stop()]);
  await redis?.stop();
  await redis?.behind.stop();
  rmSync(folder, { recursive: true });
});

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function start(
  file: string,
  settings: NodeJS.ProcessEnv,
): Promise<Command & { readonly ports: NodeJS.ProcessEnv }> {
  const free = await freePorts(everyPortSetting.length);
  const ports = Object.fromEntries(everyPortSetting.map((name, index) => [name, String(free[index])]));
  const command = runFile(file, { ...ports, DATA_FOLDER: folder, ...settings });
  running.push(command);
  return { ...command, ports };
}

/** @returns a PostgreSQL URL that verifies the server's name and trusts the authority in this file. */
function withTls(url: string, authority: string): string {
  const secureUrl = new URL(url);
  secureUrl.hostname = secureUrl.hostname.replace('127.0.0.1', 'localhost');
  secureUrl.searchParams.set('sslmode', 'verify-full');
  secureUrl.searchParams.set('sslrootcert', authority);
  return secureUrl.href;
}

/** @returns the application names connected to the server, and whether all their connections are encrypted. */
async function connections(): Promise<Map<string, boolean>> {
  const client = new Client({ connectionString: withTls(postgres.url, trusted) });
  await client.connect();
  const { rows } = await client.query<{ name: string; encrypted: boolean }>(
    `select application_name as name, bool_and(ssl) as encrypted
     from pg_stat_ssl join pg_stat_activity using (pid) where client_addr is not null and pid <> pg_backend_pid()
     group by 1`,
  );
  await client.end();
  return new Map(rows.map(({ name, encrypted }) => [name, encrypted]));
}

const queues: [name: string, settings: () => NodeJS.ProcessEnv, connected: string[], keys: string[]][] = [
  ['PostgreSQL', () => ({}), ['jobs', 'live events'], []],
];
if (hasRedis) {
  const settings = () => ({ REDIS_URL: redis!.url, REDIS_CA_FILE: trusted });
  queues.push(['Redis', settings, [], ['bull', 'rate-limits']]);
}

test.each(queues)(
  'the whole system uses only TLS connections to its servers, with its jobs on %s',
  async (_name, settings, names, keys) => {
    const everything = { DATABASE_URL: withTls(postgres.url, trusted), LIVE_RECHECK_S: '3600', ...settings() };
    const system = await start('deploy/local/start.ts', everything);
    await system.says('Everything runs');
    const origin = `http://127.0.0.1:${system.ports['ROUTER_PORT']}`;
    const ada = await registerCustomer(`${origin}/graphql`);
    await ada.balance();
    const query = 'subscription { notificationAdded { order { status } } }';
    const stream = await openStream(origin, { query }, { authorization: `Bearer ${ada.token}` });
    await ada.placeOrder({ unitPrice: '10.00' });

    expect(await stream.first(1)).toMatchObject([{ data: { notificationAdded: { order: { status: 'PAID' } } } }]);
    stream.close();
    const connected = await connections();
    expect([...connected.keys()]).toEqual(expect.arrayContaining([...subgraphNames, 'relay', ...names]));
    expect(new Set(connected.values())).toEqual(new Set([true]));
    // A router counts rate limits alone until its Redis connection is open.
    await until('all kinds of keys in Redis', async () => {
      await registerCustomer(`${origin}/graphql`);
      const kinds = await kindsOfKeys();
      return keys.every((key) => kinds.includes(key));
    });
    const verify = await start('checks/verify/main.ts', { DATABASE_URL: everything.DATABASE_URL });
    expect([await verify.exit, verify.output()]).toEqual([0, expect.stringContaining('No findings')]);

    system.kill('SIGTERM');
    expect(await system.exit).toBe(0);
  },
);

/** @returns the prefixes of the keys in Redis. */
async function kindsOfKeys(): Promise<string[]> {
  if (redis === undefined) return [];
  const client = new Redis(redis.behind.url);
  const keys = await client.keys('*');
  client.disconnect();
  return [...new Set(keys.map((key) => key.split(':')[0]!))];
}

describe('an untrusted PostgreSQL server', () => {
  test.each([
    ['its certificate has another issuer', () => withTls(postgres.url, unknownCa), /certificate/],
    ['its certificate has another name', () => withTls(elsewhere.url, trusted), /altnames/],
    [
      'it has no TLS',
      () => withTls(testSetting('WALLET_TEST_DATABASE_URL'), trusted),
      /does not support SSL|certificate/,
    ],
  ])('is refused by npm start: %s', async (_why, url, reason) => {
    const system = await start('deploy/local/start.ts', { DATABASE_URL: url() });

    expect(await system.exit).toBe(1);
    expect(system.output()).toMatch(/^DATABASE_URL: the database server at \S+ refuses: /m);
    expect(system.output()).toMatch(reason);
  });

  test('is refused by a subgraph, which reports it and exits', async () => {
    const user = await start('subgraphs/user/server.ts', {
      ...jobKeySettings,
      USER_DATABASE_URL: withTls(postgres.url, unknownCa),
    });

    expect(await user.exit).toBe(1);
    expect(user.output()).toMatch(
      /^user: USER_DATABASE_URL: the database server refuses the connection, or is not trusted: .*certificate/m,
    );
  });

  test('gets no jobs and no subscriptions', async () => {
    const url = withTls(postgres.url, unknownCa);
    const settings = { ...databaseSettings(), JOBS_DATABASE_URL: url, JOBS_LISTENER_DATABASE_URL: url };
    const jobs = await start('jobs/server.ts', settings);
    await jobs.says(/certificate.*the queue server cannot be reached/);
    const router = await start('router/server.ts', settings);
    await router.says(/certificate.*cannot listen to live updates/);

    expect((await fetch(`http://127.0.0.1:${jobs.ports['JOBS_MANAGEMENT_PORT']}/health/ready`)).status).toBe(503);
  });
});

/** Settings of the jobs process and of the router. */
const onRedis = (url: string, ca = '') => ({ REDIS_URL: url, ROUTER_REDIS_URL: url, REDIS_CA_FILE: ca });

const untrustedServers: [why: string, settings: () => NodeJS.ProcessEnv][] = [
  ['its certificate has another issuer', () => onRedis(redis!.url, unknownCa)],
  ['Node does not trust the issuer of its certificate', () => onRedis(redis!.url)],
  ['its certificate has another name', () => onRedis(redis!.url.replace('localhost', '127.0.0.1'), trusted)],
];

if (hasRedis) {
  test.each(untrustedServers)('an untrusted Redis is not used: %s', async (_why, settings) => {
    const router = await start('router/server.ts', settings());
    await router.says(/(?:certificate|altnames).*cannot listen to live updates/);
    const jobs = await start('jobs/server.ts', { ...databaseSettings(), ...settings() });
    await jobs.says(/(?:certificate|altnames).*Redis cannot be reached/);

    expect((await fetch(`http://127.0.0.1:${jobs.ports['JOBS_MANAGEMENT_PORT']}/health/ready`)).status).toBe(503);
  });
}

test.each([
  [
    'a missing file',
    () => ({ ROUTER_REDIS_URL: 'rediss://a', REDIS_CA_FILE: join(folder, 'none') }),
    'REDIS_CA_FILE: must be a file',
  ],
  [
    'a file without certificates',
    () => ({ ROUTER_REDIS_URL: 'rediss://a', REDIS_CA_FILE: written('empty', '') }),
    'REDIS_CA_FILE: must be a file',
  ],
  [
    'certificates for a Redis without TLS',
    () => ({ ROUTER_REDIS_URL: 'redis://a', REDIS_CA_FILE: trusted }),
    'REDIS_CA_FILE is for',
  ],
  [
    'a missing file in a PostgreSQL URL',
    () => ({ JOBS_LISTENER_DATABASE_URL: withTls(postgres.url, join(folder, 'none')) }),
    'JOBS_LISTENER_DATABASE_URL: its sslrootcert must be a file',
  ],
])('is refused at the start: %s', (_what, settings, fault) => {
  expect(() => readConfig(settings())).toThrow(`  - ${fault}`);
});

function databaseSettings(): NodeJS.ProcessEnv {
  const { user, billing, order, notification } = databases.processes;
  return { ...settingsOf({ user, billing, order, notification }), ...jobKeySettings };
}
