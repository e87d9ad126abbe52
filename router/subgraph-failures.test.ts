import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { badInput, internalMessage } from '#platform/errors/faults.ts';
import { type Answer, type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import type { SubgraphName } from '#subgraphs/manifest.ts';
import type { Misbehaviour } from '#test/router/subgraph-double.ts';

const secret = 'secret of 10.1.2.3:5432';
const viewer = () => ({ id: 'user-1', email: 'a@example.com' });
const orders = ['1', '2'].map((id) => ({ id }));

let router: RunningRouter;
beforeAll(async () => {
  router = await startRouterWithDoubles(
    {
      user: { Query: { viewer } },
      billing: {
        Query: {
          viewer,
          account: () => new GraphQLError('Not yours.', { extensions: { code: 'FORBIDDEN', sql: secret } }),
          transaction: () => {
            throw new Error(secret);
          },
        },
        Mutation: {
          deposit: () => ({ userErrors: [] }),
          withdraw: () => ({ userErrors: [] }),
          closeAccounts: () => badInput('Not like this.'),
        },
        User: { accounts: () => [{ id: 'account-1' }] },
        Order: { transactions: () => [{ id: 'transaction-1' }] },
      },
      order: {
        Query: { viewer },
        Mutation: { placeOrder: () => ({ order: { id: '3' }, userErrors: [] }) },
        User: { orders: () => ({ nodes: orders }) },
      },
    },
    { SUBGRAPH_TIMEOUT_MS: '2000' },
  );
});
afterAll(async () => await router.stop());
afterEach(() => {
  for (const subgraph of Object.values(router.subgraphs)) {
    subgraph.misbehave(null);
    subgraph.received.length = 0;
  }
});

const overview = '{ viewer { email accounts { id } orders { nodes { id transactions { id } } } } }';
const withoutBilling = {
  viewer: {
    email: 'a@example.com',
    accounts: null,
    orders: { nodes: orders.map(({ id }) => ({ id, transactions: null })) },
  },
};
const billingFields = ['viewer.accounts', 'viewer.orders.nodes.0.transactions', 'viewer.orders.nodes.1.transactions'];

const placesOf = ({ errors }: Answer) => errors?.map(({ path }) => path?.join('.')).toSorted();
const codesOf = ({ errors }: Answer) => [...new Set(errors?.map(({ extensions }) => extensions.code))];

function expectNothingInternal(answer: Answer, subgraph: SubgraphName) {
  const { port } = new URL(router.subgraphs[subgraph].url);
  for (const word of [port, '127.0.0.1', 'localhost', 'http:', 'ECONN', 'secret', 'undici']) {
    expect(answer.text).not.toContain(word);
  }
}

function answerWith(status: number, body: string, type = 'application/x-ndjson'): Misbehaviour {
  return (reply) => reply.raw.writeHead(status, { 'content-type': type }).end(body);
}

/** The answer to the only operation of a request. */
const line = (result: object) => `${JSON.stringify([0, result])}\n`;

describe('a subgraph that times out', () => {
  const hanging: [string, Misbehaviour][] = [
    ['sends nothing', () => undefined],
    ['sends half of its answer', (reply) => reply.raw.writeHead(200).write('{"data":')],
  ];

  test.each(hanging)('affects only its own fields: it %s', async (_how, misbehaviour) => {
    router.subgraphs.billing.misbehave(misbehaviour);
    const answer = await router.ask(overview);

    expect(answer.status).toBe(200);
    expect(answer.data).toEqual(withoutBilling);
    expect(placesOf(answer)).toEqual(billingFields);
    expect(codesOf(answer)).toEqual(['SUBGRAPH_TIMEOUT']);
    expectNothingInternal(answer, 'billing');
  });

  test('is not called a second time in one request', async () => {
    router.subgraphs.billing.misbehave(() => undefined);
    const input = '{ accountId: 1, amount: { amount: "1.00", currency: USD }, idempotencyKey: "k" }';
    const order = '{ productId: 1, unitPrice: { amount: "1.00", currency: USD }, quantity: 1, idempotencyKey: "k" }';
    const answer = await router.ask(
      `mutation { deposit(input: ${input}) { userErrors { code } } placeOrder(input: ${order}) { order { id } } withdraw(input: ${input}) { userErrors { code } } }`,
    );

    expect(placesOf(answer)).toEqual(['deposit', 'withdraw']);
    expect(codesOf(answer)).toEqual(['SUBGRAPH_TIMEOUT']);
    expect(router.subgraphs.billing.received).toHaveLength(1);
    expect(router.subgraphs.order.received).toHaveLength(1);
  });

  test('is called again by the next request', async () => {
    router.subgraphs.billing.misbehave(() => undefined);
    await router.ask('{ viewer { accounts { id } } }');
    router.subgraphs.billing.misbehave(null);

    expect(await router.ask('{ viewer { accounts { id } } }')).toMatchObject({
      data: { viewer: { accounts: [{ id: 'account-1' }] } },
      errors: undefined,
    });
  });
});

describe('a subgraph that does not respond with GraphQL', () => {
  const broken: [string, Misbehaviour][] = [
    ['a fault of its own', answerWith(500, JSON.stringify({ errors: [{ message: secret }] }))],
    [
      'that it is starting',
      answerWith(200, line({ errors: [{ message: 'starting', extensions: { code: 'SERVICE_UNAVAILABLE' } }] })),
    ],
    ['a page of a proxy', answerWith(502, `<h1>${secret}</h1>`, 'text/html')],
    ['a page', answerWith(200, `<h1>${secret}</h1>`, 'text/html')],
    ['a refusal', answerWith(404, secret, 'text/plain')],
    ['JSON of another kind', answerWith(200, JSON.stringify({ secret }))],
    ['an empty list', answerWith(200, '[]\n')],
    ['neither data nor errors', answerWith(200, line({ secret }))],
    ['errors without a message', answerWith(200, line({ errors: [{ secret }] }))],
    ['what nobody has asked', answerWith(200, '[7,{"data":{}}]\n')],
    ['half a line', answerWith(200, '[0,{"data"')],
    ['nothing', answerWith(200, '')],
    ['the end of the connection', (reply) => reply.raw.destroy()],
    [
      'the end of the connection in the middle',
      (reply) => reply.raw.writeHead(200, { 'content-length': 100 }).write('{', () => reply.raw.destroy()),
    ],
  ];

  test.each(broken)('affects only its own fields: %s', async (_what, misbehaviour) => {
    router.subgraphs.billing.misbehave(misbehaviour);
    const answer = await router.ask(overview);

    expect(answer.status).toBe(200);
    expect(answer.data).toEqual(withoutBilling);
    expect(placesOf(answer)).toEqual(billingFields);
    expect(codesOf(answer)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expectNothingInternal(answer, 'billing');
  });

  test('is unavailable if its port is closed', async () => {
    const other = await startRouterWithDoubles({ user: { Query: { viewer } } });
    await other.subgraphs.billing.stop();
    const answer = await other.ask('{ viewer { email account(currency: USD) { id } } }');

    expect(answer.data).toEqual({ viewer: { email: 'a@example.com', account: null } });
    expect(answer.errors).toEqual([
      {
        message: 'The billing service cannot be reached at the moment.',
        path: ['viewer', 'account'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ]);
    await other.stop();
  });
});

describe('an error of a subgraph', () => {
  test('keeps message, path and code, and loses the rest', async () => {
    expect((await router.ask('{ mine: account(id: 1) { id } }')).errors).toEqual([
      { message: 'Not yours.', path: ['mine'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('that is a program fault reveals nothing else', async () => {
    const answer = await router.ask('{ transaction(id: 1) { id } }');

    expect(answer.errors).toEqual([
      { message: internalMessage, path: ['transaction'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
    expectNothingInternal(answer, 'billing');
  });

  test('with an unknown code is a program fault', async () => {
    router.subgraphs.billing.misbehave((reply) => {
      const extensions = { code: 'SECRET_CODE', http: { status: 418 } };
      reply.raw.writeHead(200).end(line({ data: null, errors: [{ message: secret, extensions }] }));
    });
    const answer = await router.ask('{ account(id: 1) { id } }');

    expect(answer.status).toBe(200);
    expect(answer.errors).toEqual([
      { message: internalMessage, path: ['account'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
  });
});
