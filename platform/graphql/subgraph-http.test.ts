import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { readingOf } from '#test/ambiguous-parts.ts';
import { ambiguousRequests } from '#test/ambiguous-requests.ts';
import { sendRaw } from '#test/raw-http.ts';
import { addressOf } from '#test/router/address.ts';
import { until } from '#test/until.ts';
import { fault } from '../errors/faults.ts';
import type { Caller } from '../http/callers.ts';
import { createHttp, type Http } from '../http/http.ts';
import { listen } from '../http/listen.ts';
import { createLog } from '../telemetry/log.ts';
import { graphqlErrors, requests } from '../telemetry/metrics.ts';
import { serveSchema } from './subgraph.ts';

/** A subgraph as a web server. */

let http: Http;
let origin: string;
let stop: () => Promise<void>;
let deposits = 0;
const logged: { path?: readonly unknown[] }[] = [];

const typeDefs = parse(`
  type Row { value: String }
  type Query { viewer: String rows: [Row] }
  type Mutation { deposit: String }
  type Subscription { notificationAdded: String }`);
/** The last of the rows fails in the system; the client did something wrong with each other one. */
const rows = Array.from({ length: 150 }, (_, index) => ({ index }));
const resolvers = {
  Query: { rows: () => rows },
  Row: {
    value: ({ index }: { index: number }) => {
      throw index === rows.length - 1 ? new Error('broken') : fault('NOT_FOUND', 'Not there.');
    },
  },
  Mutation: { deposit: () => `${(deposits += 1)}` },
};
const schema = buildSubgraphSchema([{ typeDefs, resolvers }]);

beforeAll(async () => {
  const log = createLog('test', 'silent');
  log.error = (fields: { path?: readonly unknown[] }) => void logged.push(fields);
  http = createHttp({ log, bodyLimit: 1_000_000 });
  const contextOf = async ({ caller }: { readonly caller: Caller }) =>
    ({
      identity: { token: 'none' },
      caller,
      isConfirmed: async () => false,
      subjectOfPermit: async () => null,
      log,
    }) as const;
  ({ stop } = await serveSchema(http, { schema, contextOf, introspection: true, log }));
  await listen(http, '127.0.0.1', 0, 'none');
  origin = addressOf(http.server);
});
afterAll(async () => {
  await http.close();
  await stop();
});

const times = <Item>(count: number, part: (index: number) => Item) => Array.from({ length: count }, (_, i) => part(i));

async function post(path: string, body: object) {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return JSON.parse(await response.text());
}

test('it has no page of its own', async () => {
  const response = await fetch(`${origin}/graphql`, { headers: { accept: 'text/html' } });

  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toMatch(/json/);
});

test('it answers no batch of clients’ operations', async () => {
  const body = JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]);
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });

  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(/batching is disabled/i);
});

test('it answers nothing that another site could ask', async () => {
  const asked = '?query=%7B__typename%7D';
  const statuses = await Promise.all([
    fetch(`${origin}/graphql${asked}`),
    fetch(`${origin}/graphql`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{a}"}' }),
    fetch(`${origin}/operations`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }),
    fetch(`${origin}/operations${asked}`),
  ]).then((responses) => responses.map(({ status }) => status));

  expect(statuses).toEqual([400, 400, 415, 404]);
});

test.each([
  [200, 'application/json'],
  [200, 'Application/JSON;q=0.9'],
  [400, undefined],
  [400, '*/*'],
  [400, 'Application/GraphQL-Response+JSON, application/json'],
])('it answers a document that is wrong as the router does: %i with Accept: %s', async (status, accept) => {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(accept === undefined ? {} : { accept }) },
    body: '{"query":"{"}',
  });

  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
});

test.each(['gzip', 'GZIP', 'br', 'identity, gzip'])('it refuses a body that is compressed: %s', async (encoding) => {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': encoding },
    body: '{"query":"{ __typename }"}',
  });

  expect(response.status).toBe(415);
});

test('it says that the router answers subscriptions', async () => {
  const query = 'subscription { notificationAdded { id } }';
  for (const accept of ['application/json', 'text/event-stream, application/json', '*/*']) {
    const response = await fetch(`${origin}/graphql?${new URLSearchParams({ query })}`, { headers: { accept } });

    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/Send the request to the router/);
  }
});

const tooMuch = `{${times(61, (index) => `a${index}:__typename`).join(' ')}}`;

test.each(ambiguousRequests('/graphql').map(({ what, ...ambiguous }) => [what, ambiguous] as const))(
  'it reads a request once: %s',
  async (_what, { outcome, request }) => {
    const answers = [
      [await sendRaw(origin, request('{ __typename }')), '{"data":{"__typename":"Query"}}'],
      [await sendRaw(origin, request(tooMuch)), '"QUERY_TOO_COMPLEX"'],
    ] as const;

    expect(readingOf(answers)).toBe(outcome);
  },
);

test('it executes no mutation of a GET request', async () => {
  const query = new URLSearchParams({ query: 'mutation { deposit }' });
  const headers = { accept: 'application/graphql-response+json', 'apollo-require-preflight': 'true' };
  const responses = await Promise.all(
    ['graphql', 'operations'].map(async (path) => await fetch(`${origin}/${path}?${query}`, { headers })),
  );

  expect(responses.map(({ status }) => status)).toEqual([405, 404]);
  expect(await responses[0]!.json()).toMatchObject({ errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
  expect(deposits).toBe(0);
});

test.each<[what: string, request: { query?: string; sha256Hash: string }]>([
  ['with a query', { query: '{ viewer }', sha256Hash: createHash('sha256').update('{ viewer }').digest('hex') }],
  ['with an invalid query', { query: '{ no }', sha256Hash: createHash('sha256').update('{ no }').digest('hex') }],
  ['without a query', { sha256Hash: 'f'.repeat(64) }],
])('it stores no persisted query: %s', async (_what, { query, sha256Hash }) => {
  const { errors } = await post('/graphql', { query, extensions: { persistedQuery: { version: 1, sha256Hash } } });

  expect(errors).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }]);
});

interface Counted {
  readonly values: readonly { readonly value: number; readonly labels: Readonly<Record<string, unknown>> }[];
}

async function countOf(counter: { get(): Promise<Counted> }, labels: Readonly<Record<string, string>>) {
  const { values } = await counter.get();
  const matching = values.filter((counted) =>
    Object.entries(labels).every(([name, value]) => counted.labels[name] === value),
  );
  return matching.reduce((sum, { value }) => sum + value, 0);
}

const transports = ['/graphql', '/operations'] as const;

/** Sends an operation by either transport. */
async function execute(path: (typeof transports)[number], document: { query: string; operationName: string }) {
  return path === '/graphql'
    ? await post(path, document)
    : (await post(path, { documents: [document], operations: [[0, {}, null, null]] }))[1];
}

test.each(transports)('%s counts each error, sends a hundred, and records the fault behind them', async (path) => {
  const operationName = `Rows${path.slice(1)}`;
  const before = await countOf(graphqlErrors, { code: 'NOT_FOUND' });
  const { errors } = await execute(path, { query: `query ${operationName} { rows { value } }`, operationName });

  expect(errors).toHaveLength(100);
  expect(errors[0]).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  expect(logged.filter(({ path: at }) => at?.[1] === 149)).toHaveLength(1);
  logged.length = 0;
  await until('the count', async () => (await countOf(requests, { operation: operationName, outcome: 'fault' })) === 1);
  expect((await countOf(graphqlErrors, { code: 'NOT_FOUND' })) - before).toBe(149);
});

test.each(transports)('%s counts a refused operation by its name', async (path) => {
  const operationName = `Refused${path.slice(1)}`;
  await execute(path, { query: `query ${operationName} { nothing }`, operationName });

  const count = await until('the count', async () => {
    const counted = await countOf(requests, { operation: operationName, outcome: 'invalid' });
    return counted === 0 ? null : counted;
  });
  expect(count).toBe(1);
});
