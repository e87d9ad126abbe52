import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { targetsOf } from '#attack/targets.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { apiOf } from '../tools/supergraph.ts';
import { readSupergraph } from './supergraph.ts';

/** Numbers that JSON, or the gateway, would round are refused wherever an input takes a number. */

/** JSON texts. A number that is an integer only to some readers is refused too. */
const inexact = ['9007199254740992', '-9007199254740993', '12345678901234567891', '1e21', '1.5'];
const wrongFor: Readonly<Record<string, readonly string[]>> = {
  ID: [...inexact, 'true'],
  Decimal: [...inexact, 'true'],
  Int: [...inexact, '2147483648', '"1"', 'true'],
  String: [...inexact, '1', 'true'],
  DateTime: [...inexact, '1', 'true'],
  Boolean: [...inexact, '1', '"true"'],
};
const goodFor: Readonly<Record<string, string>> = {
  ID: '"1"',
  Decimal: '"1.00"',
  Int: '1',
  String: '"text"',
  DateTime: '"2026-01-31T12:00:00.000Z"',
  Boolean: 'true',
};

interface Position {
  /** Such as `input.amount.amount`. */
  readonly path: string;
  readonly scalar: string;
  /** The argument with this text at the position, and good values where something is required: JSON, or GraphQL. */
  readonly write: (text: string, form: 'json' | 'literal') => string;
}

function positionsIn({ name, type }: GraphQLArgument | GraphQLInputField): Position[] {
  return below(type).map((inner) => ({ ...inner, path: [name, inner.path].filter((part) => part !== '').join('.') }));
}

function below(type: GraphQLInputType): Position[] {
  if (isNonNullType(type)) return below(type.ofType);
  if (isListType(type)) {
    return below(type.ofType).map((item) => ({ ...item, write: (text, form) => `[${item.write(text, form)}]` }));
  }
  if (isEnumType(type)) return [];
  if (!isInputObjectType(type)) return [{ path: '', scalar: type.name, write: (text) => text }];
  const fields = Object.values(type.getFields());
  return fields.flatMap((field) =>
    positionsIn(field).map((position) => ({
      ...position,
      write: (text, form) => {
        const written = fields
          .filter((other) => other === field || isNonNullType(other.type))
          .map((other) => `"${other.name}": ${other === field ? position.write(text, form) : good(other.type, form)}`)
          .join(', ');
        return `{ ${form === 'json' ? written : written.replaceAll(/"(\w+)":/g, '$1:')} }`;
      },
    })),
  );
}

function good(type: GraphQLInputType, form: 'json' | 'literal'): string {
  if (isNonNullType(type)) return good(type.ofType, form);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return form === 'json' ? `"${type.getValues()[0]!.name}"` : type.getValues()[0]!.name;
  if (!isInputObjectType(type)) return goodFor[type.name]!;
  const [field] = Object.values(type.getFields());
  const whole = below(type).find(({ path }) => path.split('.')[0] === field!.name);
  return whole!.write(goodFor[whole!.scalar]!, form);
}

const positions = targetsOf(apiOf(readSupergraph('schema.graphql'))).flatMap(({ title: what, query, args }) =>
  args.flatMap((arg) => positionsIn(arg).map((position) => ({ what, query, arg, args, ...position }))),
);

const seen: unknown[] = [];
let router: RunningRouter;
beforeAll(async () => {
  const see = (_root: unknown, args: { id?: string; input?: { idempotencyKey: string } }) => {
    seen.push(args.id ?? args.input?.idempotencyKey);
    return null;
  };
  router = await startRouterWithDoubles({
    billing: { Query: { account: see }, Mutation: { deposit: see } },
    order: { Query: { order: see } },
  });
});
afterAll(async () => await router.stop());
afterEach(() => {
  seen.length = 0;
  for (const { received } of Object.values(router.subgraphs)) received.length = 0;
});

const received = () => Object.values(router.subgraphs).flatMap(({ received }) => received);

test('the walk knows every scalar that an input has', () => {
  expect(positions.length).toBeGreaterThan(50);
  expect(
    [...new Set(positions.map(({ scalar }) => scalar))].filter((scalar) => wrongFor[scalar] === undefined),
  ).toEqual([]);
});

describe.each(positions)('$what($path), $scalar,', ({ query, arg, args, path, scalar, write }) => {
  const last = path.split('.').at(-1)!;

  test.each(wrongFor[scalar]!)('refuses %s in a variable and in the document', async (text) => {
    const others = args.filter((other) => other !== arg && isNonNullType(other.type));
    const given = (form: 'json' | 'literal') => [
      ...others.map((other): [string, string] => [other.name, good(other.type, form)]),
      [arg.name, write(text, form)] as const,
    ];
    const variables = given('json').map(([name, value]) => `"${name}": ${value}`);
    const inVariable = await router.post(`{"query": ${JSON.stringify(query)}, "variables": {${variables.join(', ')}}}`);
    const passed = given('literal').map(([name, value]) => `${name}: ${value}`);
    const document = query.replace(/ \([^)]*\)/, '').replace(/\([^)]*\)/, `(${passed.join(', ')})`);
    const inDocument = await router.ask(document);

    expect([inVariable.status, inVariable.data, inDocument.status, inDocument.data]).toEqual([
      400,
      undefined,
      400,
      undefined,
    ]);
    expect(inVariable.errors?.map(({ extensions: { code } }) => code)).toEqual(['BAD_USER_INPUT']);
    expect(inVariable.errors?.[0]?.message).toContain(last);
    expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(inDocument.errors?.[0]?.extensions.code);
    expect(inDocument.text).toContain('"locations"');
    expect(received()).toEqual([]);
  });
});

const largest = '9007199254740991';
const exact: readonly [text: string, id: string][] = [
  ['7', '7'],
  ['0', '0'],
  ['-7', '-7'],
  [largest, largest],
  [`-${largest}`, `-${largest}`],
  ['"12345678901234567891"', '12345678901234567891'],
  ['"1e21"', '1e21'],
  ['"-0"', '-0'],
];

test.each(exact)('an ID of %s reaches the subgraph unchanged, each time', async (text, id) => {
  const deposit = (key: string) =>
    `deposit(input: { accountId: 1, amount: { amount: 1, currency: USD }, idempotencyKey: ${key} }) { userErrors { code } }`;
  for (const turn of [1, 2]) {
    const query = `query ($id: ID! = ${text}) { a: order(id: $id) { id } b: order(id: ${text}) { id } c: account(id: $id) { id } }`;
    for (const variables of ['{}', `{ "id": ${text} }`]) {
      const { errors } = await router.post(`{ "query": ${JSON.stringify(query)}, "variables": ${variables} }`);
      expect([turn, errors]).toEqual([turn, undefined]);
    }
    const mutation = `mutation ($id: ID!) { a: ${deposit('$id')} b: ${deposit(text)} }`;
    const { errors } = await router.post(`{ "query": ${JSON.stringify(mutation)}, "variables": { "id": ${text} } }`);
    expect([turn, errors]).toEqual([turn, undefined]);
  }
  expect(seen).toEqual(Array.from({ length: 16 }, () => id));
});

test.each(['1.0', '1e0', '1E3'])('an ID of %s is an integer in JSON, and none in a document', async (text) => {
  const query = 'query ($id: ID!) { order(id: $id) { id } }';
  expect((await router.post(`{ "query": "${query}", "variables": { "id": ${text} } }`)).errors).toBeUndefined();
  expect(seen).toEqual([String(Number(text))]);
  expect((await router.ask(`{ order(id: ${text}) { id } }`)).status).toBe(400);
});
