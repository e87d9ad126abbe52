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
import { alertsIn } from '#test/log-alerts.ts';
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
});
afterAll(async () => {
  await system.stop();
  closeSync(output);
  rmSync(folder, { recursive: true });
});

/** Adds entries to the account, whose statement then has several pages. */
async function deposits(count: number): Promise<void> {
  const fields = Array.from(
    { length: count },
    (_, index) => `d${index}: deposit(input: { accountId: "${account}", amount: { amount: "1.00", currency: USD },
      idempotencyKey: "${randomUUID()}" }) { userErrors { code } }`,
  );
  await ada.request(`mutation { ${fields.join(' ')} }`);
}

let read = 0;
beforeEach(() => {
  read = readFileSync(logFile).length;
});

/** The lines that the parts have written since the test began. */
function written(): string[] {
  const texts = readFileSync(logFile).subarray(read).toString().split('\n');
  return texts.filter((text) => text !== '');
}

const alerts = () => alertsIn(written());

/** Waits until the part has finished its earlier requests. */
async function untilIdle(part: PartName): Promise<void> {
  await until(`${part} to be idle`, async () => {
    const before = written().length;
    const { ok } = await fetch(`${system.management[part]}/health/ready`);
    await delay(300);
    return ok && written().length === before;
  });
}

async function misbehave(part: PartName, misbehaviours: readonly Misbehaviour[]): Promise<void> {
  await Promise.all(misbehaviours.map(async (act) => await act(system.origins[part])));
  await untilIdle(part);
}

const parts: readonly PartName[] = ['router', ...subgraphNames, 'jobs'];

test('input that is not a complete HTTP request is not logged as a fault, on any port', async () => {
  await Promise.all(parts.map(async (part) => await misbehave(part, Object.values(unreadable))));
  expect(alerts()).toEqual([]);
});

interface Path {
  readonly part: PartName;
  readonly line: string;
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly body?: () => string;
}

const asAda = () => ({ authorization: `Bearer ${ada.token}` });
const login = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }';
const credentials = { email: 'unknown@example.com', password: 'not the password' };
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
  ...Object.fromEntries(
    Object.entries(owned).flatMap(([part, query]) => graphPathsOf(part as keyof typeof owned, query)),
  ),
};

function json(body: object): string {
  return JSON.stringify(body);
}

function healthOf(part: PartName): [string, Path][] {
  return ['/health/ready', '/metrics'].map((path) => [`${path} of ${part}`, { part, line: `GET ${path}` }]);
}

/** The request of a client to a subgraph, and the request of the router. */
function graphPathsOf(part: keyof typeof owned, query: string): [string, Path][] {
  const operations = () => json({ documents: [{ query }], operations: [[0, {}, asAda().authorization, null]] });
  return [
    [`/graphql of ${part}`, { part, line: 'POST /graphql', headers: asAda, body: () => json({ query }) }],
    [`/operations of ${part}`, { part, line: 'POST /operations', body: operations }],
  ];
}

describe('a client that disconnects', () => {
  test.each(parts)('is not logged as a fault by %s', async (part) => {
    const ownPaths = Object.values(paths).filter((path) => path.part === part);
    const misbehaviours = ownPaths.flatMap(({ line, headers, body }) =>
      Object.values(abandoned(line.replace('<account>', account), headers?.() ?? {}, body?.() ?? null)),
    );
    await misbehave(part, misbehaviours);
    expect(alerts()).toEqual([]);
  });

  test('leaves no resource occupied', async () => {
    await Promise.all(parts.map(async (part) => await untilIdle(part)));
    await until('no stream', async () => {
      const metrics = await (await fetch(`${system.management.router}/metrics`)).text();
      return /^wallet_live_streams\{[^}]*\} 0$/m.test(metrics);
    });
    // The number of statements that one customer may download concurrently.
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

test('a database without its tables is logged as a fault', async () => {
  const billing = new Client({ connectionString: system.databases.billing });
  await billing.connect();
  await billing.query('alter schema public rename to lost');
  try {
    await graphql(system.url, { query: owned.billing, token: ada.token });
    // The relay may log first that it cannot read the outbox.
    const lineOfRequest = () =>
      alerts().find(
        (alert) => typeof alert === 'object' && alert.name === 'billing' && alert.msg === 'a request failed',
      );
    expect(await until('the line of the request', lineOfRequest)).toMatchObject({ level: 'error' });
  } finally {
    await billing.query('alter schema lost rename to public');
    await billing.end();
  }
});
