import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { createPipeline, type OperationRequest, type RequestOrigin } from './pipeline.ts';
import { fault } from '../errors/faults.ts';
import { callerFrom } from '#test/factories.ts';
import { createLog } from '../telemetry/log.ts';
import { dateTimeScalar, decimalScalar } from './scalars.ts';

const typeDefs = parse(`
  scalar Decimal
  scalar DateTime
  enum Colour { RED GREEN }
  input Money { amount: Decimal! at: DateTime colour: Colour = RED }
  interface Named { name: String! }
  type Cat implements Named @key(fields: "name") { name: String! age: Int! kittens(first: Int = 2): [Cat!]! }
  type Dog implements Named { name: String! owner: String }
  type Seen { what: String! colour: Colour }
  type Query {
    saw(money: Money!): Seen
    seen(at: DateTime!, amount: Decimal): String
    pets: [Named!]!
    cat(name: String!): Cat
    never: Cat!
    fails(code: String): Cat
    later: Cat
  }
  type Subscription { fed: String }`);

const kinds: Readonly<Record<string, object>> = { Tom: { age: 4 }, Odd: { age: null } };
const catOf = (name: string) => ({ __typename: 'Cat', name, ...kinds[name] });
const shown = (value: unknown) =>
  typeof value === 'bigint' ? `${value}n` : value instanceof Date ? `at ${value.getTime()}` : value;

const schema = buildSubgraphSchema([
  {
    typeDefs,
    resolvers: {
      Decimal: decimalScalar,
      DateTime: dateTimeScalar,
      Query: {
        saw: (_: unknown, { money }: { money: Record<string, unknown> }) => ({
          what: JSON.stringify(money, (_name, value: unknown) => shown(value)),
          colour: money['colour'],
        }),
        seen: (_: unknown, { at, amount }: { at: Date; amount?: { unscaled: bigint } }) =>
          `${at.getTime()} ${amount?.unscaled}`,
        pets: async () => [catOf('Tom'), { __typename: 'Dog', name: 'Rex' }],
        cat: (_: unknown, { name }: { name: string }) => (name === 'none' ? null : catOf(name)),
        never: () => null,
        fails: (_: unknown, { code }: { code?: 'NOT_FOUND' }) => {
          throw code === undefined ? new Error('secret') : fault(code, 'Not there.');
        },
        later: async (_: unknown, __: unknown, { caller }: { caller: string }) => catOf(caller),
      },
      Cat: {
        __resolveReference: ({ name }: { name: string }) => (name === 'none' ? null : catOf(name)),
        kittens: ({ name }: { name: string }, { first }: { first: number }) =>
          Array.from({ length: first }, (_, place) => ({ ...catOf('Tom'), name: `${name} ${place}` })),
      },
    },
  },
]);

const log = createLog('test', 'silent');
const contextOf = async ({ authorization }: RequestOrigin) => ({ caller: authorization });
const { executeRequest: answer } = createPipeline({ schema, contextOf, introspection: true, log });
const called = (query: string, variables: Record<string, unknown> = {}): OperationRequest => ({
  query,
  variables,
  authorization: 'Ada',
  caller: callerFrom(),
});

const alike: readonly [what: string, query: string, variables?: Record<string, unknown>][] = [
  ['aliases and arguments', '{ one: cat(name: "Tom") { name age } two: cat(name: "none") { name } }'],
  [
    'fragments on an interface',
    '{ pets { __typename name ...A ... on Dog { owner } } } fragment A on Cat { age kittens { name } }',
  ],
  [
    'entities',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cat { __typename age kittens(first: 1) { name } } } }',
    {
      r: [
        { __typename: 'Cat', name: 'Tom' },
        { __typename: 'Cat', name: 'none' },
      ],
    },
  ],
  [
    'what is included and skipped',
    'query ($yes: Boolean!, $no: Boolean = false) { cat(name: "Tom") { name @skip(if: $yes) age @include(if: $no) kittens @include(if: $yes) { name } } }',
    { yes: true },
  ],
  [
    'variables of our scalars',
    'query ($m: Money!, $at: DateTime!) { saw(money: $m) { what colour } seen(at: $at, amount: 12) }',
    { m: { amount: '12.50', at: '2026-01-31T12:00:00.000Z' }, at: '2026-02-01T00:00:00.000Z' },
  ],
  [
    'literals of our scalars',
    '{ saw(money: { amount: "0.07", at: "2026-01-31T12:00:00.000Z", colour: GREEN }) { what colour } seen(at: "2026-02-01T00:00:00.000Z", amount: 3) }',
  ],
  [
    'variables with the names that every object has',
    'query ($constructor: Boolean = true, $toString: String, $__proto__: Int = 1) { cat(name: "Tom") { name @include(if: $constructor) kittens(first: $__proto__) { name } } fails(code: $toString) { name } }',
  ],
  [
    'names in the answer that every object has',
    '{ __proto__: cat(name: "Tom") { constructor: name __proto__: age } constructor: cat(name: "Tom") { toString: name } }',
  ],
  ['a null where there may be none', '{ cat(name: "Odd") { age } pets { name } }'],
  ['a null that leaves nothing', '{ never { name } pets { name } }'],
  ['an introspection', '{ __schema { queryType { name } } __type(name: "Cat") { fields { name } } }'],
];

describe('an operation', () => {
  test.each(alike)('is executed as graphql-js executes it: %s', async (_what, query, variables = {}) => {
    const contextValue = { caller: 'Ada' };
    const expected = await execute({ schema, document: parse(query), variableValues: variables, contextValue });
    const { data, errors = [] } = await answer(called(query, variables));

    expect(JSON.parse(JSON.stringify(data))).toEqual(JSON.parse(JSON.stringify(expected.data)));
    expect(errors.map(({ path }) => path)).toEqual((expected.errors ?? []).map(({ path }) => path));
  });

  test('is executed for whoever calls it', async () => {
    expect(await answer(called('{ later { name } }'))).toEqual({ data: { later: { name: 'Ada' } } });
  });

  const refused: readonly [what: string, query: string, variables: Record<string, unknown>, code: string][] = [
    ['is no GraphQL', '{ cat(', {}, 'GRAPHQL_PARSE_FAILED'],
    ['does not fit the schema', '{ dog { name } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['is not in the document', 'fragment A on Cat { name } query B { __typename }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['has a literal that its scalar refuses', '{ seen(at: "yesterday") }', {}, 'BAD_USER_INPUT'],
    [
      'has a variable that its scalar refuses',
      'query ($at: DateTime!) { seen(at: $at) }',
      { at: 'soon' },
      'BAD_USER_INPUT',
    ],
    ['lacks a variable', 'query ($name: String!) { cat(name: $name) { name } }', {}, 'BAD_USER_INPUT'],
    [
      'has a variable of another type',
      'query ($name: String!) { cat(name: $name) { name } }',
      { name: 5 },
      'BAD_USER_INPUT',
    ],
    ['is nested very deep', `${'{ a '.repeat(20_000)}${'}'.repeat(20_000)}`, {}, 'QUERY_TOO_COMPLEX'],
    ['has very many tokens', `{ cat(name: "Tom") { ${'name '.repeat(30_000)} } }`, {}, 'QUERY_TOO_COMPLEX'],
    [
      'is large once its fragments are written out',
      `{ cat(name: "Tom") { ...F0 } } ${[0, 1, 2, 3, 4]
        .map((i) => `fragment F${i} on Cat { ${`kittens { ...F${i + 1} } `.repeat(9)} }`)
        .join(' ')} fragment F5 on Cat { name }`,
      {},
      'QUERY_TOO_COMPLEX',
    ],
    ['asks for the same again and again', `{ cat(name: "Tom") { ${'name '.repeat(200)} } }`, {}, 'QUERY_TOO_COMPLEX'],
    [
      'may answer with very much',
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cat { ${'kittens { '.repeat(5)} name ${'} '.repeat(5)} } } }`,
      { r: Array.from({ length: 1_000 }, () => ({ __typename: 'Cat', name: 'Tom' })) },
      'QUERY_TOO_COMPLEX',
    ],
    ['is a subscription', 'subscription { fed }', {}, 'BAD_REQUEST'],
  ];

  test.each(refused)('is not executed where it %s', async (_what, query, variables, code) => {
    const { data, errors } = await answer(called(query, variables));

    expect(data).toBeUndefined();
    expect(errors!.map(({ extensions }) => extensions!['code'])).toEqual([code]);
  });

  test('tells of a fault no more than there is one, and of what the client did wrong all', async () => {
    const { data, errors } = await answer(called('{ fails { name } other: fails(code: "NOT_FOUND") { name } }'));

    expect(data).toEqual({ fails: null, other: null });
    expect(errors).toEqual([
      { message: 'Something went wrong on our side.', path: ['fails'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      { message: 'Not there.', path: ['other'], extensions: { code: 'NOT_FOUND' } },
    ]);
  });
});

describe('where the schema is hidden', () => {
  const { executeRequest: hidden } = createPipeline({ schema, contextOf, introspection: false, log });

  test.each([
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Cat") { name } }',
    '{ _service { sdl } }',
    '{ cat(name: "Tom") { ... { nam } } }',
    '{ saw(money: { amount: 1, color: RED }) { what } }',
  ])('nothing of it is told: %s', async (query) => {
    const { data, errors } = await hidden(called(query));

    expect(data).toBeUndefined();
    expect(errors!.map(({ extensions }) => extensions!['code'])).toEqual(
      errors!.map(() => 'GRAPHQL_VALIDATION_FAILED'),
    );
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });

  test('everything else is answered', async () => {
    expect(await hidden(called('{ cat(name: "Tom") { __typename age } }'))).toEqual({
      data: { cat: { __typename: 'Cat', age: 4 } },
    });
  });
});

/** What is in use once all else is collected. */
async function memoryMb(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await setImmediate();
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

test('what it has made of operations takes no more memory, however many are asked', async () => {
  const askAnother = async (number: number) => {
    const fields = Array.from({ length: 12 }, (_, i) => `a${number}_${i}: kittens { name age kittens { name age } }`);
    await answer(called(`{ cat(name: "Tom") { ${fields.join(' ')} } }`));
  };
  for (let number = 0; number < 200; number += 1) await askAnother(number);
  const before = await memoryMb();
  for (let number = 200; number < 500; number += 1) await askAnother(number);

  expect((await memoryMb()) - before).toBeLessThan(20);
});
