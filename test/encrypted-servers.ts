import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { acceptsConnection, connected } from '#local/connected.ts';
import { startPostgres } from '#local/postgres.ts';
import type { Authority, Issued } from './certificates.ts';
import { freePorts, portOf } from './free-ports.ts';
import { until } from './until.ts';

export interface EncryptedServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts a PostgreSQL server that accepts only TLS connections; its URL does not mention TLS. */
export async function startEncryptedPostgres(authority: Authority, name = 'localhost'): Promise<EncryptedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-encrypted-'));
  chmodSync(folder, 0o755);
  const [port] = await freePorts(1);
  const postgres = await startPostgres({ dataFolder: join(folder, 'postgres'), port: port!, durable: false });
  const stop = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  };
  try {
    await encrypt(postgres.url, join(folder, 'postgres', 'cluster'), authority.issue(name));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: postgres.url, stop };
}

async function encrypt(url: string, cluster: string, { certificate, key }: Issued): Promise<void> {
  const { uid, gid } = statSync(cluster);
  for (const [name, text] of [
    ['server.crt', certificate],
    ['server.key', key],
  ] as const) {
    writeFileSync(join(cluster, name), text, { mode: 0o600 });
    chownSync(join(cluster, name), uid, gid);
  }
  const rules = join(cluster, 'pg_hba.conf');
  writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll(/^host\b/gm, 'hostssl'));
  await connected(url, async (client) => {
    await client.query('alter system set ssl = on');
    await client.query('select pg_reload_conf()');
  });
  await until('connections without TLS to be refused', async () => !(await acceptsConnection(url)));
}

/** Starts a TLS proxy in front of a server, since not every redis-server supports TLS. */
export async function startEncryption(url: string, authority: Authority): Promise<EncryptedServer> {
  const { hostname, port } = new URL(url);
  const { certificate, key } = authority.issue('localhost');
  const sockets = new Set<Socket>();
  const server = createServer({ cert: certificate, key }, (near) => {
    const far = connect(Number(port), hostname);
    for (const [source, target] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(source);
      source.pipe(target);
      source.on('error', () => target.destroy()).on('close', () => target.destroy());
    }
  });
  server.on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `rediss://localhost:${portOf(server)}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
