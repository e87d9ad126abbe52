import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Case, Expectation } from '../case.ts';
import type { Answer } from '../client.ts';
import type { World } from '../world.ts';

/** Inputs that might cause an answer to omit data, or to differ from the effect. */

const badInput: Expectation = { status: 400, code: 'BAD_USER_INPUT' };

const deposit = (key: string) =>
  `deposit(input: { accountId: $account, amount: { amount: "0.01", currency: USD }, idempotencyKey: ${key} }) { transaction { kind } userErrors { code } }`;
const order = (key: string) =>
  `placeOrder(input: { productId: "tea", unitPrice: { amount: "0.01", currency: USD }, quantity: 1, idempotencyKey: ${key} }) { order { total { amount } } userErrors { code } }`;
const deposited = { transaction: { kind: 'DEPOSIT' }, userErrors: [] };

/** Four root fields of two subgraphs. The idempotency key of the first one is invalid. */
function oneBadKey(title: string, bad: unknown): Case {
  return {
    title: `${title} in the key of one of four mutations`,
    request: async ({ request, ada }) =>
      await request(
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
  return ({ data }) => (isDeepStrictEqual(data, expected) ? null : 'the data differ from the expected data');
}

/** JSON numbers that are not safe integers. */
const inexact = ['9007199254740992', '12345678901234567891', '-9007199254740993', '1e21', '0.5'];

function keyOf(number: string): Case[] {
  return [
    {
      title: `the number ${number} as an idempotency key`,
      request: async ({ post, ada }) =>
        await post(
          `{"query": ${JSON.stringify(`mutation ($account: ID!, $key: ID!) { ${deposit('$key')} }`)},
            "variables": {"account": "${ada.accounts['USD']}", "key": ${number}}}`,
          { authorization: `Bearer ${ada.token}` },
        ),
      expected: badInput,
    },
    {
      title: `the literal ${number} as an idempotency key`,
      request: async ({ request, ada }) =>
        await request(`mutation ($account: ID!) { ${deposit(number)} }`, {
          variables: { account: ada.accounts['USD'] },
          token: ada.token,
        }),
      expected: { status: 400, code: ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'] },
    },
  ];
}

/** Sends an operation twice: the second request uses the cached plan. */
function caseAnsweredTwice(title: string, query: string, variables: object, expected: Expectation): Case {
  return {
    title,
    request: async ({ request, olga }: World) => {
      await request(query, { variables, token: olga.token });
      return await request(query, { variables, token: olga.token });
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
  caseAnsweredTwice(
    'a required variable with a default',
    'query ($first: Int! = 20) { viewer { orders(first: $first) { totalCount } } }',
    {},
    { ...whole, also: dataIs({ viewer: { orders: { totalCount: 1 } } }) },
  ),
  ...Object.entries({ id: 'tea', __typename: 'tea', status: 'tea', _entities: 'tea', constructor: 'tea' }).map(
    ([alias, productId]) =>
      caseAnsweredTwice(
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
    title: 'the alias id of another field in a payload',
    request: async ({ request, ada }) =>
      await request(
        `mutation { placeOrder(input: { productId: "tea", unitPrice: { amount: "0.01", currency: USD }, quantity: 1, idempotencyKey: "${randomUUID()}" }) {
           order { id: productId notifications { id: kind } } userErrors { code } } }`,
        { token: ada.token },
      ),
    expected: { ...whole, also: ({ text }) => (text.includes('"order":{"id":"tea"') ? null : 'the alias was lost') },
  },
  caseAnsweredTwice(
    'a variable named as federation’s own variable',
    'query ($representations: Int!) { viewer { accounts { owner { orders(first: $representations) { totalCount } } } } }',
    { representations: 1 },
    { ...whole, also: ({ text }) => (text.includes('"totalCount":1') ? null : 'the variable was lost') },
  ),
  caseAnsweredTwice(
    'null for a required variable with a default',
    'query ($first: Int! = 20) { viewer { orders(first: $first) { totalCount } } }',
    { first: null },
    badInput,
  ),
  caseAnsweredTwice(
    'a default in an input object',
    'query ($status: OrderStatus! = PAID) { viewer { orders(filter: { statuses: [$status] }) { totalCount } } }',
    {},
    { ...whole, also: dataIs({ viewer: { orders: { totalCount: 1 } } }) },
  ),
];
