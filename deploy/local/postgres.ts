import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  accessSync,
  appendFileSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { now } from '#platform/process/clock.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { acceptsConnection } from './connected.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { StartFault } from './start-fault.ts';
import { canEnter, identityOf, postgresUser, type SystemUser } from './system-user.ts';

export interface PostgresOptions {
  /** The server's data, log and superuser password. The folder is created if it does not exist. */
  readonly dataFolder: string;
  readonly port: number;
  /** False: commits do not survive a crash of the machine. For tests only. */
  readonly durable: boolean;
}

export interface Postgres {
  /** The superuser's URL of the database `postgres`. */
  readonly url: string;
  /** Ends all sessions and the server; all commits are then on disk. */
  readonly stop: () => Promise<void>;
}

/** After a SIGKILL the processes of the old server keep its lock for a second or two. */
const oldServerLeavesMs = 20_000;

/**
 * Starts PostgreSQL from the binaries of the npm package, reachable on 127.0.0.1 only. Uses existing data, and recovers
 * them if the server was killed. Takes over a server that still runs on them.
 *
 * @throws StartFault
 */
export async function startPostgres({ dataFolder, port, durable }: PostgresOptions): Promise<Postgres> {
  const user = postgresUser(dataFolder);
  const binaries = join(postgresBinaries(user), 'bin');
  if (!existsSync(dataFolder)) await initialise(dataFolder, binaries, user);
  const server: Server = { dataFolder, port, durable, binaries, user, url: superuserUrl(dataFolder, port) };
  await start(server);
  return { url: server.url, stop: async () => await stop(server) };
}

interface Server extends PostgresOptions {
  readonly binaries: string;
  readonly user: SystemUser | null;
  readonly url: string;
}

/** Whether a server of a killed launcher may still run on these data. */
export function mayStillRun(dataFolder: string): boolean {
  return existsSync(join(clusterOf(dataFolder), 'postmaster.pid'));
}

const clusterOf = (dataFolder: string) => join(dataFolder, 'cluster');
const passwordOf = (dataFolder: string) => join(dataFolder, 'password');
const logOf = (dataFolder: string) => join(dataFolder, 'postgres.log');

/** Created under another name first, so that an interrupted start leaves no folder that looks complete. */
async function initialise(dataFolder: string, binaries: string, user: SystemUser | null): Promise<void> {
  makeParent(dataFolder, user);
  const unfinished = mkdtempSync(`${dataFolder}.`);
  try {
    const password = passwordOf(unfinished);
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (user !== null) for (const path of [unfinished, password]) chownSync(path, user.uid, user.gid);
    const args = [
      `--pgdata=${clusterOf(unfinished)}`,
      `--pwfile=${password}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--data-checksums',
    ];
    const made = await run(join(binaries, 'initdb'), args, { user, cwd: unfinished });
    if (made.code !== 0)
      throw new StartFault(`PostgreSQL cannot create a database cluster in ${dataFolder}:\n${made.output}`);
    renameSync(unfinished, dataFolder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(dataFolder)) throw error;
  }
}

function makeParent(dataFolder: string, user: SystemUser | null): void {
  const parent = dirname(dataFolder);
  try {
    if (mkdirSync(parent, { recursive: true }) !== undefined) chmodSync(parent, 0o755);
    accessSync(parent, constants.W_OK);
  } catch (cause) {
    throw new StartFault(`${parent} is not writable (${errorText(cause)}): set DATA_FOLDER to another folder.`, {
      cause,
    });
  }
  if (user === null || canEnter(user, parent)) return;
  throw new StartFault(
    `As root, PostgreSQL runs as ${user.name}, who cannot enter ${parent}: set DATA_FOLDER to a folder that ` +
      'every user can reach, or DATABASE_URL to a server of your own.',
  );
}

/**
 * The superuser's URL of a server on these data.
 *
 * @throws StartFault if this process cannot read the password file.
 */
export function superuserUrl(dataFolder: string, port: number): string {
  try {
    return `postgresql://postgres:${readFileSync(passwordOf(dataFolder), 'utf8')}@127.0.0.1:${port}/postgres`;
  } catch (cause) {
    throw new StartFault(
      `${passwordOf(dataFolder)} is not readable (${errorText(cause)}): set DATA_FOLDER to a folder of your own.`,
      { cause },
    );
  }
}

async function start(server: Server): Promise<void> {
  const log = logOf(server.dataFolder);
  appendFileSync(log, '');
  if (server.user !== null) chownSync(log, server.user.uid, server.user.gid);
  for (const deadline = now().getTime() + oldServerLeavesMs; ; await delay(250)) {
    const before = statSync(log).size;
    const started = await control(server, 'start', [`--log=${basename(log)}`, '--options', options(server)]);
    if (await acceptsConnection(server.url)) return;
    const reason = readFileSync(log, 'utf8').slice(before).trim() || started.output;
    const oldServerStays = /lock file|shared memory block|being shut down|starting up/.test(reason);
    if (!oldServerStays || now().getTime() > deadline) throw startFault(server, reason);
  }
}

async function stop(server: Server): Promise<void> {
  const stopped = await control(server, 'stop', ['--mode=fast']);
  if (stopped.code !== 0 && (await acceptsConnection(server.url)))
    throw new Error(`PostgreSQL did not stop: ${stopped.output}`);
}

/** The values contain no spaces and no quotation marks, because pg_ctl passes them through a shell. */
function options({ port, durable }: Server): string {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Clients get the errors of their statements. The log has only events of the server.
    log_min_messages: 'log',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

/** Recovery after a crash may take long, so the time-out is generous. */
const longestWaitS = 300;

/** Uses relative file names, because pg_ctl passes them through a shell and the folder's name may need escaping. */
async function control({ binaries, user, dataFolder }: Server, action: 'start' | 'stop', more: readonly string[]) {
  const cluster = basename(clusterOf(dataFolder));
  const args = [action, `--pgdata=${cluster}`, '--wait', `--timeout=${longestWaitS}`, '--silent', ...more];
  return await run(join(binaries, 'pg_ctl'), args, { user, cwd: dataFolder });
}

function startFault({ dataFolder, port }: Server, reason: string): StartFault {
  if (/could not bind|could not create any TCP/.test(reason)) {
    return new StartFault(`Port ${port} of 127.0.0.1 is in use by another program: set POSTGRES_PORT to a free one.`);
  }
  if (reason.includes('lock file')) {
    return new StartFault(
      `Another PostgreSQL works on the data in ${dataFolder}: stop it, or set DATA_FOLDER to another folder.\n${reason}`,
    );
  }
  return new StartFault(`PostgreSQL did not start on the data in ${dataFolder}:\n${reason}`);
}

async function run(program: string, args: readonly string[], { user, cwd }: { user: SystemUser | null; cwd: string }) {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_ALL: 'C' },
    ...identityOf(user),
    // In a process group of its own: Ctrl-C reaches only `npm start`, which stops the processes in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  try {
    await once(child, 'exit');
    return { code: child.exitCode, output: output.join('').trim() };
  } catch (cause) {
    throw new StartFault(
      `${basename(program)} does not run on this machine: set DATABASE_URL to a server of your own.`,
      {
        cause,
      },
    );
  }
}
