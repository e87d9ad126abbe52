import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FaultCode, faultCodes } from '../errors/faults.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { graphql, type GraphqlAnswer, type GraphqlRequest } from '#test/graphql.ts';
import { requestAsRouter } from '#test/operations.ts';
import { type Issuer, startIssuer } from '#test/router/issuer.ts';
import { startSubgraphProcess, type SubgraphProcess } from '#test/subgraph-process.ts';

/** A subgraph's responses to a caller that reaches it without the router. */

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
});
afterAll(async () => {
  await subgraph.stop();
  await hidden.stop();
  await issuer.stop();
  await databases.drop();
});

/** Sends a request with each transport. The responses must be alike. */
async function ask({ url, origin }: SubgraphProcess, request: GraphqlRequest) {
  const { status, ...response } = await graphql(url, request);
  const { status: routerStatus, ...routerResponse } = await requestAsRouter(origin, request);

  expect(response).toEqual(routerResponse);
  expect({ status, routerStatus }).toEqual({ status: statusOf(response), routerStatus: 200 });
  return response;
}

function statusOf({ data, errors = [] }: Omit<GraphqlAnswer<unknown>, 'status'>): number {
  const codes = errors.map(({ extensions }) => extensions?.code as FaultCode);
  return data === undefined ? Math.max(...codes.map((code) => faultCodes[code])) : 200;
}

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

describe('with each transport', () => {
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
  const deposit = 'mutation ($input: DepositInput!) { deposit(input: $input) { userErrors { code field } } }';
  const depositOf = (changes: object) => ({
    query: deposit,
    variables: {
      input: { accountId: me, amount: { amount: '1.00', currency: 'USD' }, idempotencyKey: randomUUID(), ...changes },
    },
  });
  const faulty: readonly [what: string, request: GraphqlRequest, code: FaultCode][] = [
    ['is not GraphQL', { query: '{ viewer {' }, 'GRAPHQL_PARSE_FAILED'],
    ['has no operation', { query: 'fragment F on User { id }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['has an unknown field', { query: '{ viewer { salary } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['has an unknown argument', { query: '{ account(number: "1") { id } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['has two operations and no name', { query: '{ viewer { id } } { __typename }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['names no operation', { query: 'query A { __typename } query B { __typename }' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['lacks a variable', { query: accountOf }, 'BAD_USER_INPUT'],
    ['has a variable of another type', { query: accountOf, variables: { id: { a: 1 } } }, 'BAD_USER_INPUT'],
    ['has a null variable', { query: accountOf, variables: { id: null } }, 'BAD_USER_INPUT'],
    ['has an unknown enum value', depositOf({ amount: { amount: '1', currency: 'XXX' } }), 'BAD_USER_INPUT'],
    ['has an amount that is no number', depositOf({ amount: { amount: '1e3', currency: 'USD' } }), 'BAD_USER_INPUT'],
    ['has an unknown input field', depositOf({ gift: true }), 'BAD_USER_INPUT'],
    ['has NUL in an id', depositOf({ accountId: 'a\0' }), 'BAD_USER_INPUT'],
    ['has a lone surrogate in a key', depositOf({ idempotencyKey: '\ud800' }), 'BAD_USER_INPUT'],
  ];

  test.each(faulty)('it refuses a request that %s', async (_what, request, code) => {
    const { data, errors } = await ask(subgraph, { ...request, token: await tokenOf(me) });

    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    expect([...new Set(errors?.map(({ extensions }) => extensions?.code))]).toEqual([code]);
  });

  test('it refuses a field without a token, and with an expired or malformed one', async () => {
    const expired = (await issuer.authorization({ userId: me, expired: true })).replace('Bearer ', '');
    for (const token of [undefined, expired, 'no.token']) {
      const { errors } = await ask(subgraph, { ...depositOf({}), token });

      expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
        [['deposit'], 'UNAUTHENTICATED'],
      ]);
    }
  });

  test('it answers with data, with null and with the errors of an input', async () => {
    const token = await tokenOf(me);

    expect(await ask(subgraph, { query: '{ viewer { id } }', token })).toEqual({ data: { viewer: { id: me } } });
    expect(await ask(subgraph, { query: accountOf, variables: { id: me }, token })).toEqual({
      data: { account: null },
    });
    expect(await ask(subgraph, { ...depositOf({ idempotencyKey: '' }), token })).toEqual({
      data: { deposit: { userErrors: [{ code: 'INVALID_IDEMPOTENCY_KEY', field: ['input', 'idempotencyKey'] }] } },
    });
  });

  test('it limits the number of errors', async () => {
    const of = times(150, (index) => ({ __typename: 'Account', id: `a${index}\0` }));
    const query = `query ($of: [_Any!]!) { ${'abc'
      .split('')
      .map((alias) => `${alias}: _entities(representations: $of) { ... on Account { id } }`)
      .join(' ')} }`;
    const { errors } = await ask(subgraph, { query, variables: { of }, token: await tokenOf(me) });

    expect(errors?.length).toBeLessThanOrEqual(100);
  });

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
