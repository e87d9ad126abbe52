import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { requireFreePorts } from '#local/ports.ts';
import { beforeEachCommand, type Commands, listening, statusOf } from './commands.ts';
import { freePorts, portOf } from './free-ports.ts';
import { graphqlData } from './graphql.ts';
import { startSystem } from './system.ts';
import { testSetting } from './test-setting.ts';
import { until } from './until.ts';

let folder: string;
let ports: Commands['ports'];
let run: Commands['run'];

beforeEachCommand((commands) => {
  ({ folder, ports, run } = commands);
});

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
