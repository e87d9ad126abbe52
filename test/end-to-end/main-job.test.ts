import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Customer, registerCustomer, settled } from '#test/customer.ts';
import { graphql } from '#test/graphql.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { until } from '#test/until.ts';

let system: SystemAddresses;

beforeAll(async () => {
  system = await sharedSystem();
});

interface SettledOrder {
  readonly status: string;
  readonly rejectionReason: string | null;
  readonly notifications: { kind: string; recipient: string; subject: string; body: string }[];
  readonly transactions: { kind: string; amount: { amount: string } }[];
}

async function readSettled(customer: Customer, orderId: string): Promise<SettledOrder> {
  await settled(customer, orderId);
  const { order } = await customer.request<{ order: SettledOrder }>(
    `query ($id: ID!) {
      order(id: $id) {
        status rejectionReason
        notifications { kind recipient subject body }
        transactions { kind amount { amount } }
      }
    }`,
    { id: orderId },
  );
  return order;
}

describe('the main job', () => {
  test('register, deposit, a paid order with its notification, a rejected order with its notification', async () => {
    const ada = await registerCustomer(system.url);
    const { viewer } = await ada.request<{ viewer: { accounts: { currency: string; balance: { amount: string } }[] } }>(
      '{ viewer { accounts { currency balance { amount } } } }',
    );
    expect(viewer.accounts.map(({ currency, balance }) => [currency, balance.amount])).toEqual([
      ['USD', '100.00'],
      ['EUR', '0.00'],
      ['CNY', '0.00'],
    ]);

    await ada.deposit('50.00');
    expect(await ada.balance()).toBe('150.00');

    const covered = await ada.placeOrder({ unitPrice: '60.25', quantity: 2 });
    expect(covered).toMatchObject({ order: { status: 'PENDING', total: { amount: '120.50' } }, userErrors: [] });
    const happy = await readSettled(ada, covered.order!.id);
    expect(happy).toMatchObject({
      status: 'PAID',
      rejectionReason: null,
      notifications: [{ kind: 'ORDER_PAID', recipient: ada.email }],
      transactions: [{ kind: 'ORDER_PAYMENT', amount: { amount: '120.50' } }],
    });
    expect(await ada.balance()).toBe('29.50');

    const uncovered = await ada.placeOrder({ unitPrice: '29.51' });
    expect(uncovered).toMatchObject({ order: { status: 'PENDING' }, userErrors: [] });
    const sad = await readSettled(ada, uncovered.order!.id);
    expect(sad).toMatchObject({
      status: 'REJECTED',
      rejectionReason: 'INSUFFICIENT_FUNDS',
      notifications: [{ kind: 'ORDER_REJECTED', recipient: ada.email }],
      transactions: [],
    });
    expect(await ada.balance()).toBe('29.50');
  });

  test('a refund returns the money', async () => {
    const ada = await registerCustomer(system.url);
    const { order } = await ada.placeOrder({ unitPrice: '40.00' });
    await settled(ada, order!.id);
    const refund = async (idempotencyKey: string) =>
      await ada.request<{ refundOrder: { order: { status: string } | null; userErrors: { code: string }[] } }>(
        `mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { order { status } userErrors { code } } }`,
        { input: { orderId: order!.id, idempotencyKey } },
      );
    const key = randomUUID();
    expect((await refund(key)).refundOrder).toEqual({ order: { status: 'REFUNDING' }, userErrors: [] });
    await until('the refund', async () => (await ada.order(order!.id))?.status === 'REFUNDED');
    expect(await ada.balance()).toBe('100.00');
    expect((await refund(key)).refundOrder).toEqual({ order: { status: 'REFUNDED' }, userErrors: [] });
    expect((await refund(randomUUID())).refundOrder.userErrors).toEqual([{ code: 'INVALID_STATE' }]);
  });

  test('an order that is not paid cannot be refunded', async () => {
    const ada = await registerCustomer(system.url);
    const { order } = await ada.placeOrder({ unitPrice: '100.01' });
    await settled(ada, order!.id);
    const { refundOrder } = await ada.request<{ refundOrder: { userErrors: { code: string }[] } }>(
      `mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { order { id } userErrors { code } } }`,
      { input: { orderId: order!.id, idempotencyKey: randomUUID() } },
    );
    expect(refundOrder.userErrors).toEqual([{ code: 'INVALID_STATE' }]);
  });

  test('the receiver of a transfer is notified once', async () => {
    const [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
    const input = {
      fromAccountId: (await ada.account('USD')).id,
      toAccountId: (await bob.account('EUR')).number,
      amount: { amount: '10.00', currency: 'USD' },
      description: 'for the tickets',
      idempotencyKey: randomUUID(),
    };
    const transfer = `mutation ($input: TransferInput!) {
      transfer(input: $input) { transaction { id fee { amount } received { amount currency } } userErrors { code } }
    }`;
    const { transfer: made } = await ada.request<{ transfer: { transaction: object } }>(transfer, { input });
    await ada.request(transfer, { input });
    expect(made.transaction).toMatchObject({ fee: { amount: '0.10' }, received: { amount: '9.00', currency: 'EUR' } });
    const messages = await until('the message', async () => {
      const { viewer } = await bob.request<{
        viewer: { notifications: { totalCount: number; nodes: { kind: string; body: string }[] } };
      }>('{ viewer { notifications { totalCount nodes { kind body } } } }');
      return viewer.notifications.totalCount > 0 ? viewer.notifications : null;
    });
    expect(messages).toMatchObject({
      totalCount: 1,
      nodes: [{ kind: 'TRANSFER_RECEIVED', body: expect.stringContaining('for the tickets') }],
    });
  });

  test('of 200 concurrent orders with money for 120, 120 are paid and 80 are rejected', async () => {
    const ada = await registerCustomer(system.url);
    await ada.deposit('20.00');
    const placed = await Promise.all(Array.from({ length: 200 }, () => ada.placeOrder({ unitPrice: '1.00' })));
    expect(placed.every(({ order }) => order?.status === 'PENDING')).toBe(true);
    const counts = async () => {
      const { viewer } = await ada.request<{
        viewer: Record<'pending' | 'paid' | 'rejected', { totalCount: number }>;
      }>(`{
        viewer {
          pending: orders(filter: { statuses: [PENDING] }) { totalCount }
          paid: orders(filter: { statuses: [PAID] }) { totalCount }
          rejected: orders(filter: { statuses: [REJECTED] }) { totalCount }
        }
      }`);
      return viewer;
    };
    await until('the outcomes', async () => (await counts()).pending.totalCount === 0);
    expect(await counts()).toMatchObject({ paid: { totalCount: 120 }, rejected: { totalCount: 80 } });
    expect(await ada.balance()).toBe('0.00');
  });

  test('64 concurrent requests with one key make one order and get the same answer; another input is refused', async () => {
    const ada = await registerCustomer(system.url);
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => ada.placeOrder({ unitPrice: '1.00', idempotencyKey })),
    );
    expect(new Set(answers.map(({ order }) => order?.id)).size).toBe(1);
    const { viewer } = await ada.request<{ viewer: { orders: { totalCount: number } } }>(
      '{ viewer { orders { totalCount } } }',
    );
    expect(viewer.orders.totalCount).toBe(1);
    const other = await ada.placeOrder({ unitPrice: '2.00', idempotencyKey });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['input', 'idempotencyKey'] }]);
  });

  test('marking a message as read keeps the time of the first request', async () => {
    const ada = await registerCustomer(system.url);
    const { order } = await ada.placeOrder({ unitPrice: '1.00' });
    await settled(ada, order!.id);
    const unread = async () =>
      await ada.request<{ viewer: { notifications: { unreadCount: number; nodes: { id: string }[] } } }>(
        '{ viewer { notifications { unreadCount nodes { id readAt } } } }',
      );
    const { viewer } = await unread();
    expect(viewer.notifications.unreadCount).toBe(1);
    const mark = async () =>
      await ada.request<{ markNotificationRead: { notification: { readAt: string } } }>(
        `mutation ($input: MarkNotificationReadInput!) {
          markNotificationRead(input: $input) { notification { readAt } userErrors { code } }
        }`,
        { input: { notificationId: viewer.notifications.nodes[0]!.id } },
      );
    const first = await mark();
    expect(await mark()).toEqual(first);
    expect((await unread()).viewer.notifications.unreadCount).toBe(0);
  });
});

describe('another customer', () => {
  test('gets no data, through the router or from a subgraph, including entities', async () => {
    const [ada, eve] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Eve')];
    const { order } = await ada.placeOrder({ unitPrice: '1.00' });
    await settled(ada, order!.id);
    const { id: accountId } = await ada.account('USD');
    const { viewer } = await ada.request<{
      viewer: { transactions: { nodes: { id: string }[] }; notifications: { nodes: { id: string }[] } };
    }>('{ viewer { transactions { nodes { id } } notifications { nodes { id } } } }');
    const [transactionId, notificationId] = [viewer.transactions.nodes[0]!.id, viewer.notifications.nodes[0]!.id];

    const byRouter = await eve.request(
      `query ($order: ID!, $account: ID!, $transaction: ID!) {
        order(id: $order) { id } account(id: $account) { id } transaction(id: $transaction) { id }
      }`,
      { order: order!.id, account: accountId, transaction: transactionId },
    );
    expect(byRouter).toEqual({ order: null, account: null, transaction: null });
    const { markNotificationRead } = await eve.request<{ markNotificationRead: object }>(
      `mutation ($input: MarkNotificationReadInput!) { markNotificationRead(input: $input) { userErrors { code } } }`,
      { input: { notificationId } },
    );
    expect(markNotificationRead).toEqual({ userErrors: [{ code: 'NOT_FOUND' }] });

    const entities = [
      ['user', 'User', ada.id, 'email'],
      ['billing', 'User', ada.id, 'accounts { id }'],
      ['billing', 'Account', accountId, 'balance { amount }'],
      ['billing', 'Transaction', transactionId, 'amount { amount }'],
      ['billing', 'Order', order!.id, 'transactions { id }'],
      ['order', 'User', ada.id, 'orders { totalCount }'],
      ['order', 'Order', order!.id, 'total { amount }'],
      ['notification', 'User', ada.id, 'notifications { totalCount }'],
      ['notification', 'Order', order!.id, 'notifications { id }'],
      ['notification', 'Notification', notificationId, 'body'],
    ] as const;
    for (const [subgraph, type, id, fields] of entities) {
      const direct = await graphql<{ _entities: (Record<string, unknown> | null)[] }>(
        `${system.origins[subgraph]}/graphql`,
        {
          query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${fields} } } }`,
          variables: { representations: [{ __typename: type, id }] },
          token: eve.token,
        },
      );
      const [entity] = direct.data?._entities ?? [null];
      expect([subgraph, type, Object.values(entity ?? {}).flat()]).toEqual([subgraph, type, []]);
    }
  });
});
