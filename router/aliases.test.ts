import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { executionSettings } from '#test/router/execution-settings.ts';
import { type Answer, type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

/** What a client calls a field is no other field's name to anybody but the client. */

const at = '2026-01-31T12:00:00.000Z';
const viewer = () => ({ id: 'ada' });
const money = { amount: '1.00', currency: 'USD' };
const orderOf = (id: string) => ({
  id,
  productId: `product of ${id}`,
  unitPrice: money,
  total: money,
  quantity: 2,
  status: 'PAID',
  placedAt: at,
  customer: { id: 'ada' },
});
const transactionOf = (id: string) => ({ id: `payment of ${id}`, kind: 'ORDER_PAYMENT', amount: money, createdAt: at });
const byId = (_root: unknown, { id }: { id?: string }) => orderOf(id!);

let router: RunningRouter;
beforeAll(async () => {
  const person = { id: 'ada', name: 'Ada', email: 'ada@example.com', createdAt: at };
  router = await startRouterWithDoubles({
    user: { Query: { viewer: () => person }, User: { __resolveReference: () => person } },
    billing: {
      Query: { viewer, transaction: () => ({ ...transactionOf('1'), order: { id: '1' } }) },
      User: { accounts: () => [{ id: 'a1', number: '17', owner: { id: 'ada' } }] },
      Order: { transactions: (order) => [transactionOf((order as { id: string }).id)] },
    },
    order: {
      Query: { viewer, order: byId },
      User: {
        orders: (_user, args) => ({ nodes: [orderOf('1'), orderOf('2')], totalCount: JSON.stringify(args).length }),
      },
      Order: { __resolveReference: (reference) => orderOf((reference as { id: string }).id) },
      Mutation: { placeOrder: () => ({ order: orderOf('9'), userErrors: [] }) },
    },
    notification: {
      Query: { viewer },
      Order: { notifications: () => [{ id: 'n1', subject: 'Paid', order: { id: '1' } }] },
    },
  });
});
afterAll(async () => await router.stop());
afterEach(() => {
  for (const subgraph of Object.values(router.subgraphs)) subgraph.misbehave(null);
});

const answered: readonly [what: string, query: string, data: object, variables?: Record<string, unknown>][] = [
  [
    'of a key',
    '{ viewer { orders { nodes { id: productId transactions { kind } } } } }',
    {
      viewer: {
        orders: {
          nodes: ['1', '2'].map((id) => ({ id: `product of ${id}`, transactions: [{ kind: 'ORDER_PAYMENT' }] })),
        },
      },
    },
  ],
  [
    'of a key, for a value of another type',
    '{ viewer { orders { nodes { id: status quantity: id transactions { id: kind kind: id } } } } }',
    {
      viewer: {
        orders: {
          nodes: ['1', '2'].map((id) => ({
            id: 'PAID',
            quantity: id,
            transactions: [{ id: 'ORDER_PAYMENT', kind: `payment of ${id}` }],
          })),
        },
      },
    },
  ],
  [
    'of a key, for an object',
    '{ order(id: 7) { id: total { amount } transactions { kind } } }',
    { order: { id: { amount: '1.00' }, transactions: [{ kind: 'ORDER_PAYMENT' }] } },
  ],
  [
    '__typename',
    '{ order(id: 7) { __typename: productId id: __typename transactions { __typename: kind } } }',
    { order: { __typename: 'product of 7', id: 'Order', transactions: [{ __typename: 'ORDER_PAYMENT' }] } },
  ],
  [
    'in a payload',
    'mutation { placeOrder(input: { productId: 1, unitPrice: { amount: 1, currency: USD }, quantity: 1, idempotencyKey: 1 }) { order { id: status transactions { kind } } userErrors { code } } }',
    { placeOrder: { order: { id: 'PAID', transactions: [{ kind: 'ORDER_PAYMENT' }] }, userErrors: [] } },
  ],
  [
    'in fragments, twice',
    '{ order(id: 7) { ...A ...B } } fragment A on Order { id: productId ...B } fragment B on Order { id: productId transactions { kind } }',
    { order: { id: 'product of 7', transactions: [{ kind: 'ORDER_PAYMENT' }] } },
  ],
  [
    'of entities within entities',
    `{ transaction(id: 1) { id: kind order { id: status customer { id: email name: id email: name accounts { id: number owner { id: name } } } } } }`,
    {
      transaction: {
        id: 'ORDER_PAYMENT',
        order: {
          id: 'PAID',
          customer: {
            id: 'ada@example.com',
            name: 'ada',
            email: 'Ada',
            accounts: [{ id: '17', owner: { id: 'Ada' } }],
          },
        },
      },
    },
  ],
  [
    'of a root field',
    '{ viewer: order(id: 3) { viewer: id transactions { kind } } order: viewer { order: name accounts { number } } }',
    {
      viewer: { viewer: '3', transactions: [{ kind: 'ORDER_PAYMENT' }] },
      order: { order: 'Ada', accounts: [{ number: '17' }] },
    },
  ],
  [
    'of what federation asks with',
    '{ _entities: order(id: 1) { representations: id _service: transactions { _entity: kind } _client_id: status _client__client_id: productId } }',
    {
      _entities: {
        representations: '1',
        _service: [{ _entity: 'ORDER_PAYMENT' }],
        _client_id: 'PAID',
        _client__client_id: 'product of 1',
      },
    },
  ],
  [
    'of what every object has',
    '{ constructor: order(id: 1) { __proto__: id toString: transactions { hasOwnProperty: kind } } }',
    { constructor: JSON.parse('{ "__proto__": "1", "toString": [{ "hasOwnProperty": "ORDER_PAYMENT" }] }') },
  ],
  [
    'that is a variable of federation',
    'query ($representations: Int = 2, $_client_id: ID!) { transaction(id: $_client_id) { order { customer { orders(first: $representations) { totalCount } } } } }',
    { transaction: { order: { customer: { orders: { totalCount: '{"first":17}'.length } } } } },
    { _client_id: 'x', representations: 17 },
  ],
];

const failures = ({ errors = [] }: Answer) =>
  errors.map(({ path, extensions: { code } }) => `${path?.join('.')} ${code}`);

describe('a name', () => {
  test.each(answered)('%s', async (_what, query, data, variables = {}) => {
    for (const turn of ['first', 'second']) {
      const answer = await router.ask(query, { variables });
      expect([turn, answer.errors, answer.data]).toEqual([turn, undefined, data]);
      // In the order in which it was asked.
      expect(JSON.stringify(answer.data)).toBe(JSON.stringify(data));
      expect(answer.text).not.toContain('_client_client');
    }
  });

  test('stands in the path of what fails', async () => {
    router.subgraphs.billing.misbehave((reply) => reply.raw.destroy());
    for (const turn of ['first', 'second']) {
      const answer = await router.ask(
        '{ id: order(id: 1) { __typename: productId id: transactions { kind } } viewer { name: orders { nodes { id: transactions { id: kind } } } } }',
      );
      expect(answer.data).toEqual({
        id: { __typename: 'product of 1', id: null },
        viewer: { name: { nodes: [{ id: null }, { id: null }] } },
      });
      expect([turn, ...failures(answer).toSorted()]).toEqual([
        turn,
        'id.id SUBGRAPH_UNAVAILABLE',
        'viewer.name.nodes.0.id SUBGRAPH_UNAVAILABLE',
        'viewer.name.nodes.1.id SUBGRAPH_UNAVAILABLE',
      ]);
    }
  });

  test('of a variable stands in what is said of it', async () => {
    const { errors } = await router.ask(
      'query ($representations: Int!) { viewer { orders(first: $representations) { totalCount } } }',
    );
    expect(errors?.[0]?.message).toContain('"$representations"');
  });

  test('is kept in introspection too', async () => {
    const answer = await router.ask(
      '{ id: __schema { name: queryType { id: name } } viewer { name: __typename id: name } }',
    );
    expect(answer.data).toEqual({ id: { name: { id: 'Query' } }, viewer: { name: 'User', id: 'Ada' } });
  });
});

describe('an invalid value of a subgraph', () => {
  const line = (data: object, errors: object[] = []) =>
    `${JSON.stringify([0, { data, ...(errors.length > 0 && { errors }) }])}\n`;
  const query = '{ viewer { mine: orders { nodes { id: productId status } } } }';
  const orders = (nodes: unknown) => ({ viewer: { _client_mine: { nodes } } });
  const good = { _client_id: 'p', status: 'PAID' };
  /** The gateway's own executor fails as a whole on a value of another shape; ours nulls the field. */
  const failsWhole =
    executionSettings['OWN_EXECUTION'] === 'false' ? ['no list', 'no object', 'a text for an object'] : [];
  const broken: readonly [what: string, data: object, path: string, answered: object][] = [
    [
      'null',
      orders([good, { _client_id: 'p', status: null }]),
      'viewer.mine.nodes.1.status',
      { viewer: { mine: null } },
    ],
    ['nothing', orders([{ status: 'PAID' }]), 'viewer.mine.nodes.0.id', { viewer: { mine: null } }],
    ['no enum value', orders([{ ...good, status: 'ODD' }]), 'viewer.mine.nodes.0.status', { viewer: { mine: null } }],
    ['no list', orders({}), 'viewer.mine.nodes', { viewer: { mine: null } }],
    ['no object', orders([good, 5]), 'viewer.mine.nodes.1', { viewer: { mine: null } }],
    ['no type', orders([{ ...good, __typename: 'Stranger' }]), 'viewer.mine.nodes.0', { viewer: { mine: null } }],
    ['a text for an object', { viewer: { _client_mine: 'x' } }, 'viewer.mine', { viewer: { mine: null } }],
  ];

  test.each(broken)('%s becomes null, with an error at its path', async (what, data, path, expected) => {
    router.subgraphs.order.misbehave((reply) => reply.raw.writeHead(200).end(line(data)));
    const isWhole = failsWhole.includes(what);
    for (const turn of ['first', 'second']) {
      const answer = await router.ask(query);
      expect([turn, answer.status, answer.data, failures(answer)]).toEqual([
        turn,
        isWhole ? 400 : 200,
        isWhole ? undefined : expected,
        [`${isWhole ? undefined : path} INTERNAL_SERVER_ERROR`],
      ]);
      expect(answer.text).not.toContain('valueCompletion');
    }
  });

  test('is reported with other errors, and not again if an error explains it', async () => {
    const errors = [
      { message: 'No.', path: ['viewer', '_client_mine', 'nodes', 0, 'status'], extensions: { code: 'NOT_FOUND' } },
    ];
    router.subgraphs.order.misbehave((reply) =>
      reply.raw.writeHead(200).end(line(orders([{ _client_id: 'p' }]), errors)),
    );
    expect(failures(await router.ask(query))).toEqual(['viewer.mine.nodes.0.status NOT_FOUND']);

    router.subgraphs.user.misbehave((reply) => reply.raw.destroy());
    router.subgraphs.order.misbehave((reply) => reply.raw.writeHead(200).end(line(orders([{ _client_id: 'p' }]))));
    const answer = await router.ask(
      '{ viewer { mine: orders { nodes { id: productId status } } } order(id: 1) { customer { name } } }',
    );
    expect(failures(answer)).toContain('viewer.mine.nodes.0.status INTERNAL_SERVER_ERROR');
  });
});
