import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { ordersOf, ownersWith, times } from '#test/router/large-operations.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

let router: RunningRouter;
beforeAll(async () => {
  router = await startRouterWithDoubles({
    user: { Query: { viewer: () => ({ id: 'user-1', name: 'Ada' }) } },
    order: { Query: { order: () => ({ id: 'order-1', quantity: 1 }) } },
  });
});
afterAll(async () => await router.stop());

const nested = (levels: number, field: string) => `${`{ ${field} `.repeat(levels)}${'}'.repeat(levels)}`;
const orderThatIsDeep = (levels: number) =>
  `{ order(id: 1) ${'{ customer { orders { nodes '.repeat(levels)}{ id }${'} } }'.repeat(levels)} }`;
const blownUp = `{ viewer { ...A } }
  fragment A on User { ${times(7, (i) => `a${i}: account(currency: USD) { owner { ...B } }`).join(' ')} }
  fragment B on User { ${times(7, (i) => `b${i}: account(currency: USD) { owner { ...C } }`).join(' ')} }
  fragment C on User { ${times(7, (i) => `c${i}: account(currency: USD) { owner { ...D } }`).join(' ')} }
  fragment D on User { ${times(7, (i) => `d${i}: name`).join(' ')} }`;
const knot = `{ viewer { ...F0 } } ${times(4, (i) => `fragment F${i} on User { ${times(4, (j) => `...F${j}`).join(' ')} }`).join(' ')}`;

/** Each owner needs two other subgraphs. */
const owners = (count: number) =>
  `{ viewer { ${times(count, (i) => `a${i}: account(currency: USD) { owner { name orders(first: 1) { totalCount } } }`).join(' ')} } }`;

const tooComplex: [what: string, query: string][] = [
  ['31 aliases of one field', `{ ${times(31, (i) => `a${i}: order(id: ${i}) { id }`).join(' ')} }`],
  ['31 aliases of __typename', `{ ${times(31, (i) => `a${i}: __typename`).join(' ')} }`],
  [
    '31 aliases of one field at different paths',
    `{ order(id: 1) { ${times(16, (i) => `a${i}: id`).join(' ')} } viewer { ${times(15, (i) => `a${i}: id`).join(' ')} } }`,
  ],
  ['10 duplicate directives', `{ viewer { id ${'@include(if: true) '.repeat(10)} } }`],
  ['10 duplicate directives on an operation', `query ${'@include(if: true) '.repeat(10)} { viewer { id } }`],
  ['10 duplicate directives on a spread', `{ viewer { ... ${'@include(if: true) '.repeat(10)} { id } } }`],
  ['500 copies of one field', `{ viewer { ${'id '.repeat(500)} } }`],
  ['500 copies of a root field', `{ ${'viewer{id}'.repeat(400)} }`],
  ['copies of copies', `{ ${`viewer { ${'id '.repeat(20)} }`.repeat(20)} }`],
  ['500 copies of one field in inline fragments', `{ viewer { ${'...{id}'.repeat(400)} } }`],
  ['copies of a fragment', `{ viewer { ${'...F '.repeat(31)} } } fragment F on User { id }`],
  ['13 levels of fields', orderThatIsDeep(4)],
  ['13 levels of fields by fragments', `{ viewer { ...A } } ${fragmentChain(6)}`],
  ['3,000 levels of fields', nested(3_000, 'a')],
  ['40,000 levels of fields', nested(40_000, 'a').slice(0, 90_000)],
  ['3,000 levels of lists', `{ order(id: ${'['.repeat(3_000)}${']'.repeat(3_000)}) { id } }`],
  ['900 levels of lists', `{ order(id: ${'['.repeat(900)}${']'.repeat(900)}) { id } }`],
  ['levels of lists without an end', `{ order(id: ${'['.repeat(50_000)}`],
  ['900 levels of a variable’s type', `query ($a: ${'['.repeat(900)}Int${']'.repeat(900)}) { viewer { id } }`],
  ['2,001 tokens', `{ viewer { ${times(1_000, (i) => `x${i}y z`).join(' ')} } }`],
  ['2,001 tokens and then an invalid character', `{ viewer { ${'id '.repeat(2_001)} % }`],
  ['fragments within fragments', blownUp],
  [
    'spreads of spreads of nothing',
    `{ viewer { ...A0 } } ${times(9, (i) => `fragment A${i} on User { ${`...A${i + 1} `.repeat(7)} }`).join(' ')}`,
  ],
  [
    'pages within pages',
    '{ viewer { accounts { entries(first: 100) { nodes { transaction { from { entries(first: 100) { nodes { id } } } } } } } } }',
  ],
  [
    'the schema’s types nested in one another',
    '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
  ],
  ['the whole schema six times', `{ ${times(6, (i) => `a${i}: __schema { types { name } }`).join(' ')} }`],
  ['52 jumps from one subgraph to another', owners(26)],
  [
    '52 mutations',
    `mutation { ${times(26, (i) => `a${i}: logout(input: { refreshToken: "" }) { userErrors { code } } b${i}: closeAccounts { userErrors { code } }`).join(' ')} }`,
  ],
  ['a long literal in a fragment that is spread often', ownersWith(ordersOf(`["${'x'.repeat(9_000)}"]`))],
  ['many literals in a fragment that is spread often', ownersWith(ordersOf(`[${'"" '.repeat(1_700)}]`))],
  ['a long name in a fragment that is spread often', ownersWith(`${'x'.repeat(9_000)}: name`)],
  [
    'a long default of a variable that is used often',
    ownersWith(ordersOf('$ids'), `query ($ids: [ID!] = ["${'x'.repeat(9_000)}"])`),
  ],
  [
    'a hundred passwords to hash',
    `mutation { ${times(30, (i) => `a${i}: login(input: { email: "a", password: "b" }) { accessToken }`).join(' ')} ${times(30, (i) => `b${i}: changePassword(input: { currentPassword: "a", newPassword: "b" }) { accessToken }`).join(' ')} }`,
  ],
];

/** Each fragment adds two levels. */
function fragmentChain(length: number): string {
  return ['A', 'B', 'C', 'D', 'E', 'F', 'G']
    .slice(0, length)
    .map((name, index, names) => {
      const next = names[index + 1];
      return `fragment ${name} on User { account(currency: USD) { owner { ${next === undefined ? 'id' : `...${next}`} } } }`;
    })
    .join(' ');
}

test.each(tooComplex)('refuses %s before planning', async (_what, query) => {
  const answer = await router.post(JSON.stringify({ query }));

  expect(answer.errors).toEqual([{ message: expect.any(String), extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  expect(answer.status).toBe(400);
  expect(answer.data).toBeUndefined();
});

test('refuses by GET too', async () => {
  const query = `{ ${times(31, (i) => `a${i}: __typename`).join(' ')} }`;
  const answer = await router.request(`/graphql?${new URLSearchParams({ query })}`, {
    headers: { 'apollo-require-preflight': 'true' },
  });

  expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] });
});

test('no refused operation reaches a subgraph', () => {
  expect(Object.values(router.subgraphs).flatMap(({ received }) => received)).toEqual([]);
});

const allowed: [what: string, query: string][] = [
  ['30 aliases of one field', `{ ${times(30, (i) => `a${i}: __typename`).join(' ')} }`],
  ['30 copies of one field', `{ viewer { ${'id '.repeat(30)} } }`],
  ['12 levels of fields', `{ viewer { ...A } } ${fragmentChain(5)}`],
  ['50 jumps from one subgraph to another', owners(25)],
  [
    'a field that many fragments select',
    `{ viewer { ${times(26, (i) => `...F${i}`).join(' ')} } } ${times(26, (i) => `fragment F${i} on User { account(currency: USD) { owner { name orders { totalCount } } } }`).join(' ')}`,
  ],
  ['the standard introspection query', getIntrospectionQuery()],
  [
    'the standard introspection query with all options of the gateway',
    getIntrospectionQuery({
      inputValueDeprecation: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
    }),
  ],
  [
    'the largest page',
    '{ viewer { orders(first: 100) { nodes { id total { amount } transactions { id amount { amount } } } } } }',
  ],
];

test.each(allowed)('executes %s', async (_what, query) => {
  const answer = await router.ask(query);

  expect(answer.status).toBe(200);
});

describe('fragments that spread themselves', () => {
  test.each([
    ['one', '{ viewer { ...F } } fragment F on User { ...F }'],
    ['four, each all of them', knot],
    ['one that is not spread', `{ viewer { id } } fragment F on User { ${'...F '.repeat(400)} }`],
  ])('are refused: %s', async (_what, query) => {
    expect(await router.ask(query)).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });
});

test('an introspection field that the gateway lacks is refused like an unknown field', async () => {
  expect(await router.ask('{ __type(name: "User") { isOneOf } }')).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  });
});

test('a long text that is not a document is refused by the parser', async () => {
  const answer = await router.ask(`{ viewer { name } } % ${'x '.repeat(5_000)}`);

  expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
});

test('the maximum cost of an operation is configurable', async () => {
  const thrifty = await startRouterWithDoubles({}, { OPERATION_COST_LIMIT: '3' });
  try {
    expect(await thrifty.ask('{ viewer { accounts { id } } }')).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
    expect(await thrifty.ask('{ viewer { id } }')).toMatchObject({ status: 200 });
    // The customer's name is in another subgraph than the order.
    expect(await thrifty.ask('{ order(id: 1) { customer { name } } }')).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
  } finally {
    await thrifty.stop();
  }
});
