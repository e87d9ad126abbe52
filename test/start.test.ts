import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { settingsOf } from '#local/credentials.ts';
import { everyPortSetting } from '#local/parts.ts';
import { requireFreePorts } from '#local/ports.ts';
import { provision } from '#local/provision.ts';
import { type Command, environmentOf, pathOf, runFile } from './command.ts';
import { createDatabases, type TestDatabases } from './database.ts';
import { freePorts, portOf } from './free-ports.ts';
import { testSetting } from './test-setting.ts';
import { graphqlData } from './graphql.ts';
import { jobKeySettings } from './job-keys.ts';
import { startSystem } from './system.ts';
import { until } from './until.ts';

const portNames = [...everyPortSetting, 'POSTGRES_PORT'];

let folder: string;
let ports: Record<string, string>;
let running: Command[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-start-'));
  chmodSync(folder, 0o755);
  const free = await freePorts(portNames.length);
  ports = Object.fromEntries(portNames.map((name, index) => [name, String(free[index])]));
  running = [];
});

afterEach(async () => {
  for (const command of running) command.kill('SIGTERM');
  await Promise.all(running.map(async ({ exit }) => await exit));
  rmSync(folder, { recursive: true });
});

function run(file: string, settings: NodeJS.ProcessEnv): Command {
  const command = runFile(file, settings);
  running.push(command);
  return command;
}

const npmStart = (settings: NodeJS.ProcessEnv = {}) =>
  run('deploy/local/start.ts', { ...ports, DATA_FOLDER: folder, ...settings });

const everythingRuns = /http:\/\/127\.0\.0\.1:\d+\/graphql/;

describe('npm start', () => {
  test('lists every fault of every setting at once and starts nothing', async () => {
    const start = npmStart({ ROUTER_PORT: '0', RATE_EUR: '-1', SMTP_URL: 'somewhere', INTROSPECTION: 'perhaps' });

    expect(await start.exit).toBe(1);
    for (const name of ['ROUTER_PORT', 'RATE_EUR', 'SMTP_URL', 'INTROSPECTION']) {
      expect(start.output()).toMatch(new RegExp(`- ${name}: `));
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('does not show the value of a faulty setting, which may be a secret', async () => {
    const start = npmStart({ DATABASE_URL: 'mysql://admin:hunter2@127.0.0.1/db' });

    expect(await start.exit).toBe(1);
    expect(start.output()).toContain('DATABASE_URL: must be an address such as');
    expect(start.output()).not.toContain('hunter2');
  });

  test('asks for every database and every role where one is given', async () => {
    const start = npmStart({ USER_DATABASE_URL: 'postgresql://user:password@127.0.0.1/user' });

    expect(await start.exit).toBe(1);
    for (const name of ['USER_OWNER', 'USER_WORKER', 'BILLING', 'ORDER', 'NOTIFICATION_WORKER', 'JOBS_LISTENER']) {
      expect(start.output()).toContain(`- ${name}_DATABASE_URL is not set`);
    }
  });

  test('names the port that is taken and the setting that moves it, and starts nothing', async () => {
    const other = await listening();

    const start = npmStart({ BILLING_PORT: String(portOf(other)) });

    expect(await start.exit).toBe(1);
    expect(start.output()).toContain(`Port ${portOf(other)} of 127.0.0.1 is in use`);
    expect(start.output()).toContain('BILLING_PORT');
    expect(readdirSync(folder)).toEqual([]);
    other.close();
  });

  test('names the port of PostgreSQL that is taken', async () => {
    const other = await listening();

    const start = npmStart({ POSTGRES_PORT: String(portOf(other)) });

    expect(await start.exit).toBe(1);
    expect(start.output()).toContain(`Port ${portOf(other)} of 127.0.0.1 is in use`);
    expect(start.output()).toContain('POSTGRES_PORT');
    expect(readdirSync(folder)).toEqual([]);
    other.close();
  });

  test('says which setting to change where it cannot listen on an address', async () => {
    const start = npmStart({ HOST: '203.0.113.1' });

    expect(await start.exit).toBe(1);
    expect(start.output()).toBe('203.0.113.1 is no address of this machine: set HOST to one, such as 127.0.0.1.\n');
  });

  test('refuses a name that is almost that of a setting', async () => {
    const start = npmStart({ ROUTER_PROT: '4100', MAIL_FROM: 'nobody' });

    expect(await start.exit).toBe(1);
    expect(start.output()).toContain('- ROUTER_PROT is not a setting: did you mean ROUTER_PORT?');
    expect(start.output()).toContain('- MAIL_FROM: must be a mail address');
    expect(start.output()).not.toMatch(/^    at /m);
  });

  test('names two settings that ask for the same port', async () => {
    const start = npmStart({ ORDER_PORT: ports['ROUTER_PORT'] });

    expect(await start.exit).toBe(1);
    expect(start.output()).toMatch(/ORDER_PORT and ROUTER_PORT/);
  });

  test('says which database server cannot be reached, keeps trying, and can be stopped meanwhile', async () => {
    const [port] = await freePorts(1);

    const start = npmStart({ DATABASE_URL: `postgresql://postgres:hunter2@127.0.0.1:${port}/postgres` });
    await start.says(/"setting":"DATABASE_URL","host":"127\.0\.0\.1:\d+","retryInMs":200/);
    await start.says('"retryInMs":400');
    start.kill('SIGTERM');

    expect(await start.exit).toBe(0);
    expect(start.output()).toContain(`127.0.0.1:${port}`);
    expect(start.output()).not.toContain('hunter2');
  });

  test('says so where the database server does not take the password', async () => {
    const url = new URL(testSetting('WALLET_TEST_DATABASE_URL'));
    url.password = 'wrong';

    const start = npmStart({ DATABASE_URL: url.href });

    expect(await start.exit).toBe(1);
    expect(start.output()).toContain(`DATABASE_URL: the database server at ${url.host} refuses: password`);
  });

  test('keeps what was committed when everything is killed, and leaves nothing behind when it is stopped', async () => {
    const first = npmStart();
    await first.says(everythingRuns);
    const steps = [...first.output().matchAll(/^\[ *[\d.]+ s\] (?! )(.*)$/gm)].map(([, step]) => step);
    expect(steps.slice(-3)).toEqual([
      `Creating a PostgreSQL server in ${join(folder, 'postgres')} and starting it on port ${ports['POSTGRES_PORT']}`,
      'Creating the databases that are missing, and migrating them',
      'Starting the processes: user, billing, order, notification, jobs, router',
    ]);
    expect(first.output()).not.toContain('fetch failed');
    await register('ada@example.com');
    const postmaster = Number(readFileSync(postmasterFile(), 'utf8').split('\n')[0]);
    for (const pid of [first.pid, ...descendants(first.pid), postmaster]) process.kill(pid, 'SIGKILL');
    await first.exit;

    const second = npmStart();
    await second.says(everythingRuns);
    const { login } = await graphqlData<{ login: { accessToken: string | null } }>(graphqlUrl(), {
      query: `mutation { login(input: { email: "ada@example.com", password: "${password}" }) { accessToken } }`,
    });
    expect(login.accessToken).not.toBeNull();

    second.kill('SIGINT');
    expect(await second.exit).toBe(0);
    expect(existsSync(postmasterFile())).toBe(false);
    await requireFreePorts(
      Object.entries(ports).map(([setting, port]) => ({ setting, host: '127.0.0.1', port: Number(port) })),
    );
  });
});

describe('npm run migrate', () => {
  test('makes databases fit for the parts, also where it runs twice at once', async () => {
    const databases = await provision(
      testSetting('WALLET_TEST_DATABASE_URL'),
      `${testSetting('WALLET_TEST_PREFIX')}unmigrated_`,
    );
    const settings = settingsOf(databases);

    const migrations = [run('deploy/local/migrate.ts', settings), run('deploy/local/migrate.ts', settings)];
    expect(await Promise.all(migrations.map(async ({ exit }) => await exit))).toEqual([0, 0]);
    expect(migrations.map(({ output }) => output()).join('')).toMatch(
      /: migrated\. These migrations ran:\n  billing 20/,
    );
    const again = run('deploy/local/migrate.ts', { ...settings, LOG_LEVEL: 'silent' });
    expect(await again.exit).toBe(0);
    expect(again.output()).toBe('user, billing, order, notification, jobs, router: already up to date.\n');

    orderAlone({ ORDER_DATABASE_URL: databases.order.service });
    expect(await until('readiness', async () => await statusOf(health('ready'), 200))).toBe(true);
  });

  test('says which settings it needs where there is none', async () => {
    const migrate = run('deploy/local/migrate.ts', {});

    expect(await migrate.exit).toBe(1);
    expect(migrate.output()).toContain('Set DATABASE_URL');
  });
});

describe('a running system', () => {
  test('starts a part again that has died', async () => {
    const system = await startSystem();
    const order = system.processes.get('order')!;
    const before = order.pid();

    system.kill('order');
    await until('another process of the order subgraph', () => order.pid() !== before);
    await until('readiness', async () => await statusOf(`${system.management.order}/health/ready`, 200));
    expect(order.pid()).not.toBe(before);

    await system.stop();
  });
});

describe('a part that is started alone', () => {
  let databases: TestDatabases;

  beforeEach(async () => {
    databases = await createDatabases('order', 'jobs');
  });

  afterEach(async () => {
    await databases.drop();
  });

  test('lives and is not ready while its database cannot be reached, and is ready once it can', async () => {
    const [port] = await freePorts(1);
    const url = Object.assign(new URL(databases.processes.order.service), { port });

    const order = orderAlone({ ORDER_DATABASE_URL: url.href });
    await order.says('the order database cannot be reached');
    expect(await statusOf(health('live'), 200)).toBe(true);
    expect(await statusOf(health('ready'), 503)).toBe(true);

    const road = await forwarding(port!, Number(new URL(databases.processes.order.service).port));
    await until('readiness', async () => await statusOf(health('ready'), 200));
    order.kill('SIGTERM');
    expect(await order.exit).toBe(0);
    road.close();
  });

  test('refuses to start where a migration has not been run, and says what to run', async () => {
    const order = orderAlone({ ORDER_DATABASE_URL: databases.processes.jobs.service });

    expect(await order.exit).toBe(1);
    expect(order.output()).toContain('npm run migrate');
  });

  test('names the port that is taken and the setting that moves it', async () => {
    const other = await listening();

    const order = orderAlone({
      ORDER_DATABASE_URL: databases.processes.order.service,
      ORDER_PORT: String(portOf(other)),
    });

    expect(await order.exit).toBe(1);
    expect(order.output()).toContain(`Port ${portOf(other)} of 127.0.0.1`);
    expect(order.output()).toContain('ORDER_PORT');
    other.close();
  });

  test('stops when whoever started it is gone', async () => {
    const environment = environmentOf({
      ...ports,
      ...jobKeySettings,
      ORDER_DATABASE_URL: databases.processes.order.service,
    });
    const order = fork(pathOf('subgraphs/order/server.ts'), { env: environment, execArgv: [], silent: true });
    const exit = once(order, 'exit');
    await until('readiness', async () => await statusOf(health('ready'), 200));

    order.disconnect();

    expect(await exit).toEqual([0, null]);
  });

  test('names the address that it cannot listen on, and shows no stack', async () => {
    const order = orderAlone({ ORDER_DATABASE_URL: databases.processes.order.service, HOST: '203.0.113.1' });

    expect(await order.exit).toBe(1);
    expect(order.output()).toBe(
      'order: 203.0.113.1 is no address of this machine: set HOST to one, such as 127.0.0.1.\n',
    );
  });

  test('names a setting that it needs and does not have', async () => {
    const order = orderAlone({});

    expect(await order.exit).toBe(1);
    expect(order.output()).toContain('ORDER_DATABASE_URL is not set');
  });
});

const orderAlone = (settings: NodeJS.ProcessEnv) =>
  run('subgraphs/order/server.ts', { ...ports, ...jobKeySettings, ...settings });

const health = (path: 'live' | 'ready') => `http://127.0.0.1:${ports['ORDER_MANAGEMENT_PORT']}/health/${path}`;

const password = 'correct horse battery staple';

const graphqlUrl = () => `http://127.0.0.1:${ports['ROUTER_PORT']}/graphql`;

async function register(email: string): Promise<void> {
  const { register } = await graphqlData<{ register: { userErrors: unknown[] } }>(graphqlUrl(), {
    query: `mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }`,
    variables: { input: { email, name: 'Ada', password } },
  });
  expect(register.userErrors).toEqual([]);
}

const postmasterFile = () => join(folder, 'postgres', 'cluster', 'postmaster.pid');

/** @returns the child processes of a process, recursively. */
function descendants(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const all = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const children = all.filter(([, parent]) => parent === pid).map(([child]) => child!);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

async function statusOf(url: string, expected: number): Promise<boolean> {
  try {
    return (await fetch(url)).status === expected;
  } catch {
    return false;
  }
}

async function listening(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Forwards one port to another, as if a network were restored. */
async function forwarding(from: number, to: number): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [source, target] of [
      [near, far],
      [far, near],
    ] as const) {
      source.pipe(target);
      source.on('error', () => target.destroy());
    }
  }).listen(from, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
