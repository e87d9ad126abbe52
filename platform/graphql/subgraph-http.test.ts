import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { readingOf } from '#test/ambiguous-parts.ts';
import { ambiguousRequests } from '#test/ambiguous-requests.ts';
import { sendRaw } from '#test/raw-http.ts';
import { addressOf } from '#test/router/address.ts';
import type { Caller } from '../http/callers.ts';
import { createHttp, type Http } from '../http/http.ts';
import { listen } from '../http/listen.ts';
import { createLog } from '../telemetry/log.ts';
import { serveSchema } from './subgraph.ts';

/** A subgraph as a web server. */

let http: Http;
let origin: string;
let stop: () => Promise<void>;
let deposits = 0;

const typeDefs = parse(`
  type Query { viewer: String }
  type Mutation { deposit: String }
  type Subscription { notificationAdded: String }`);
const schema = buildSubgraphSchema([{ typeDefs, resolvers: { Mutation: { deposit: () => `${(deposits += 1)}` } } }]);

beforeAll(async () => {
  const log = createLog('test', 'silent');
  http = createHttp({ log, bodyLimit: 1_000_000 });
  const contextOf = async ({ caller }: { readonly caller: Caller }) =>
    ({ identity: { token: 'none' }, caller, log }) as const;
  ({ stop } = await serveSchema(http, { schema, contextOf, introspection: true, log }));
  await listen(http, '127.0.0.1', 0, 'none');
  origin = addressOf(http.server);
});
afterAll(async () => {
  await http.close();
  await stop();
});

const times = <Item>(count: number, part: (index: number) => Item) => Array.from({ length: count }, (_, i) => part(i));

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
    expect(await response.text()).toMatch(/ask the router/);
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

test.each<[what: string, request: { query?: string; sha256Hash: string; version?: number }, status: number]>([
  ['another hash', { query: '{ viewer }', sha256Hash: 'f'.repeat(64) }, 400],
  ['an unknown hash', { sha256Hash: 'f'.repeat(64) }, 200],
  ['another version', { query: '{ viewer }', sha256Hash: 'f'.repeat(64), version: 2 }, 400],
])('it refuses a persisted query with %s', async (_what, { query, ...persisted }, status) => {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, extensions: { persistedQuery: { version: 1, ...persisted } } }),
  });

  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
});

test('it applies its limits to a persisted query too', async () => {
  const query = `{ ${times(25, (index) => `a${index}: viewer`).join(' ')} }`;
  const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } };
  const send = async (body: object) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, extensions }),
    });
    return (await response.json()) as object;
  };
  const data = Object.fromEntries(times(25, (index) => [`a${index}`, null]));

  expect([await send({ query }), await send({})]).toEqual([{ data }, { data }]);
});
