import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { BrowserServer } from 'playwright-core';
import { databaseNames } from '#local/credentials.ts';
import { startPostgres } from '#local/postgres.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { freePorts, portOf } from './free-ports.ts';
import type { TestSystem } from './system.ts';

/**
 * The process of the resources that all tests of a run share: one PostgreSQL server, and templates of databases, one
 * running system and one browser, which are made at their first request. It removes everything when the run ends, even if the run is killed.
 */

const givenUrl = process.env['WALLET_TEST_DATABASE_URL'];
const prefix = `test_${randomBytes(4).toString('hex')}_`;
const server =
  givenUrl === undefined ? await startOwnServer() : { url: givenUrl, stop: async () => await dropAll(givenUrl) };

let system: Promise<TestSystem> | undefined;
let browser: Promise<BrowserServer> | undefined;

/** The resources by path (shared-resource.ts). */
const shared: Readonly<Record<string, () => Promise<object>>> = {
  // Its agents' endpoint is on; a system of `npm start` has none.
  '/system': async () => {
    system ??= import('./system.ts').then(async ({ startSystem }) => await startSystem({ MCP: 'on' }));
    const { url, origins, management, databases, credentials } = await system;
    return { url, origins, management, databases, credentials };
  },
  ...Object.fromEntries(
    databaseNames.map((name) => [
      `/template/${name}`,
      async () => await import('./templates.ts').then(async ({ template }) => await template(name)),
    ]),
  ),
  '/browser': async () => {
    browser ??= import('./console/chromium.ts').then(async ({ serveChromium }) => await serveChromium());
    return { endpoint: (await browser).wsEndpoint() };
  },
};

const resourcesServer = createServer((request, response) => {
  // Requests are rare. A kept-alive connection could be closed just when the next request uses it.
  response.setHeader('connection', 'close');
  shared[request.url ?? '']!().then(
    (answer) => response.end(JSON.stringify(answer)),
    (error: unknown) => response.writeHead(500).end(errorText(error)),
  );
});
await once(resourcesServer.listen(0, '127.0.0.1'), 'listening');

// Ignore Ctrl-C here: Jest handles it and decides when the run ends.
process.on('SIGINT', () => undefined);
process.once('disconnect', () => void stop().then(() => process.exit(0)));
const settings = {
  WALLET_TEST_DATABASE_URL: server.url,
  WALLET_TEST_PREFIX: prefix,
  WALLET_TEST_SHARED_URL: `http://127.0.0.1:${portOf(resourcesServer)}`,
};
Object.assign(process.env, settings);
process.send?.(settings);

async function stop(): Promise<void> {
  const [startedBrowser, startedSystem] = await Promise.allSettled([browser, system]);
  if (startedBrowser.status === 'fulfilled') await startedBrowser.value?.close();
  if (startedSystem.status === 'fulfilled') await startedSystem.value?.stop();
  await server.stop();
}

async function startOwnServer() {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-test-'));
  chmodSync(folder, 0o755);
  const [port] = await freePorts(1);
  const postgres = await startPostgres({ dataFolder: join(folder, 'postgres'), port: port!, durable: false });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Drops all databases and roles of this run from a server that is not its own. */
async function dropAll(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ statement: string }>(
    `select format('drop database %I with (force)', datname) as statement from pg_database where starts_with(datname, $1)
     union all
     select format('drop role %I', rolname) from pg_roles where starts_with(rolname, $1)`,
    [prefix],
  );
  for (const { statement } of rows) await client.query(statement);
  await client.end();
}
