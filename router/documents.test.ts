import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

let router: RunningRouter;
beforeAll(async () => {
  router = await startRouterWithDoubles({
    user: { Query: { viewer: () => null } },
    billing: { Mutation: { deposit: () => ({ transaction: null, userErrors: [] }) } },
  });
});
afterAll(async () => await router.stop());

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const persisted = (sha256Hash: string, more = {}) =>
  JSON.stringify({ ...more, extensions: { persistedQuery: { version: 1, sha256Hash } } });

const two = 'query A { viewer { name } } query B { viewer { email } }';

const refused: [what: string, body: Record<string, unknown>, code: string][] = [
  ['a syntax error', { query: '{ viewer { name }' }, 'GRAPHQL_PARSE_FAILED'],
  ['an unknown operation', { query: two, operationName: 'C' }, 'OPERATION_RESOLUTION_FAILURE'],
  ['an unknown operation of one', { query: '{ viewer { name } }', operationName: 'C' }, 'OPERATION_RESOLUTION_FAILURE'],
  ['an ambiguous operation', { query: two }, 'OPERATION_RESOLUTION_FAILURE'],
  ['an empty operation name', { query: two, operationName: '' }, 'OPERATION_RESOLUTION_FAILURE'],
  ['a fragment cycle', { query: '{ viewer { ...F } } fragment F on User { ...F }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown field', { query: '{ viewer { nmae } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a subscription', { query: 'subscription { orderUpdated(id: 1) { id } }' }, 'BAD_REQUEST'],
  ['_service', { query: '{ _service { sdl } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['_entities', { query: '{ _entities(representations: []) { __typename } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a variable of the wrong type',
    { query: 'query ($id: ID!) { order(id: $id) { id } }', variables: { id: {} } },
    'BAD_USER_INPUT',
  ],
  ['a missing variable', { query: 'query ($id: ID!) { order(id: $id) { id } }' }, 'BAD_USER_INPUT'],
];

test.each(refused)('refuses %s with 400', async (_what, body, code) => {
  const answer = await router.post(JSON.stringify(body));

  expect(answer.status).toBe(400);
  expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([{ code }]);
  expect(answer.text).not.toMatch(/node_modules|\.ts\b|\.js\b|at .*:\d+:\d+/);
});

test('a document with only fragments has no operation', async () => {
  const answer = await router.post(JSON.stringify({ query: 'fragment F on User { name }' }));

  expect(answer.status).toBe(400);
});

describe('persisted queries', () => {
  const query = '{ viewer { name } }';

  test('an unknown hash is refused until the query is sent', async () => {
    expect(await router.post(persisted(hashOf('unknown')))).toMatchObject({
      status: 200,
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
  });

  test('a wrong hash is refused and not stored', async () => {
    expect(await router.post(persisted(hashOf('other'), { query }))).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    expect(await router.post(persisted(hashOf('other')))).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
  });

  test('a query is found by its hash after it was sent with the hash', async () => {
    expect(await router.post(persisted(hashOf(query), { query }))).toMatchObject({ data: { viewer: null } });
    expect(await router.post(persisted(hashOf(query)))).toMatchObject({ data: { viewer: null } });
  });
});

test('a literal that its scalar refuses is a client error with its location', async () => {
  const answer = await router.ask(
    'mutation { deposit(input: { accountId: 1, amount: { amount: 1.5, currency: USD }, idempotencyKey: "k" }) { userErrors { code } } }',
  );

  expect(answer.errors).toEqual([
    {
      message: expect.stringMatching(/never a float/),
      locations: [{ line: 1, column: 61 }],
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
});

test('a literal that is not a time is a client error too', async () => {
  const answer = await router.ask('{ viewer { orders(filter: { placedAfter: "yesterday" }) { totalCount } } }');

  expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
});

test('a variable that its scalar refuses is a client error too', async () => {
  const answer = await router.ask(
    'mutation ($amount: Decimal!) { deposit(input: { accountId: 1, amount: { amount: $amount, currency: USD }, idempotencyKey: "k" }) { userErrors { code } } }',
    { variables: { amount: '1e3' } },
  );

  expect(answer.errors).toEqual([
    {
      message: expect.stringMatching(/"\$amount".*decimal number/),
      locations: [{ line: 1, column: 11 }],
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
});

test('the schema can be queried', async () => {
  const answer = await router.ask(getIntrospectionQuery());

  expect(answer).toMatchObject({ status: 200, data: { __schema: { queryType: { name: 'Query' } } } });
  expect(answer.text).not.toMatch(/_entities|join__/);
});

describe('with introspection off', () => {
  let closed: RunningRouter;
  beforeAll(async () => {
    closed = await startRouterWithDoubles({}, { INTROSPECTION: 'false' });
  });
  afterAll(async () => await closed.stop());

  test.each(['{ __schema { queryType { name } } }', '{ __type(name: "User") { name } }'])(
    'refuses %s',
    async (query) => {
      const answer = await closed.ask(query);

      expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
    },
  );

  test.each([
    ['a field', '{ viewer { nmae } }', {}],
    ['an argument', '{ order(ids: 1) { id } }', {}],
    ['an enum value', '{ viewer { account(currency: USDD) { id } } }', {}],
    ['an enum value in a variable', 'query ($c: Currency!) { viewer { account(currency: $c) { id } } }', { c: 'USDD' }],
    [
      'a field in a variable',
      'query ($f: OrderFilter) { viewer { orders(filter: $f) { totalCount } } }',
      { f: { statusses: [] } },
    ],
  ])('suggests nothing for a misspelt %s', async (_what, query, variables) => {
    const answer = await closed.ask(query, { variables });

    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/did you mean/i);
  });
});
