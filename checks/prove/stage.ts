import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresBackend, type PgPool, Queue } from 'bullmq';
import pg, { Client, type QueryResultRow } from 'pg';
import { project } from '#local/command.ts';
import { readConfig } from '#local/config.ts';
import { migrateAll } from '#local/migrations.ts';
import {
  managementOriginOf,
  managementPortSettings,
  originOf,
  type PartName,
  partNames,
  planParts,
  portSettings,
} from '#local/parts.ts';
import { startPostgres } from '#local/postgres.ts';
import {
  type DatabaseName,
  type DatabaseUrls,
  settingsOf,
  type VerifierUrls,
  verifierUrls,
} from '#local/credentials.ts';
import { provision } from '#local/provision.ts';
import { startRedis, type TestRedis } from '../../test/redis.ts';
import { freePorts } from '../../test/free-ports.ts';
import { SupervisedProcess, type ProcessPlan } from './processes.ts';
import type { Random } from './random.ts';
import { runArguments } from './run-arguments.ts';
import { waitFor } from './wait.ts';

export interface StageOptions {
  readonly queue: 'redis' | 'postgres';
  readonly orders: number;
  readonly kills: number;
  readonly random: Random;
  /** The file to which the processes write their warnings and errors. */
  readonly output: string;
  readonly log: (text: string) => void;
}

/** The system under test: each part is a process; PostgreSQL and the queue server belong to this run only. */
export interface Stage extends StageOptions {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  readonly parts: Readonly<Record<StagePart, SupervisedProcess>>;
  readonly workers: readonly [SupervisedProcess, SupervisedProcess];
  readonly verifier: VerifierUrls;
  /** Queries a database as the superuser, over a new connection. */
  readonly query: <Row extends QueryResultRow>(
    database: DatabaseName,
    sql: string,
    values?: unknown[],
  ) => Promise<Row[]>;
  /** Creates another process like an existing one, on other ports. */
  readonly replica: (part: StagePart, ports: ProcessPorts, settings?: NodeJS.ProcessEnv) => SupervisedProcess;
  readonly ports: { readonly postgres: number; readonly queue: number };
  /** The settings that connect to databases or to the queue server through another port, such as a proxy's. */
  readonly reroute: (
    targets: readonly ('user' | 'billing' | 'order' | 'notification' | 'queue')[],
    port: number,
  ) => NodeJS.ProcessEnv;
  /** Runs `npm run dead-letters` with these arguments. @returns its output. */
  readonly deadLetters: (...args: string[]) => Promise<string>;
  /** Counts the log lines with this message so far. */
  readonly countLogLines: (message: string) => number;
  readonly postgres: { readonly crash: () => void; readonly start: () => Promise<void> };
  readonly queueServer: QueueServer;
  readonly stop: () => Promise<void>;
}

const stageParts = ['user', 'billing', 'order', 'notification', 'relay', 'worker1', 'worker2', 'router'] as const;
export type StagePart = (typeof stageParts)[number];

interface QueueServer {
  /** Deletes all jobs. */
  readonly flush: () => Promise<void>;
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
  /** @returns the number of jobs in a queue, in any state. */
  readonly jobs: (queue: string) => Promise<number>;
}

/** Longer than a run plus the clock skew of the row `clocks`: only the validity of tokens depends on clocks. */
const tokenTtlS = 24 * 3_600;

export async function startStage(options: StageOptions): Promise<Stage> {
  const started = new AsyncDisposableStack();
  try {
    return await startParts(options, started);
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

async function startParts(options: StageOptions, started: AsyncDisposableStack): Promise<Stage> {
  const [postgresPort, redisPort, ...ports] = (await freePorts(2 + 2 * stageParts.length)) as [
    number,
    number,
    ...number[],
  ];
  const folder = mkdtempSync(join(tmpdir(), 'wallet-prove-'));
  started.defer(() => rmSync(folder, { recursive: true }));
  // If this process is root, PostgreSQL runs as another user, who must be able to enter the folder.
  chmodSync(folder, 0o755);
  const postgresOptions = { dataFolder: join(folder, 'postgres'), port: postgresPort, durable: true };
  const postgres = await startPostgres(postgresOptions);
  started.defer(postgres.stop);
  const urls = await provision(postgres.url);
  await migrateAll(urls);
  const query: Stage['query'] = async (database, sql, values = []) => {
    const url = Object.assign(new URL(postgres.url), { pathname: new URL(urls[database].owner).pathname });
    return await queryOnce(url.href, sql, values);
  };

  const output = openSync(options.output, 'w');
  started.defer(() => closeSync(output));
  const redis = options.queue === 'redis' ? await startOwnRedis(redisPort, started) : null;
  const plans = planStage(ports, urls, redis === null ? {} : { REDIS_URL: redis.url });
  const processOf = (part: StagePart) => new SupervisedProcess(plans[part], output);
  const parts = Object.fromEntries(stageParts.map((part) => [part, processOf(part)])) as Stage['parts'];
  started.defer(async () => void (await Promise.all(Object.values(parts).map(async (part) => await part.stop()))));
  await Promise.all(Object.values(parts).map(async (part) => await part.start()));

  return {
    ...options,
    url: `${parts.router.origin}/graphql`,
    parts,
    workers: [parts.worker1, parts.worker2],
    verifier: verifierUrls(postgres.url),
    query,
    replica: (part, other, settings = {}) =>
      new SupervisedProcess(withPorts(plans[part], part, other, settings), output),
    ports: { postgres: postgresPort, queue: redis === null ? postgresPort : redisPort },
    reroute: (targets, port) => {
      const throughPort = (url: string) => Object.assign(new URL(url), { port }).href;
      const settings = targets.flatMap((name) => {
        const database = name === 'queue' ? 'jobs' : name;
        if (database === 'jobs' && redis !== null) {
          return Object.entries({ REDIS_URL: redis.url, ROUTER_REDIS_URL: redis.url });
        }
        return Object.entries(settingsOf({ [database]: urls[database] }));
      });
      return Object.fromEntries(settings.map(([setting, url]) => [setting, throughPort(url)]));
    },
    deadLetters: async (...args) => {
      const settings = { ...settingsOf(urls), ...(redis === null ? {} : { REDIS_URL: redis.url }) };
      const { code, output } = await runArguments('deploy/local/dead-letters.ts', args, { settings });
      if (code !== 0) throw new Error(`dead-letters: ${output}`);
      return output;
    },
    countLogLines: (message) =>
      readFileSync(options.output, 'utf8').split(`"msg":${JSON.stringify(message)}`).length - 1,
    postgres: {
      // SIGQUIT is PostgreSQL's immediate shutdown: it writes nothing, and the next start recovers.
      crash: () => void process.kill(postmaster(postgresOptions.dataFolder), 'SIGQUIT'),
      start: async () => void (await startPostgres(postgresOptions)),
    },
    queueServer: redis ?? jobsDatabase(urls.jobs.owner, query),
    stop: async () => await started.disposeAsync(),
  };
}

function planStage(
  ports: readonly number[],
  databases: DatabaseUrls,
  queue: NodeJS.ProcessEnv,
): Record<StagePart, ProcessPlan> {
  const portOf = (part: StagePart) => ports[stageParts.indexOf(part)]!;
  const managementPortOf = (part: StagePart) => ports[stageParts.length + stageParts.indexOf(part)]!;
  const stagePartOf = (name: PartName) => (name === 'jobs' ? 'relay' : name);
  const environment = {
    PATH: process.env['PATH'],
    LOG_LEVEL: 'warn',
    ACCESS_TOKEN_TTL_S: String(tokenTtlS),
    ...Object.fromEntries(
      partNames.flatMap((name) => [
        [portSettings[name], String(portOf(stagePartOf(name)))],
        [managementPortSettings[name], String(managementPortOf(stagePartOf(name)))],
      ]),
    ),
    ...queue,
  };
  const config = readConfig(environment);
  const compileCache = join(project, '.data', 'compile-cache');
  const planned = planParts({ config, databases, environment, compileCache });
  const plans = Object.fromEntries(
    planned.map(({ name, entry, environment }) => {
      const [origin, management] = [originOf(config, name), managementOriginOf(config, name)];
      return [name, { name, entry, environment, origin, management }];
    }),
  ) as Record<(typeof partNames)[number], ProcessPlan>;
  const jobs = (name: 'relay' | 'worker1' | 'worker2', roles: string): ProcessPlan =>
    withPorts(plans.jobs, name, [portOf(name), managementPortOf(name)], { JOBS_ROLES: roles });
  const work = 'user,billing,order,notification';
  return { ...plans, relay: jobs('relay', 'relay'), worker1: jobs('worker1', work), worker2: jobs('worker2', work) };
}

/** The service port and the management port of one process. */
type ProcessPorts = readonly [port: number, managementPort: number];

function withPorts(
  plan: ProcessPlan,
  part: StagePart,
  [port, managementPort]: ProcessPorts,
  settings: NodeJS.ProcessEnv,
): ProcessPlan {
  const name = part === 'relay' || part === 'worker1' || part === 'worker2' ? 'jobs' : part;
  const ports = { [portSettings[name]]: String(port), [managementPortSettings[name]]: String(managementPort) };
  return {
    ...plan,
    name: `${part} at ${port}`,
    environment: { ...plan.environment, ...settings, ...ports },
    origin: `http://127.0.0.1:${port}`,
    management: `http://127.0.0.1:${managementPort}`,
  };
}

async function queryOnce<Row extends QueryResultRow>(url: string, sql: string, values: unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A lost connection fails the current statement, which reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function postmaster(dataFolder: string): number {
  return Number(readFileSync(join(dataFolder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A Redis without persistence. */
async function startOwnRedis(port: number, started: AsyncDisposableStack): Promise<QueueServer & { url: string }> {
  let server: TestRedis = await startRedis(port);
  started.defer(async () => await server.stop());
  const startAgain = async () => {
    server = await startRedis(port);
  };
  return {
    url: server.url,
    flush: async () => {
      await server.stop();
      await startAgain();
    },
    down: async () => await server.stop(),
    up: startAgain,
    jobs: async (name) => await countJobs(new Queue(name, { connection: { url: server.url } })),
  };
}

/** BullMQ's database, which can be emptied and closed independently of the others on the server. */
function jobsDatabase(url: string, query: Stage['query']): QueueServer {
  const allowConnections = async (allowed: boolean) =>
    void (await query(
      'billing',
      `do $$ begin execute format('alter database %I allow_connections ${allowed}', 'wallet_jobs'); end $$`,
    ));
  return {
    flush: async () => {
      const tables = await query<{ name: string }>(
        'jobs',
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname = 'bullmq' and tablename not like '%migration%'`,
      );
      await query('jobs', `truncate ${tables.map(({ name }) => name).join(', ')} cascade`);
    },
    down: async () => {
      await allowConnections(false);
      await query('billing', `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'wallet_jobs'`);
      await waitFor(
        'all sessions of the jobs database to end',
        async () => (await query('billing', `select from pg_stat_activity where datname = 'wallet_jobs'`)).length === 0,
        10_000,
      );
    },
    up: async () => await allowConnections(true),
    jobs: async (name) => {
      const pool = new pg.Pool({ connectionString: url });
      // BullMQ declares its own type for the part of pg's pool that it uses.
      const connection = pool as pg.Pool & PgPool;
      const count = await countJobs(new Queue(name, { connection }, createPostgresBackend));
      await pool.end();
      return count;
    },
  };
}

async function countJobs(queue: Pick<Queue, 'getJobCounts' | 'close'>): Promise<number> {
  try {
    return Object.values(await queue.getJobCounts()).reduce((sum, count) => sum + count, 0);
  } finally {
    await queue.close();
  }
}
