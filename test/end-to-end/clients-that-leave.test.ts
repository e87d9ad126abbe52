import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import type { PartName } from '#local/parts.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { graphql } from '#test/graphql.ts';
import { abandoned, type Misbehaviour, unreadable } from '#test/misbehaving-clients.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';

const dashboardPassword = 'a password of the dashboard';
const folder = mkdtempSync(join(tmpdir(), 'wallet-log-'));
const logFile = join(folder, 'log');
const output = openSync(logFile, 'a');

let system: TestSystem;
let ada: Customer;
let account: string;

beforeAll(async () => {
  system = await startSystem({ LOG_LEVEL: 'debug', DASHBOARD_PASSWORD: dashboardPassword }, output);
  ada = await registerCustomer(system.url);
  account = (await ada.account('USD')).id;
  for (let batch = 0; batch < 15; batch += 1) await deposits(20);
}, 120_000);
afterAll(async () => {
  await system.stop();
  closeSync(output);
  rmSync(folder, { recursive: true });
}, 60_000);

/** So many entries for a statement: enough for several pages. */
async function deposits(count: number): Promise<void> {
  const fields = Array.from(
    { length: count },
    (_, index) => `d${index}: deposit(input: { accountId: "${account}", amount: { amount: "1.00", currency: USD },
      idempotencyKey: "${randomUUID()}" }) { userErrors { code } }`,
  );
  await ada.request(`mutation { ${fields.join(' ')} }`);
}

interface Line {
  readonly name: string;
  readonly level: string;
  readonly msg: string;
  readonly reason?: string | null;
  readonly err?: { readonly message: string };
}

const quiet = new Set(['trace', 'debug', 'info']);

let read = 0;
beforeEach(() => {
  read = readFileSync(logFile).length;
});

/** What the parts have written since the test began. */
function written(): string[] {
  const texts = readFileSync(logFile).subarray(read).toString().split('\n');
  return texts.filter((text) => text !== '');
}

/** What is no line of a log comes from Node, which warns so. */
function lineOf(text: string): Line | string {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return text;
  }
}

/** What the router says while the machine is too busy to count for several routers within a quarter of a second. */
const busyMachine = 'rate limits are counted by this router alone';

/** The lines that would call somebody, shortened. */
function alerts() {
  return written()
    .map((text) => lineOf(text))
    .filter((line) => typeof line === 'string' || !quiet.has(line.level) || line.err !== undefined)
    .filter((line) => typeof line === 'string' || line.msg !== busyMachine)
    .map((line) => (typeof line === 'string' ? line : shortened(line)));
}

function shortened({ name, level, msg, err, reason = err?.message ?? null }: Line) {
  return { name, level, msg, reason };
}

/** Settles when the part has done with what was asked of it before. */
async function caughtUp(part: PartName): Promise<void> {
  await until(`${part} to be quiet`, async () => {
    const before = written().length;
    const { ok } = await fetch(`${system.management[part]}/health/ready`);
    await delay(300);
    return ok && written().length === before;
  });
}

async function misbehave(part: PartName, ways: readonly Misbehaviour[]): Promise<void> {
  await Promise.all(ways.map(async (way) => await way(system.origins[part])));
  await caughtUp(part);
}

const parts: readonly PartName[] = ['router', ...subgraphNames, 'jobs'];

test('nothing that a client sends or breaks off before there is a request is a fault, on any port', async () => {
  await Promise.all(parts.map(async (part) => await misbehave(part, Object.values(unreadable))));
  expect(alerts()).toEqual([]);
}, 60_000);

interface Path {
  readonly part: PartName;
  readonly line: string;
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly body?: () => string;
}

const asAda = () => ({ authorization: `Bearer ${ada.token}` });
const login = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }';
const credentials = { email: 'nobody@example.com', password: 'not the password' };
const everything =
  '{ viewer { id name accounts { number entries(first: 20) { nodes { id } } } orders { nodes { id } } } }';
const subscription = 'subscription { notificationAdded { id } }';
const basic = `Basic ${Buffer.from(`operator:${dashboardPassword}`).toString('base64')}`;

const owned = {
  user: '{ viewer { id name email } }',
  billing: '{ viewer { accounts { number balance { amount } } } }',
  order: '{ viewer { orders { nodes { id } } } }',
  notification: '{ viewer { notifications { nodes { id } } } }',
};

const paths: Readonly<Record<string, Path>> = {
  'a query': { part: 'router', line: 'POST /graphql', headers: asAda, body: () => json({ query: everything }) },
  'a query with GET': {
    part: 'router',
    line: `GET /graphql?query=${encodeURIComponent(everything)}`,
    headers: asAda,
  },
  'the page of the explorer': { part: 'router', line: 'GET /graphql', headers: () => ({ accept: 'text/html' }) },
  'the page of the console': { part: 'router', line: 'GET /' },
  'a payment': {
    part: 'router',
    line: 'POST /graphql',
    headers: asAda,
    body: () =>
      json({
        query: `mutation { deposit(input: { accountId: "${account}", amount: { amount: "1.00", currency: USD },
          idempotencyKey: "${randomUUID()}" }) { userErrors { code } } }`,
      }),
  },
  'a login': {
    part: 'router',
    line: 'POST /graphql',
    body: () => json({ query: login, variables: { input: credentials } }),
  },
  'a login of the console': {
    part: 'router',
    line: 'POST /session',
    headers: () => ({ 'x-console': '1', 'sec-fetch-site': 'same-origin' }),
    body: () => json({ login: credentials }),
  },
  'a subscription': {
    part: 'router',
    line: 'POST /graphql/stream',
    headers: () => ({ ...asAda(), accept: 'text/event-stream' }),
    body: () => json({ query: subscription }),
  },
  'a subscription with GET': {
    part: 'router',
    line: `GET /graphql/stream?query=${encodeURIComponent(subscription)}`,
    headers: () => ({ ...asAda(), accept: 'text/event-stream' }),
  },
  'a subscription at /graphql': {
    part: 'router',
    line: 'POST /graphql',
    headers: () => ({ ...asAda(), accept: 'text/event-stream' }),
    body: () => json({ query: subscription }),
  },
  'a statement': { part: 'router', line: 'GET /statements/<account>.csv', headers: asAda },
  'the public keys': { part: 'user', line: 'GET /.well-known/jwks.json' },
  'the page of the queues': { part: 'jobs', line: 'GET /queues', headers: () => ({ authorization: basic }) },
  'the state of the queues': {
    part: 'jobs',
    line: 'GET /queues/api/queues',
    headers: () => ({ authorization: basic }),
  },
  ...Object.fromEntries(parts.flatMap((part) => healthOf(part))),
  ...Object.fromEntries(Object.entries(owned).flatMap(([part, query]) => askedOf(part as keyof typeof owned, query))),
};

function json(body: object): string {
  return JSON.stringify(body);
}

function healthOf(part: PartName): [string, Path][] {
  return ['/health/ready', '/metrics'].map((path) => [`${path} of ${part}`, { part, line: `GET ${path}` }]);
}

/** As a client may ask a subgraph, and as the router does. */
function askedOf(part: keyof typeof owned, query: string): [string, Path][] {
  const operations = () => json({ documents: [{ query }], operations: [[0, {}, asAda().authorization, null]] });
  return [
    [`/graphql of ${part}`, { part, line: 'POST /graphql', headers: asAda, body: () => json({ query }) }],
    [`/operations of ${part}`, { part, line: 'POST /operations', body: operations }],
  ];
}

describe('a client that goes away', () => {
  test.each(parts)('is no fault of %s', async (part) => {
    const asked = Object.values(paths).filter((path) => path.part === part);
    const ways = asked.flatMap(({ line, headers, body }) =>
      Object.values(abandoned(line.replace('<account>', account), headers?.() ?? {}, body?.() ?? null)),
    );
    await misbehave(part, ways);
    expect(alerts()).toEqual([]);
  });

  test('takes nothing with it that another client needs', async () => {
    await Promise.all(parts.map(async (part) => await caughtUp(part)));
    const metrics = await (await fetch(`${system.management.router}/metrics`)).text();
    expect(metrics).toMatch(/^wallet_live_streams\{[^}]*\} 0$/m);
    // As many as one customer may read at the same time.
    const statements = await Promise.all([statement(), statement()]);
    expect(statements).toEqual([
      expect.stringContaining('CLOSING_BALANCE'),
      expect.stringContaining('CLOSING_BALANCE'),
    ]);
    expect(await graphql(system.url, { query: login, variables: { input: credentials } })).toMatchObject({
      data: { login: { userErrors: [{ code: 'INVALID_CREDENTIALS' }] } },
    });
  });
});

async function statement(): Promise<string> {
  const answer = await fetch(`${system.origins.router}/statements/${account}.csv`, { headers: asAda() });
  return await answer.text();
}

test('a database that has lost its tables is a fault', async () => {
  const billing = new Client({ connectionString: system.databases.billing });
  await billing.connect();
  await billing.query('alter schema public rename to lost');
  try {
    await graphql(system.url, { query: owned.billing, token: ada.token });
    expect(await until('the line', () => alerts()[0])).toMatchObject({
      name: 'billing',
      level: 'error',
      msg: 'a request met a fault',
    });
  } finally {
    await billing.query('alter schema lost rename to public');
    await billing.end();
  }
});
