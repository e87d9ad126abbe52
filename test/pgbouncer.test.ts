import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type GivenUrls, settingsOf } from '#local/credentials.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { everyPortSetting } from '#local/parts.ts';
import { type Command, runFile } from './command.ts';
import { registerCustomer } from './customer.ts';
import { createDatabases, type TestDatabases } from './database.ts';
import { openStream } from './event-stream.ts';
import { freePorts } from './free-ports.ts';
import { hasPgBouncer, keepsPreparedStatements, type PgBouncer, startPgBouncer } from './pgbouncer.ts';

/** The supported combinations (docs/past-one-machine.md): the pooler's mode, and whether statements are prepared. */
const modes: readonly (readonly ['session' | 'transaction', boolean])[] = [
  ['session', true],
  ['transaction', false],
  ...(keepsPreparedStatements ? [['transaction', true] as const] : []),
];

let folder: string;
let databases: TestDatabases;
let pooler: PgBouncer | undefined;
let running: Command | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-and-orders-pooled-'));
  databases = await createDatabases();
});

afterEach(async () => {
  running?.kill('SIGTERM');
  await running?.exit;
  await pooler?.stop();
  [running, pooler] = [undefined, undefined];
});

afterAll(async () => {
  await databases.drop();
  rmSync(folder, { recursive: true });
});

/** @returns settings in which each URL that may use a pooler does so. */
function settingsThrough({ through }: PgBouncer): Record<string, string> {
  const { user, billing, order, notification, router, ...direct } = databases.processes;
  const pooled = Object.entries({ user, billing, order, notification, router }).map(([name, urls]) => {
    const changed = Object.entries(urls).map(([who, url]) => [
      who,
      ['service', 'worker', 'verifier'].includes(who) ? through(url) : url,
    ]);
    return [name, Object.fromEntries(changed)];
  });
  return settingsOf({ ...direct, ...(Object.fromEntries(pooled) as GivenUrls) });
}

if (hasPgBouncer) {
  test.each(modes)(
    'the whole system works behind PgBouncer in %s mode, with prepared statements: %s',
    async (mode, prepares) => {
      pooler = await startPgBouncer(
        mode,
        Object.values(databases.processes).flatMap((urls) => Object.values(urls)),
      );
      const settings = settingsThrough(pooler);
      const names = everyPortSetting;
      const free = await freePorts(names.length);
      const ports = Object.fromEntries(names.map((name, index) => [name, String(free[index])]));
      // The tests' machine may be busy.
      const shared = { ...settings, PREPARED_STATEMENTS: String(prepares), SUBGRAPH_TIMEOUT_MS: '20000' };
      running = runFile('deploy/local/start.ts', { ...shared, ...ports, DATA_FOLDER: folder, LIVE_RECHECK_S: '3600' });
      await running.says('Everything runs');

      const origin = `http://127.0.0.1:${ports['ROUTER_PORT']}`;
      const ada = await registerCustomer(`${origin}/graphql`);
      const query = 'subscription { notificationAdded { order { status } } }';
      const stream = await openStream(origin, { query }, { authorization: `Bearer ${ada.token}` });
      // Enough orders for several connections and for PostgreSQL's generic plans, which start at the sixth execution.
      await Promise.all(Array.from({ length: 12 }, async () => await ada.placeOrder({ unitPrice: '1.00' })));
      const paid = { data: { notificationAdded: { order: { status: 'PAID' } } } };
      expect(await stream.first(12)).toEqual(Array.from({ length: 12 }, () => expect.objectContaining(paid)));
      stream.close();

      for (const name of subgraphNames) {
        const time = await shownBy(pooler.through(databases.processes[name].service), 'statement_timeout');
        expect([name, time]).toEqual([name, '15s']);
      }
      const verify = runFile('checks/verify/main.ts', shared);
      expect([await verify.exit, verify.output()]).toEqual([0, expect.stringContaining('No findings')]);
      expect(running.output()).not.toMatch(/prepared statement|unsupported startup parameter/);
    },
  );
} else {
  test('is not tested without a PgBouncer', () => {
    console.warn('No pgbouncer found: the system was not tested behind one.');
    expect(hasPgBouncer).toBe(false);
  });
}

async function shownBy(connectionString: string, setting: string): Promise<string> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, string>>(`show ${setting}`);
    return rows[0]![setting]!;
  } finally {
    await client.end();
  }
}
