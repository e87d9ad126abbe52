import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OrderRow } from '#order/entities/order.ts';
import { type CustomersSubgraph, startCustomersSubgraph, type SubgraphCustomer } from '#test/customers-subgraph.ts';
import { openTestOrders, orderRow, type TestOrders } from '#test/orders.ts';
import { badCursors, followPages, type Page } from '#test/pages.ts';

let orders: TestOrders;
let subgraph: CustomersSubgraph;
let ada: SubgraphCustomer;
let placed: OrderRow[];

const day = (place: number) => new Date(Date.UTC(2026, 0, 1 + place));

beforeAll(async () => {
  orders = await openTestOrders();
  subgraph = await startCustomersSubgraph('order', orders.url);
  ada = await subgraph.newCustomer();
  placed = [
    orderRow(ada.id, { productId: 'coffee', placedAt: day(0), unitPriceMinor: 500n, status: 'PENDING' }),
    orderRow(ada.id, { productId: 'book', placedAt: day(1), unitPriceMinor: 700n, quantity: 2, currency: 'EUR' }),
    orderRow(ada.id, { productId: 'coffee', placedAt: day(2), unitPriceMinor: 300n, status: 'REJECTED' }),
    orderRow(ada.id, { productId: 'coffee', placedAt: day(3), unitPriceMinor: 900n }),
  ];
  await orders.insert(placed);
});

afterAll(async () => {
  await subgraph.stop();
  await orders.close();
});

interface OrderPage extends Page<{ readonly id: string }> {
  readonly totalCount: number;
}

const listQuery = `query ($first: Int, $after: String, $filter: OrderFilter, $orderBy: OrderOrder) {
  viewer { orders(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
  } }
}`;

async function list(customer: SubgraphCustomer, variables: object = {}): Promise<OrderPage> {
  return (await customer.data<{ viewer: { orders: OrderPage } }>(listQuery, variables)).viewer.orders;
}

const codesOf = async (variables: object) =>
  (await ada.ask(listQuery, variables)).errors?.map(({ extensions }) => extensions?.code);

describe('User.orders', () => {
  test('shows all that an order has', async () => {
    const { viewer } = await ada.data<{ viewer: { orders: { nodes: object[] } } }>(`{
      viewer { orders(first: 3) { nodes {
        id productId unitPrice { amount currency } quantity total { amount currency } status rejectionReason
        placedAt settledAt customer { id }
      } } }
    }`);
    expect(viewer.orders.nodes).toEqual([
      expect.objectContaining({ id: placed[3]!.id, status: 'PAID', rejectionReason: null, customer: { id: ada.id } }),
      expect.objectContaining({ id: placed[2]!.id, status: 'REJECTED', rejectionReason: 'INSUFFICIENT_FUNDS' }),
      {
        id: placed[1]!.id,
        productId: 'book',
        unitPrice: { amount: '7.00', currency: 'EUR' },
        quantity: 2,
        total: { amount: '14.00', currency: 'EUR' },
        status: 'PAID',
        rejectionReason: null,
        placedAt: '2026-01-02T00:00:00.000Z',
        settledAt: '2026-01-02T00:00:00.000Z',
        customer: { id: ada.id },
      },
    ]);
  });

  const lists: readonly [what: string, arguments_: object, places: number[]][] = [
    ['newest first', {}, [3, 2, 1, 0]],
    ['oldest first', { orderBy: { field: 'PLACED_AT', direction: 'ASC' } }, [0, 1, 2, 3]],
    ['dearest first', { orderBy: { field: 'TOTAL', direction: 'DESC' } }, [1, 3, 0, 2]],
    ['cheapest first', { orderBy: { field: 'TOTAL', direction: 'ASC' } }, [2, 0, 3, 1]],
    ['of some states', { filter: { statuses: ['PENDING', 'REJECTED'] } }, [2, 0]],
    ['of no state', { filter: { statuses: [] } }, []],
    ['of a product', { filter: { productIds: ['book', 'tea'] } }, [1]],
    ['of a time, bounds included', { filter: { placedAfter: day(1), placedBefore: day(2) } }, [2, 1]],
    ['of an empty time', { filter: { placedAfter: day(4), placedBefore: day(5) } }, []],
    ['of all conditions', { filter: { statuses: ['PAID'], productIds: ['coffee'], placedAfter: day(3) } }, [3]],
    ['of conditions that are null', { filter: { statuses: null, placedAfter: null }, orderBy: null }, [3, 2, 1, 0]],
  ];
  test.each(lists)('lists orders %s', async (_what, variables, places) => {
    const { nodes, totalCount } = await list(ada, variables);
    expect(nodes.map(({ id }) => id)).toEqual(places.map((place) => placed[place]!.id));
    expect(totalCount).toBe(places.length);
  });

  test.each([1, 2, 100])('is followed to its end %d at a time', async (first) => {
    const bob = await subgraph.newCustomer();
    const many = Array.from({ length: 7 }, () => orderRow(bob.id, { placedAt: day(0) }));
    await orders.insert(many);
    const nodes = await followPages(first, async (after) => await list(bob, { first, after }));
    expect(nodes.map(({ id }) => id)).toEqual(
      many
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
  });

  test('is empty for a customer without orders', async () => {
    expect(await list(await subgraph.newCustomer())).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      totalCount: 0,
    });
  });

  test.each([0, -1, 101, 100_000_000])('refuses a page of %d', async (first) => {
    expect(await codesOf({ first })).toEqual(['BAD_USER_INPUT']);
  });

  test('refuses a forged cursor, and a cursor of another list or order', async () => {
    const cursorOf = async (field: string, direction: string) =>
      (await list(ada, { orderBy: { field, direction } })).pageInfo.endCursor!;
    const own = await cursorOf('PLACED_AT', 'DESC');
    const others = [await cursorOf('PLACED_AT', 'ASC'), await cursorOf('TOTAL', 'DESC')];
    for (const after of badCursors(own, ...others)) {
      expect([after, await codesOf({ after })]).toEqual([after, ['BAD_USER_INPUT']]);
    }
  });

  test.each(['yesterday', '2026-02-30T00:00:00.000Z', '2026-01-01', 5, ''])('refuses the time %p', async (time) => {
    expect(await codesOf({ filter: { placedAfter: time } })).toEqual(['BAD_USER_INPUT']);
  });

  test('accepts a time of any year', async () => {
    const filter = { placedAfter: '0000-01-01T00:00:00.000Z', placedBefore: '9999-12-31T23:59:59.999Z' };
    expect(await list(ada, { filter })).toMatchObject({ totalCount: 4 });
  });
});

describe("another customer's orders", () => {
  test('are not visible by id, as entities, or through another user', async () => {
    const eve = await subgraph.newCustomer();
    const [{ id }] = placed as [OrderRow];
    expect(await eve.data('query ($id: ID!) { order(id: $id) { id } }', { id })).toEqual({ order: null });
    expect(await eve.data('{ order(id: "no id") { id } }')).toEqual({ order: null });
    const entities = await eve.data(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on Order { id } ... on User { orders { totalCount } } }
      }`,
      {
        representations: [
          { __typename: 'Order', id },
          { __typename: 'User', id: ada.id },
        ],
      },
    );
    expect(entities).toEqual({ _entities: [null, null] });
    expect(await list(eve)).toMatchObject({ nodes: [], totalCount: 0 });
    const { pageInfo } = await list(ada);
    expect(await list(eve, { after: pageInfo.startCursor })).toMatchObject({ nodes: [], totalCount: 0 });
  });
});
