import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptsConnection } from '#local/connected.ts';
import { identityOf, postgresUser } from '#local/system-user.ts';
import { freePorts } from './free-ports.ts';
import { until } from './until.ts';

export interface PgBouncer {
  /** @returns the URL through the pooler. */
  readonly through: (url: string) => string;
  readonly stop: () => Promise<void>;
}

/** Debian installs PgBouncer in a folder that is only in root's PATH. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin` };

const version = /PgBouncer (\d+)\.(\d+)/.exec(
  spawnSync('pgbouncer', ['--version'], { encoding: 'utf8', env }).stdout ?? '',
);

/** Whether the machine has a PgBouncer. */
export const hasPgBouncer = version !== null;

/** Whether it supports prepared statements in transaction mode (from version 1.21). */
export const keepsPreparedStatements = version !== null && (Number(version[1]) > 1 || Number(version[2]) >= 21);

/** Ends PgBouncer when standard input closes, which happens when the test's process ends, even if it is killed. */
const untilInputEnds = 'pgbouncer "$@" & read -r _; kill -9 $!; wait';

/**
 * Starts a PgBouncer in front of the server of these URLs. By default it ignores no start-up parameters.
 *
 * @param urls of the roles that connect.
 */
export async function startPgBouncer(mode: 'session' | 'transaction', urls: readonly string[]): Promise<PgBouncer> {
  const [port] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-pgbouncer-'));
  chmodSync(folder, 0o755);
  const users = urls.map((url) => new URL(url)).map(({ username, password }) => `"${username}" "${password}"\n`);
  writeFileSync(join(folder, 'users.txt'), [...new Set(users)].join(''));
  writeFileSync(join(folder, 'pgbouncer.ini'), configuration(mode, port!, folder, new URL(urls[0]!)));

  // It refuses to run as root.
  const user = postgresUser(folder);
  const pooler = spawn('/bin/sh', ['-c', untilInputEnds, 'sh', '-q', join(folder, 'pgbouncer.ini')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env,
    ...identityOf(user),
  });
  const exit = once(pooler, 'exit');
  const through = (url: string) => Object.assign(new URL(url), { port: String(port) }).href;
  const stop = async () => {
    pooler.stdin.end();
    await exit;
    rmSync(folder, { recursive: true });
  };
  try {
    await until('PgBouncer to answer', async () => await acceptsConnection(through(urls[0]!)));
    return { through, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function configuration(mode: string, port: number, folder: string, server: URL): string {
  return `[databases]
* = host=${server.hostname} port=${server.port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
pool_mode = ${mode}
max_client_conn = 500
default_pool_size = 10
${keepsPreparedStatements ? 'max_prepared_statements = 200' : ''}
`;
}
