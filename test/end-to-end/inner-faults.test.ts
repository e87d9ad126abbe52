import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { leakIn } from '../../checks/attack/leaks.ts';
import { internalMessage } from '#platform/errors/faults.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { testSetting } from '#test/test-setting.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';

type Owner = (typeof subgraphNames)[number];

let system: TestSystem;
let ada: Customer;
beforeAll(async () => {
  system = await startSystem({ LOG_LEVEL: 'fatal' });
  ada = await registerCustomer(system.url);
  await ada.balance();
});
afterAll(async () => await system.stop(), 60_000);

const money = `amount: { amount: "1.00", currency: USD }, idempotencyKey: "${randomUUID()}"`;

/** A query and a mutation of each subgraph that need its database. */
const operationsOf: Readonly<Partial<Record<Owner, readonly string[]>>> = {
  user: [
    '{ viewer { email createdAt } }',
    'mutation { login(input: { email: "ada@example.com", password: "whatever it is" }) { accessToken } }',
  ],
  billing: [
    '{ viewer { account(currency: USD) { id balance { amount } } } }',
    `mutation { deposit(input: { accountId: "${randomUUID()}", ${money} }) { userErrors { code } } }`,
  ],
  order: [
    '{ viewer { orders(first: 1) { nodes { id } } } }',
    `mutation { placeOrder(input: { productId: "book", unitPrice: { amount: "1.00", currency: USD }, quantity: 1, idempotencyKey: "${randomUUID()}" }) { userErrors { code } } }`,
  ],
  notification: [
    '{ viewer { notifications(first: 1) { nodes { id } } } }',
    `mutation { markNotificationRead(input: { notificationId: "${randomUUID()}" }) { userErrors { code } } }`,
  ],
};

interface Answer {
  readonly text: string;
  readonly errors: readonly { readonly message: string; readonly extensions: object }[];
}

async function post(url: string, body: unknown): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

const protocols: readonly [protocol: string, request: (owner: Owner, query: string) => Promise<Answer>][] = [
  ['through the router', async (_owner, query) => answered(await post(system.url, { query }))],
  ['directly', async (owner, query) => answered(await post(`${system.origins[owner]}/graphql`, { query }))],
  [
    'as the router does',
    async (owner, query) => {
      const operations = [[0, {}, `Bearer ${ada.token}`, null]];
      return answered(await post(`${system.origins[owner]}/operations`, { documents: [{ query }], operations }));
    },
  ],
];

/** An answer of `/operations` has one line: the index of the operation and its result. */
function answered({ text }: { readonly text: string }): Answer {
  const answer = JSON.parse(text) as Answer | [0, Answer];
  return { text, errors: (Array.isArray(answer) ? answer[1] : answer).errors };
}

async function run(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

interface Fault {
  readonly title: string;
  readonly begin: (database: string) => Promise<void>;
  readonly end: (database: string) => Promise<void>;
}

const nameOf = (database: string) => new URL(database).pathname.slice(1);
const asAdmin = async (...statements: readonly string[]) =>
  await run(testSetting('WALLET_TEST_DATABASE_URL'), ...statements);

const faults: readonly Fault[] = [
  {
    title: 'has lost its tables',
    begin: async (database) => await run(database, 'alter schema public rename to lost'),
    end: async (database) => await run(database, 'alter schema lost rename to public'),
  },
  {
    title: 'refuses connections',
    begin: async (database) =>
      await asAdmin(
        `alter database ${nameOf(database)} allow_connections false`,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${nameOf(database)}'`,
      ),
    end: async (database) => await asAdmin(`alter database ${nameOf(database)} allow_connections true`),
  },
];

describe.each(faults)('while a database $title', ({ begin, end }) => {
  test.each(subgraphNames)('%s reports only that an internal error happened', async (owner) => {
    await begin(system.databases[owner]);
    try {
      for (const [protocol, request] of protocols) {
        for (const query of operationsOf[owner] ?? []) {
          const { text, errors } = await request(owner, query);
          const answeredErrors = errors.map(({ message, extensions }) => ({ message, extensions }));

          expect({ protocol, query, answeredErrors }).toEqual({
            protocol,
            query,
            answeredErrors: [{ message: internalMessage, extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
          });
          expect(leakIn(text)).toBeNull();
        }
      }
    } finally {
      await end(system.databases[owner]);
    }
  });
});

test.each<[owner: Owner, path: string, init: Omit<RequestInit, 'headers'> & { headers: Record<string, string> }]>([
  [
    'user',
    '/session',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-console': '1', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ login: { email: 'ada@example.com', password: 'whatever it is' } }),
    },
  ],
  ['billing', '/statements/01a1fd28-3504-780f-bfa0-0123456789ab.csv', { headers: {} }],
])('while the database of %s has lost its tables, %s reports only an internal error', async (owner, path, init) => {
  const [{ begin, end }] = faults as [Fault];
  await begin(system.databases[owner]);
  try {
    const headers = { authorization: `Bearer ${ada.token}`, ...init.headers };
    const response = await fetch(`${system.origins.router}${path}`, { ...init, headers });

    expect([response.status, await response.json()]).toEqual([
      500,
      { errors: [{ message: internalMessage, extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    ]);
  } finally {
    await end(system.databases[owner]);
  }
});

const operations = (count: number) => Array.from({ length: count }, () => [0, {}, null, null]);

describe('a malformed request to /operations', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['a string', 'x'],
    ['an empty object', {}],
    ['a missing document', { documents: [], operations: operations(1) }],
    ['a negative document index', { documents: [{ query: '{ __typename }' }], operations: [[-1, {}, null, null]] }],
    ['variables as a list', { documents: [{ query: '{ __typename }' }], operations: [[0, [], null, null]] }],
    [
      'more operations than the router sends together',
      { documents: [{ query: '{ __typename }' }], operations: operations(101) },
    ],
  ])('is refused: %s', async (_what, body) => {
    const { status, text } = await post(`${system.origins.billing}/operations`, body);

    expect(status).toBe(400);
    expect(JSON.parse(text)).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }],
    });
    expect(leakIn(text)).toBeNull();
  });
});
