import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Customer, registerCustomer, settled } from '#test/customer.ts';
import { newKey } from '#test/factories.ts';
import { followPages, type Page } from '#test/pages.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';

/** A customer's history through the router: each list comes from one subgraph, its rows from several. */

let system: SystemAddresses;
let ada: Customer;
let orderIds: string[];

beforeAll(async () => {
  system = await sharedSystem();
  ada = await registerCustomer(system.url);
  orderIds = [];
  for (const unitPrice of ['10.00', '3.00', '1000.00', '7.00']) {
    const { order } = await ada.placeOrder({ unitPrice, productId: `for ${unitPrice}` });
    orderIds.push(order!.id);
    await settled(ada, order!.id);
  }
  await ada.deposit('5.00', 'EUR');
  await ada.request('mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { order { id } } }', {
    input: { orderId: orderIds[1], idempotencyKey: newKey() },
  });
  await settled(ada, orderIds[1]!, 'REFUNDED');
});

describe('the orders', () => {
  test('have their payments, refunds and notifications', async () => {
    const { viewer } = await ada.request<{ viewer: { orders: { nodes: object[] } } }>(`{
      viewer { orders(orderBy: { field: PLACED_AT, direction: ASC }) { nodes {
        id status customer { id email name }
        transactions { kind amount { amount } from { currency } to { currency } order { id status } }
        notifications { kind recipient order { id } }
      } } }
    }`);
    const payment = (id: string, amount: string, status = 'PAID') => ({
      kind: 'ORDER_PAYMENT',
      amount: { amount },
      from: { currency: 'USD' },
      to: null,
      order: { id, status },
    });
    const customer = { id: ada.id, email: ada.email, name: 'Ada' };
    const message = (id: string, kind: string) => ({ kind, recipient: ada.email, order: { id } });
    const [first, second, third, fourth] = orderIds as [string, string, string, string];
    expect(viewer.orders.nodes).toEqual([
      {
        id: first,
        status: 'PAID',
        customer,
        transactions: [payment(first, '10.00')],
        notifications: [message(first, 'ORDER_PAID')],
      },
      {
        id: second,
        status: 'REFUNDED',
        customer,
        transactions: [
          payment(second, '3.00', 'REFUNDED'),
          {
            kind: 'REFUND',
            amount: { amount: '3.00' },
            from: null,
            to: { currency: 'USD' },
            order: { id: second, status: 'REFUNDED' },
          },
        ],
        notifications: [message(second, 'ORDER_PAID'), message(second, 'ORDER_REFUNDED')],
      },
      {
        id: third,
        status: 'REJECTED',
        customer,
        transactions: [],
        notifications: [message(third, 'ORDER_REJECTED')],
      },
      {
        id: fourth,
        status: 'PAID',
        customer,
        transactions: [payment(fourth, '7.00')],
        notifications: [message(fourth, 'ORDER_PAID')],
      },
    ]);
  });

  test('are filtered and sorted together', async () => {
    const { viewer } = await ada.request<{ viewer: { orders: object } }>(
      `query ($filter: OrderFilter) {
        viewer { orders(filter: $filter, orderBy: { field: TOTAL, direction: DESC }) { totalCount nodes { id } } }
      }`,
      { filter: { statuses: ['PAID', 'REJECTED'], productIds: ['for 7.00', 'for 10.00', 'for 3.00'] } },
    );
    expect(viewer.orders).toEqual({ totalCount: 2, nodes: [{ id: orderIds[0] }, { id: orderIds[3] }] });
  });
});

describe('a statement', () => {
  test('has the order of each movement, and the balance after it', async () => {
    const { viewer } = await ada.request<{ viewer: { account: { entries: { nodes: object[] } } } }>(`{
      viewer { account(currency: USD) { entries { nodes {
        sequence direction amount { amount } balanceAfter { amount } transaction { kind order { productId } }
      } } } }
    }`);
    const row = (sequence: number, kind: string, amount: string, balance: string, productId: string | null) => ({
      sequence,
      direction: kind === 'ORDER_PAYMENT' ? 'DEBIT' : 'CREDIT',
      amount: { amount },
      balanceAfter: { amount: balance },
      transaction: { kind, order: productId === null ? null : { productId } },
    });
    expect(viewer.account.entries.nodes).toEqual([
      row(5, 'REFUND', '3.00', '83.00', 'for 3.00'),
      row(4, 'ORDER_PAYMENT', '7.00', '80.00', 'for 7.00'),
      row(3, 'ORDER_PAYMENT', '3.00', '87.00', 'for 3.00'),
      row(2, 'ORDER_PAYMENT', '10.00', '90.00', 'for 10.00'),
      row(1, 'OPENING_DEPOSIT', '100.00', '100.00', null),
    ]);
  });
});

type Lists = 'orders' | 'transactions' | 'notifications';

describe.each([
  ['orders', 4],
  ['transactions', 6],
  ['notifications', 5],
] as const)('%s', (list: Lists, count) => {
  const query = `query ($first: Int, $after: String) { viewer { list: ${list}(first: $first, after: $after) {
    edges { cursor node { id } } nodes { id } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } } }`;

  test.each([1, 2, 100])('are read to their end in pages of %d', async (first) => {
    const read = async (after: string | null) => {
      const { viewer } = await ada.request<{ viewer: { list: Page<{ id: string }> & { totalCount: number } } }>(query, {
        first,
        after,
      });
      expect(viewer.list.totalCount).toBe(count);
      return viewer.list;
    };
    const ids = (await followPages(first, read)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(count);
    expect(ids).toHaveLength(count);
  });
});
