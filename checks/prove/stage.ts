import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { settingsOf, type VerifierUrls, verifierUrls } from '#local/credentials.ts';
import { migrateAll } from '#local/migrations.ts';
import { startPostgres } from '#local/postgres.ts';
import { provision } from '#local/provision.ts';
import type { SubgraphName } from '#subgraphs/manifest.ts';
import { freePorts } from '../../test/free-ports.ts';
import { planStage, type ProcessPorts, type StagePart, stageParts, withPorts } from './plan.ts';
import { SupervisedProcess } from './processes.ts';
import { jobsDatabase, type QueryDatabase, type QueueServer, startOwnRedis } from './queue-server.ts';
import type { Random } from './random.ts';
import { runArguments } from './run-arguments.ts';
import { type Standby, startStandby } from './standby.ts';

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
  /** The user database with the role of its owner. */
  readonly userDatabaseUrl: string;
  readonly query: QueryDatabase;
  /** Queries the databases of another server: its superuser's URL. */
  readonly queryAt: (server: string) => QueryDatabase;
  /** Creates another process like an existing one, on other ports. */
  readonly replica: (part: StagePart, ports: ProcessPorts, settings?: NodeJS.ProcessEnv) => SupervisedProcess;
  readonly ports: { readonly postgres: number; readonly queue: number };
  /** The settings that connect to databases or to the queue server through another port, such as a proxy's. */
  readonly reroute: (targets: readonly (SubgraphName | 'queue')[], port: number) => NodeJS.ProcessEnv;
  /** Runs `npm run dead-letters` with these arguments. @returns its output. */
  readonly deadLetters: (...args: string[]) => Promise<string>;
  /** Counts the log lines with this message so far. */
  readonly countLogLines: (message: string) => number;
  readonly postgres: {
    readonly crash: () => void;
    readonly start: () => Promise<void>;
    /** Starts a synchronous standby, which stops with the stage at the latest. */
    readonly startStandby: () => Promise<Standby>;
  };
  readonly queueServer: QueueServer;
  readonly stop: () => Promise<void>;
}

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
  const [postgresPort, redisPort, standbyPort, ...ports] = (await freePorts(3 + 2 * stageParts.length)) as [
    number,
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
  const queryAt =
    (server: string): QueryDatabase =>
    async (database, sql, values = []) => {
      const url = Object.assign(new URL(server), { pathname: new URL(urls[database].owner).pathname });
      return await queryOnce(url.href, sql, values);
    };
  const query = queryAt(postgres.url);

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
    userDatabaseUrl: urls.user.owner,
    query,
    queryAt,
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
      startStandby: async () => {
        const standby = await startStandby({
          primary: { ...postgresOptions, url: postgres.url },
          dataFolder: join(folder, 'standby'),
          port: standbyPort,
        });
        started.defer(standby.stop);
        return standby;
      },
    },
    queueServer: redis ?? jobsDatabase(urls.jobs.owner, query),
    stop: async () => await started.disposeAsync(),
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
