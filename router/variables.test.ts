import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { dateTimeScalar, decimalScalar } from '#platform/graphql/scalars.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

/** Variables, their defaults and nulls mean what they mean to graphql-js, wherever they stand. */

const viewer = () => ({ id: 'ada' });
const shown = (args: object) =>
  JSON.stringify(args, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
const orders = (_user: unknown, args: object) => ({ nodes: [{ id: shown(args) }] });
const order = (_root: unknown, args: object) => ({ id: shown(args) });
const placeOrder = (_root: unknown, args: object) => ({ order: order(_root, args), userErrors: [] });
const resolvers = { Query: { viewer, order }, User: { orders }, Mutation: { placeOrder } };

let router: RunningRouter;
let schema: GraphQLSchema;
beforeAll(async () => {
  router = await startRouterWithDoubles({ order: resolvers });
  const typeDefs = parse(readFileSync(new URL('../subgraphs/order/schema.graphql', import.meta.url), 'utf8'));
  schema = buildSubgraphSchema([
    { typeDefs, resolvers: { Decimal: decimalScalar, DateTime: dateTimeScalar, ...resolvers } },
  ]);
});
afterAll(async () => await router.stop());

const inOrders = (call: string) => `query (DEFINITION) { viewer { orders(${call}) { nodes { id } } } }`;
const placing = (product: string, quantity: string, amount: string) =>
  `mutation (DEFINITION) { a: placeOrder(input: { productId: ${product}, quantity: ${quantity},
     unitPrice: { amount: ${amount}, currency: USD }, idempotencyKey: "k" }) { order { id } userErrors { code } }
   b: placeOrder(input: { productId: "b", quantity: 1, unitPrice: { amount: 1, currency: USD }, idempotencyKey: "b" })
     { order { id } userErrors { code } } }`;

interface Place {
  readonly what: string;
  readonly query: string;
  readonly types: readonly string[];
  readonly defaults: readonly string[];
  readonly values: readonly unknown[];
}

const places: readonly Place[] = [
  {
    what: 'an argument with a default of its own',
    query: inOrders('first: $v'),
    types: ['Int', 'Int!'],
    defaults: ['20', 'null'],
    values: [3, '3', 1.5],
  },
  {
    what: 'an argument without a default',
    query: inOrders('after: $v'),
    types: ['String', 'String!'],
    defaults: ['"d"', 'null'],
    values: ['v', 3],
  },
  {
    what: 'a required argument',
    query: 'query (DEFINITION) { order(id: $v) { id } }',
    types: ['ID', 'ID!'],
    defaults: ['"d"', '7', 'null'],
    values: ['v', 7, 1.5],
  },
  {
    what: 'a whole input object',
    query: inOrders('filter: $v'),
    types: ['OrderFilter', 'OrderFilter!'],
    defaults: ['{ statuses: PAID }', '{}', 'null'],
    values: [{ statuses: ['PENDING'], placedAfter: '2026-01-31T12:00:00.000Z' }, { statuses: null }, {}, { no: 1 }],
  },
  {
    what: 'a field of an input object',
    query: inOrders('filter: { placedAfter: $v, statuses: [PAID] }'),
    types: ['DateTime', 'DateTime!'],
    defaults: ['"2026-01-31T12:00:00.000Z"', 'null'],
    values: ['2026-02-28T12:00:00.000Z', 'soon'],
  },
  {
    what: 'a list',
    query: inOrders('filter: { productIds: $v }'),
    types: ['[ID!]', '[ID!]!'],
    defaults: ['["d", 7]', '"d"', '[]', 'null'],
    values: [['v', 7], 'v', [], [null]],
  },
  {
    what: 'an item of a list',
    query: inOrders('filter: { statuses: [PAID, $v] }'),
    types: ['OrderStatus', 'OrderStatus!'],
    defaults: ['PENDING', 'null'],
    values: ['REJECTED', 'NONE'],
  },
  {
    what: 'a required field of an input object',
    query: placing('$v', '1', '"1.00"'),
    types: ['ID', 'ID!'],
    defaults: ['"d"', 'null'],
    values: ['v'],
  },
  {
    what: 'a required number of an input object',
    query: placing('"p"', '$v', '"1.00"'),
    types: ['Int', 'Int!'],
    defaults: ['20', 'null'],
    values: [3],
  },
  {
    what: 'a required field of an input object in another',
    query: placing('"p"', '1', '$v'),
    types: ['Decimal', 'Decimal!'],
    defaults: ['"2.50"', '2', 'null'],
    values: ['3.50', 3],
  },
  {
    what: 'a condition',
    query:
      'query (DEFINITION) { order(id: 1) @include(if: $v) { id } viewer { orders @skip(if: $v) { nodes { id } } } }',
    types: ['Boolean', 'Boolean!'],
    defaults: ['true', 'false'],
    values: [true, false, 'true'],
  },
];

const absent = Symbol('absent');

const cases = places.flatMap(({ what, query, types, defaults, values }) =>
  types.flatMap((type) =>
    ['', ...defaults.map((value) => ` = ${value}`)].flatMap((otherwise) =>
      [absent, null, ...values].map((value) => ({
        what: `${what}: $v: ${type}${otherwise}, ${value === absent ? 'not given' : `given ${JSON.stringify(value)}`}`,
        query: query.replace('DEFINITION', `$v: ${type}${otherwise}`),
        variables: value === absent ? {} : { v: value },
      })),
    ),
  ),
);

/** What a client sees: without data, all that counts is whose fault it is. */
function seen(data: unknown, errors: readonly { readonly path?: readonly (string | number)[] | undefined }[] = []) {
  if (data === undefined || (data === null && errors.length > 0)) return 'refused';
  const paths = errors.map(({ path }) => path?.join('.')).join(' ');
  return { data: JSON.parse(JSON.stringify(data)) as unknown, paths };
}

const codesFor = (isValid: boolean) => (isValid ? ['BAD_USER_INPUT'] : ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']);

test.each(cases)('$what', async ({ query, variables }) => {
  const document = parse(query);
  const isValid = validate(schema, document).length === 0;
  const result = isValid ? await execute({ schema, document, variableValues: variables }) : {};
  const expected = isValid ? seen(result.data, result.errors) : 'refused';

  for (const turn of ['first', 'second']) {
    const answer = await router.ask(query, { variables });
    const { data, errors = [] } = answer;
    expect([turn, seen(data, errors)]).toEqual([turn, expected]);
    expect(errors.filter(({ extensions: { code } }) => !codesFor(isValid).includes(code))).toEqual([]);
  }
});
