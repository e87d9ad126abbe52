import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { graphql, type GraphqlAnswer, type GraphqlRequest } from '#test/graphql.ts';
import { readingOf } from '#test/ambiguous-parts.ts';
import { ambiguousRequests } from '#test/ambiguous-requests.ts';
import { requestAsRouter } from '#test/operations.ts';
import { sendRaw } from '#test/raw-http.ts';
import { type Issuer, startIssuer } from '#test/router/issuer.ts';
import { startSubgraphProcess, type SubgraphProcess } from '#test/subgraph-process.ts';

/** What a subgraph answers to whoever reaches it past the router. */

let databases: TestDatabases;
let issuer: Issuer;
let subgraph: SubgraphProcess;
let hidden: SubgraphProcess;
beforeAll(async () => {
  databases = await createDatabases('billing');
  issuer = await startIssuer();
  const settings = {
    BILLING_DATABASE_URL: databases.processes.billing.service,
    JWKS_URL: issuer.jwksUrl,
    NODE_ENV: 'production',
  };
  subgraph = await startSubgraphProcess('billing', settings);
  hidden = await startSubgraphProcess('billing', { ...settings, INTROSPECTION: 'false' });
}, 60_000);
afterAll(async () => {
  await subgraph.stop();
  await hidden.stop();
  await issuer.stop();
  await databases.drop();
});

type Ask = (process: SubgraphProcess, request: GraphqlRequest) => Promise<GraphqlAnswer<Record<string, unknown>>>;
const ways: [way: string, ask: Ask][] = [
  ['as a client', async ({ url }, request) => await graphql(url, request)],
  ['as the router', async ({ origin }, request) => await requestAsRouter(origin, request)],
];
const times = <Item>(count: number, part: (index: number) => Item) => Array.from({ length: count }, (_, i) => part(i));
const me = randomUUID();
const tokenOf = async (userId: string) => (await issuer.authorization({ userId })).replace('Bearer ', '');

const endless = (levels: number) =>
  `{ viewer { accounts { ${'entries(first: 100) { nodes { transaction { from { '.repeat(levels)} id ${'} } } }'.repeat(levels)} } } }`;

const tooMuch: [what: string, request: GraphqlRequest][] = [
  ['nested very deep', { query: `${'{ a '.repeat(20_000)}${'}'.repeat(20_000)}` }],
  ['of very many tokens', { query: `{ viewer { ${'id '.repeat(40_000)} } }` }],
  ['with 500 copies of a field', { query: `{ viewer { ${'id '.repeat(500)} } }` }],
  ['with 500 aliases of a field', { query: `{ ${times(500, (i) => `a${i}: viewer { id }`).join(' ')} }` }],
  [
    'with fragments within fragments',
    {
      query: `{ viewer { ...F0 } } ${times(5, (i) => `fragment F${i} on User { ${times(9, (j) => `f${i}_${j}: account(currency: USD) { owner { ...F${i + 1} } }`).join(' ')} }`).join(' ')} fragment F5 on User { id }`,
    },
  ],
  ['with pages of pages', { query: endless(3) }],
  [
    'with a variable of 2,000 levels',
    {
      query: 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }',
      variables: { of: [JSON.parse('['.repeat(2_000) + ']'.repeat(2_000))] },
    },
  ],
  [
    'with very many entities',
    {
      query:
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { transactions(first: 100) { nodes { id } } } } }',
      variables: { of: times(2_000, () => ({ __typename: 'User', id: me })) },
    },
  ],
];

describe.each(ways)('asked %s', (_way, ask) => {
  test.each(tooMuch)('it refuses what is %s', async (_what, request) => {
    const { data, errors } = await ask(subgraph, { ...request, token: await tokenOf(me) });

    expect(data ?? null).toBeNull();
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['QUERY_TOO_COMPLEX']);
  });

  test('it answers what the router may ask', async () => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { accounts { id } } } }`;
    const variables = { of: times(1_000, () => ({ __typename: 'User', id: me })) };
    const { data, errors } = await ask(subgraph, { query, variables, token: await tokenOf(me) });

    expect(errors).toBeUndefined();
    expect(data?.['_entities']).toHaveLength(1_000);
  });

  test.each([
    ['a type that is no entity', { __typename: 'Money', id: me }],
    ['a type of another service', { __typename: 'Notification', id: me }],
    ['a type that is none', { __typename: '__proto__', id: me }],
    ['no type', { id: me }],
    ['no id', { __typename: 'Account' }],
    ['an object for its id', { __typename: 'Account', id: { a: 1 } }],
    ['a list of ids', { __typename: 'Account', id: [me] }],
    ['a number for its id', { __typename: 'Account', id: 12 }],
    ['NUL in its id', { __typename: 'Account', id: 'a\0' }],
    ['nothing', null],
    ['no object', 'Account'],
  ])('it takes a reference with %s for the caller’s fault', async (_what, reference) => {
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Account { number } } }';
    const { errors } = await ask(subgraph, { query, variables: { of: [reference] }, token: await tokenOf(me) });

    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });

  const accountOf = 'query ($id: ID!) { account(id: $id) { id } }';
  test.each(['9007199254740993', '12345678901234567891', '1e21', '-9007199254740993', '1.5', 'true'])(
    'it refuses %s for an ID, in a variable and in the document',
    async (id) => {
      const token = await tokenOf(me);
      for (const request of [
        { query: accountOf, variables: { id: JSON.parse(id) as unknown } },
        { query: `{ account(id: ${id}) { id } }` },
      ]) {
        const { data, errors } = await ask(subgraph, { ...request, token });
        expect(data).toBeUndefined();
        expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([
          // graphql-js itself refuses what is no integer in a document.
          request.query !== accountOf && !/^-?\d+$/.test(id) ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT',
        ]);
      }
    },
  );

  test('it takes text that cannot be stored for the mistake of that field alone', async () => {
    const query = `query ($bad: ID!, $good: ID!) {
      a: account(id: $bad) { id } b: account(id: $good) { id } c: account(id: "\\u0000") { id } }`;
    const { data, errors } = await ask(subgraph, {
      query,
      variables: { bad: 'a\ud800', good: me },
      token: await tokenOf(me),
    });
    expect(data).toEqual({ a: null, b: null, c: null });
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['a'], 'BAD_USER_INPUT'],
      [['c'], 'BAD_USER_INPUT'],
    ]);
  });

  test.each(["' or 1=1 --", '', 'x'.repeat(10_000), '01a216c0-d9ac-7488-b272-80b3fdf06f2'])(
    'it finds nothing under an id that is none: %#',
    async (id) => {
      const query =
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Account { number } ... on Transaction { kind } ... on Order { transactions { id } } } }';
      const of = ['Account', 'Transaction', 'Order'].map((__typename) => ({ __typename, id }));
      const { data, errors } = await ask(subgraph, { query, variables: { of }, token: await tokenOf(me) });

      expect(errors).toBeUndefined();
      expect(data).toEqual({ _entities: [null, null, { transactions: [] }] });
    },
  );

  test.each(['{ __schema { queryType { name } } }', '{ __type(name: "User") { name } }', '{ _service { sdl } }'])(
    'it shows its schema where that is a setting: %s',
    async (query) => {
      expect(await ask(subgraph, { query })).toMatchObject({ data: expect.anything() });

      const { data, errors } = await ask(hidden, { query });
      expect(data ?? null).toBeNull();
      expect(errors?.map(({ extensions }) => extensions?.code)).toContain('GRAPHQL_VALIDATION_FAILED');
    },
  );

  test.each([
    ['{ viewer { accounts { balanc { amount } } } }', {}],
    ['query ($c: Currency!) { viewer { account(currency: $c) { id } } }', { c: 'USDD' }],
  ])('it suggests nothing where its schema is hidden: %s', async (query, variables) => {
    const { errors } = await ask(hidden, { query, variables, token: await tokenOf(me) });

    expect(errors).not.toBeUndefined();
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });
});

describe('as a web server', () => {
  test('it has no page of its own', async () => {
    const response = await fetch(subgraph.url, { headers: { accept: 'text/html' } });

    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/json/);
  });

  test('it answers no batch of clients’ operations', async () => {
    const body = JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]);
    const response = await fetch(subgraph.url, {
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
      fetch(`${subgraph.url}${asked}`),
      fetch(subgraph.url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{a}"}' }),
      fetch(`${subgraph.origin}/operations`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }),
      fetch(`${subgraph.origin}/operations${asked}`),
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
    const response = await fetch(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(accept === undefined ? {} : { accept }) },
      body: '{"query":"{"}',
    });

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  });

  test.each(['gzip', 'GZIP', 'br', 'identity, gzip'])('it refuses a body that is compressed: %s', async (encoding) => {
    const response = await fetch(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      body: '{"query":"{ __typename }"}',
    });

    expect(response.status).toBe(415);
  });

  test('it says that the router answers subscriptions', async () => {
    const query = 'subscription { notificationAdded { id } }';
    for (const accept of ['application/json', 'text/event-stream, application/json', '*/*']) {
      const response = await fetch(`${subgraph.url}?${new URLSearchParams({ query })}`, { headers: { accept } });

      expect(response.status).toBe(400);
      expect(await response.text()).toMatch(/ask the router/);
    }
  });

  const tooMuch = `{${times(61, (index) => `a${index}:__typename`).join(' ')}}`;

  test.each(ambiguousRequests('/graphql').map(({ what, ...ambiguous }) => [what, ambiguous] as const))(
    'it reads a request once: %s',
    async (_what, { outcome, request }) => {
      const answers = [
        [await sendRaw(subgraph.origin, request('{ __typename }')), '{"data":{"__typename":"Query"}}'],
        [await sendRaw(subgraph.origin, request(tooMuch)), '"QUERY_TOO_COMPLEX"'],
      ] as const;

      expect(readingOf(answers)).toBe(outcome);
    },
  );
});
