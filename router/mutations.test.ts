import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { buildASTSchema, isNonNullType, parse } from 'graphql';
import { fault } from '#platform/errors/faults.ts';
import { readContract } from '../tools/contract.ts';
import { type Answer, type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import type { Misbehaviour } from '#test/router/subgraph-double.ts';
import { readSupergraph } from './supergraph.ts';

/** Each root field of a mutation is answered by itself: what was done is told, whatever becomes of the others. */

const done: string[] = [];

function doing(field: string, answer: object) {
  return (_root: unknown, { input }: { input?: { idempotencyKey?: string } }) => {
    if (input?.idempotencyKey === 'thrown') throw new Error('secret');
    if (input?.idempotencyKey === 'refused') throw fault('RATE_LIMITED', 'Too many.');
    done.push(`${field} ${input?.idempotencyKey}`);
    return { ...answer, userErrors: [] };
  };
}

let router: RunningRouter;
beforeAll(async () => {
  const transaction = { id: 't', kind: 'DEPOSIT', createdAt: '2026-01-31T12:00:00.000Z' };
  router = await startRouterWithDoubles(
    {
      billing: {
        Mutation: { deposit: doing('deposit', { transaction }), withdraw: doing('withdraw', { transaction }) },
        Order: { transactions: () => [{ ...transaction }] },
      },
      order: { Mutation: { placeOrder: doing('placeOrder', { order: { id: 'o', status: 'PENDING' } }) } },
    },
    { SUBGRAPH_TIMEOUT_MS: '2000' },
  );
});
afterAll(async () => await router.stop());
afterEach(() => {
  done.length = 0;
  for (const subgraph of Object.values(router.subgraphs)) {
    subgraph.misbehave(null);
    subgraph.received.length = 0;
  }
});

const money = (amount = '"1.00"') => `{ amount: ${amount}, currency: USD }`;
const deposit = (key: string, amount?: string) =>
  `deposit(input: { accountId: 1, amount: ${money(amount)}, idempotencyKey: ${key} }) { transaction { kind } userErrors { code } }`;
const placeOrder = (key: string, amount?: string) =>
  `placeOrder(input: { productId: 1, unitPrice: ${money(amount)}, quantity: 1, idempotencyKey: ${key} })
   { order { id status transactions { kind } } userErrors { code } }`;

const deposited = { transaction: { kind: 'DEPOSIT' }, userErrors: [] };
const placed = { order: { id: 'o', status: 'PENDING', transactions: [{ kind: 'DEPOSIT' }] }, userErrors: [] };

const failures = ({ errors = [] }: Answer) =>
  errors.map(({ path, extensions: { code } }) => `${path?.join('.')} ${code}`);

/** Asked twice, since an operation is planned the first time. */
async function twice(query: string, variables: Record<string, unknown> = {}): Promise<readonly [Answer, Answer]> {
  return [await router.ask(query, { variables }), await router.ask(query, { variables })];
}

test('no root field of Mutation is non-null, in the graph and in its contract', () => {
  const supergraph = buildASTSchema(parse(readSupergraph('schema.graphql')), { assumeValid: true });
  for (const schema of [supergraph, readContract()]) {
    const fields = Object.values(schema.getMutationType()!.getFields());
    expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
  }
});

describe('a subgraph in the middle that', () => {
  const line = (result: object) => `${JSON.stringify([0, result])}\n`;
  const refusal = { errors: [{ message: 'No.', extensions: { code: 'QUERY_TOO_COMPLEX' } }] };
  const answering = (status: number, body: string): Misbehaviour => {
    return (reply) => reply.raw.writeHead(status, { 'content-type': 'application/x-ndjson' }).end(body);
  };
  const failing: readonly [what: string, misbehaviour: Misbehaviour, code: string][] = [
    ['hangs', () => undefined, 'SUBGRAPH_TIMEOUT'],
    ['has a fault', answering(500, ''), 'SUBGRAPH_UNAVAILABLE'],
    ['closes the connection', (reply) => reply.raw.destroy(), 'SUBGRAPH_UNAVAILABLE'],
    ['answers with neither data nor errors', answering(200, line({})), 'SUBGRAPH_UNAVAILABLE'],
    ['refuses the whole operation', answering(200, line(refusal)), 'QUERY_TOO_COMPLEX'],
    ['refuses it with data null', answering(200, line({ data: null, ...refusal })), 'QUERY_TOO_COMPLEX'],
  ];

  test.each(failing)('%s affects only its own fields', async (_what, misbehaviour, code) => {
    router.subgraphs.order.misbehave(misbehaviour);
    const query = `mutation { a: ${deposit('"a"')} b: ${placeOrder('"b"')} b2: ${placeOrder('"b2"')} c: ${deposit('"c"')} }`;
    for (const answer of await twice(query)) {
      expect(answer.status).toBe(200);
      expect(answer.data).toEqual({ a: deposited, b: null, b2: null, c: deposited });
      expect(failures(answer)).toEqual([`b ${code}`, `b2 ${code}`]);
    }
    expect(done).toEqual(['deposit a', 'deposit c', 'deposit a', 'deposit c']);
  });
});

test('a payload’s field of a failing subgraph is null, and the rest of the payload is returned', async () => {
  router.subgraphs.billing.misbehave((reply) => reply.raw.destroy());
  for (const answer of await twice(`mutation { a: ${placeOrder('"a"')} }`)) {
    expect(answer.data).toEqual({ a: { ...placed, order: { ...placed.order, transactions: null } } });
    expect(failures(answer)).toEqual(['a.order.transactions SUBGRAPH_UNAVAILABLE']);
  }
});

describe('an input with one invalid field', () => {
  const keys: readonly [what: string, key: unknown, code: string][] = [
    ['NUL', 'a\0', 'BAD_USER_INPUT'],
    ['an unpaired surrogate', 'a\ud800', 'BAD_USER_INPUT'],
    ['the other unpaired surrogate', '\udc00', 'BAD_USER_INPUT'],
    ['a default and an explicit null', null, 'BAD_USER_INPUT'],
    ['what a resolver throws', 'thrown', 'INTERNAL_SERVER_ERROR'],
    ['what a resolver refuses', 'refused', 'RATE_LIMITED'],
  ];

  test.each(keys)('fails only that field, with or without others of its subgraph: %s', async (_what, key, code) => {
    const query = `mutation ($key: ID = "d", $good: ID!) {
      a: ${deposit('$key')} b: ${deposit('"b"')} c: ${placeOrder('$good')} d: ${placeOrder('$key')} e: ${deposit('$key')} }`;
    for (const answer of await twice(query, { key, good: 'good' })) {
      expect(answer.status).toBe(200);
      expect(answer.data).toEqual({ a: null, b: deposited, c: placed, d: null, e: null });
      expect(failures(answer)).toEqual([`a ${code}`, `d ${code}`, `e ${code}`]);
      expect(answer.text).not.toContain('secret');
    }
    expect(done).toEqual(['deposit b', 'placeOrder good', 'deposit b', 'placeOrder good']);
  });

  test('fails only that field if the input is written in the document', async () => {
    for (const answer of await twice(
      `mutation { a: ${deposit('"a\\u0000"')} b: ${deposit('"b"')} c: ${placeOrder('"c"')} }`,
    )) {
      expect(answer.data).toEqual({ a: null, b: deposited, c: placed });
      expect(failures(answer)).toEqual(['a BAD_USER_INPUT']);
      expect(answer.errors![0]!.message).toContain('`input.idempotencyKey`');
    }
  });
});

describe('an input that its type refuses is refused before any subgraph is called:', () => {
  const amounts = ['1e3', 'NaN', '', '1,5', ' 1', 1.5, 1e21, 9_007_199_254_740_992, true, ['x'], {}];

  test.each(amounts)('the amount %j', async (amount) => {
    const query = `mutation ($amount: Decimal!) { a: ${deposit('"a"')} b: ${placeOrder('"b"', '$amount')} c: ${deposit('"c"')} }`;
    for (const answer of await twice(query, { amount })) {
      expect([answer.status, answer.data, failures(answer)]).toEqual([400, undefined, ['undefined BAD_USER_INPUT']]);
      expect(answer.errors![0]!.message).toContain('"$amount"');
    }
    expect(done).toEqual([]);
  });

  test.each(['"1e3"', '1.5', '1e3', '9007199254740993', 'true', '""'])('the literal amount %s', async (amount) => {
    const query = `mutation { a: ${deposit('"a"')} b: ${placeOrder('"b"', amount)} c: ${deposit('"c"')} }`;
    for (const answer of await twice(query)) {
      expect([answer.status, answer.data, failures(answer)]).toEqual([400, undefined, ['undefined BAD_USER_INPUT']]);
    }
    expect(done).toEqual([]);
  });
});
