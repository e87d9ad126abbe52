import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { settingsOf } from '#local/credentials.ts';
import { provision } from '#local/provision.ts';
import { environmentOf, pathOf } from './command.ts';
import { beforeEachCommand, type Commands, listening, statusOf } from './commands.ts';
import { createDatabases, type TestDatabases } from './database.ts';
import { freePorts, portOf } from './free-ports.ts';
import { jobKeySettings } from './job-keys.ts';
import { testSetting } from './test-setting.ts';
import { until } from './until.ts';

let ports: Commands['ports'];
let run: Commands['run'];

beforeEachCommand((commands) => {
  ({ ports, run } = commands);
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

    const network = await forwarding(port!, Number(new URL(databases.processes.order.service).port));
    await until('readiness', async () => await statusOf(health('ready'), 200));
    order.kill('SIGTERM');
    expect(await order.exit).toBe(0);
    network.close();
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

  test('stops when its parent process is gone', async () => {
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

/** @returns a server that forwards one port to another, as if a network were restored. */
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
