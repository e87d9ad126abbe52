import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Case, Expectation } from '../case.ts';
import type { Answer } from '../client.ts';
import type { World } from '../world.ts';

/** Inputs after which an answer might say less, or something else, than what was done. */

const misread: Expectation = { status: 400, code: 'BAD_USER_INPUT' };

const deposit = (key: string) =>
  `deposit(input: { accountId: $account, amount: { amount: "0.01", currency: USD }, idempotencyKey: ${key} }) { transaction { kind } userErrors { code } }`;
const order = (key: string) =>
  `placeOrder(input: { productId: "tea", unitPrice: { amount: "0.01", currency: USD }, quantity: 1, idempotencyKey: ${key} }) { order { total { amount } } userErrors { code } }`;
const deposited = { transaction: { kind: 'DEPOSIT' }, userErrors: [] };

/** One of four root fields, over two subgraphs, has a key that cannot be stored. */
function oneBadKey(what: string, bad: unknown): Case {
  return {
    what: `${what} in the key of one of four mutations`,
    ask: async ({ ask, ada }) =>
      await ask(
        `mutation ($account: ID!, $bad: ID = "x", $one: ID!, $two: ID!, $three: ID!) {
           a: ${deposit('$bad')} b: ${deposit('$one')} c: ${order('$two')} last: ${deposit('$three')} }`,
        { variables: { account: ada.accounts['USD'], bad, ...newKeys() }, token: ada.token },
      ),
    expected: {
      status: 200,
      code: 'BAD_USER_INPUT',
      userError: null,
      also: dataIs({
        a: null,
        b: deposited,
        c: { order: { total: { amount: '0.01' } }, userErrors: [] },
        last: deposited,
      }),
    },
  };
}

const newKeys = () => ({ one: randomUUID(), two: randomUUID(), three: randomUUID() });

function dataIs(expected: object): (answer: Answer) => string | null {
  return ({ data }) => (isDeepStrictEqual(data, expected) ? null : 'other data were expected');
}

/** JSON texts. */
const inexact = ['9007199254740992', '12345678901234567891', '-9007199254740993', '1e21', '0.5'];

function keyOf(number: string): Case[] {
  return [
    {
      what: `the number ${number} for an idempotency key`,
      ask: async ({ post, ada }) =>
        await post(
          `{"query": ${JSON.stringify(`mutation ($account: ID!, $key: ID!) { ${deposit('$key')} }`)},
            "variables": {"account": "${ada.accounts['USD']}", "key": ${number}}}`,
          { authorization: `Bearer ${ada.token}` },
        ),
      expected: misread,
    },
    {
      what: `the literal ${number} for an idempotency key`,
      ask: async ({ ask, ada }) =>
        await ask(`mutation ($account: ID!) { ${deposit(number)} }`, {
          variables: { account: ada.accounts['USD'] },
          token: ada.token,
        }),
      expected: { status: 400, code: ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'] },
    },
  ];
}

/** Asked twice, since an operation is planned the first time. */
function answered(what: string, query: string, variables: object, expected: Expectation): Case {
  return {
    what,
    ask: async ({ ask, olga }: World) => {
      await ask(query, { variables, token: olga.token });
      return await ask(query, { variables, token: olga.token });
    },
    expected,
  };
}

const whole: Expectation = { status: 200, code: null };

export const wholeAnswerCases: readonly Case[] = [
  oneBadKey('NUL', 'a\0'),
  oneBadKey('an unpaired surrogate', '\ud800'),
  oneBadKey('null', null),
  ...inexact.flatMap(keyOf),
  answered(
    'a required variable with a default',
    'query ($first: Int! = 20) { viewer { orders(first: $first) { totalCount } } }',
    {},
    { ...whole, also: dataIs({ viewer: { orders: { totalCount: 1 } } }) },
  ),
  ...Object.entries({ id: 'tea', __typename: 'tea', status: 'tea', _entities: 'tea', constructor: 'tea' }).map(
    ([alias, productId]) =>
      answered(
        `the alias ${alias} of another field`,
        `{ viewer { orders { nodes { ${alias}: productId transactions { id: kind } } } } }`,
        {},
        {
          ...whole,
          also: dataIs({
            viewer: { orders: { nodes: [{ [alias]: productId, transactions: [{ id: 'ORDER_PAYMENT' }] }] } },
          }),
        },
      ),
  ),
  {
    what: 'the alias id of another field in a payload',
    ask: async ({ ask, ada }) =>
      await ask(
        `mutation { placeOrder(input: { productId: "tea", unitPrice: { amount: "0.01", currency: USD }, quantity: 1, idempotencyKey: "${randomUUID()}" }) {
           order { id: productId notifications { id: kind } } userErrors { code } } }`,
        { token: ada.token },
      ),
    expected: { ...whole, also: ({ text }) => (text.includes('"order":{"id":"tea"') ? null : 'the alias was lost') },
  },
  answered(
    'a variable with the name that federation has for one',
    'query ($representations: Int!) { viewer { accounts { owner { orders(first: $representations) { totalCount } } } } }',
    { representations: 1 },
    { ...whole, also: ({ text }) => (text.includes('"totalCount":1') ? null : 'the variable was lost') },
  ),
  answered(
    'null for a required variable with a default',
    'query ($first: Int! = 20) { viewer { orders(first: $first) { totalCount } } }',
    { first: null },
    misread,
  ),
  answered(
    'a default in an input object',
    'query ($status: OrderStatus! = PAID) { viewer { orders(filter: { statuses: [$status] }) { totalCount } } }',
    {},
    { ...whole, also: dataIs({ viewer: { orders: { totalCount: 1 } } }) },
  ),
];
