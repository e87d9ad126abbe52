import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { orderStatuses as statuses } from '#platform/orders/lifecycle.ts';
import type { OrderRow } from '#order/entities/order.ts';
import { someone } from '#test/factories.ts';
import { openTestOrders, orderRow, type TestOrders } from '#test/orders.ts';
import { followPages, sortedBy } from '#test/pages.ts';
import { listOrders, type OrderFilter, type OrderListRequest } from './list-orders.ts';

const products = ['book', 'coffee', "'; drop table orders --", 'Книга'];
/** Three times, a millisecond apart, so that most orders share a time and bounds equal one. */
const times = ['2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.001Z', '2026-03-01T00:00:00.002Z'].map(
  (time) => new Date(time),
);

const ada = someone();
let orders: TestOrders;
let adas: OrderRow[];

const someOrder = fc.record({
  status: fc.constantFrom(...statuses),
  productId: fc.constantFrom(...products),
  placedAt: fc.constantFrom(...times),
  unitPriceMinor: fc.constantFrom<bigint>(1n, 2n, 10n, 99_999n),
  quantity: fc.constantFrom(1, 2, 5),
});

beforeAll(async () => {
  orders = await openTestOrders();
  const of = (customerId: string, count: number) =>
    fc.sample(someOrder, count).map((changes) => orderRow(customerId, changes));
  adas = of(ada.id, 60);
  await orders.insert([...adas, ...of(someone('Bob').id, 30)]);
});

afterAll(async () => {
  await orders.close();
});

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const bound = fc.constantFrom(...times, new Date('0001-01-01T00:00:00.000Z'), new Date('9999-12-31T23:59:59.999Z'));

/** A period that ends before it begins is refused. */
const isInOrder = ({ placedAfter, placedBefore }: OrderFilter) =>
  placedAfter == null || placedBefore == null || placedAfter <= placedBefore;

const anyRequest: fc.Arbitrary<OrderListRequest & { readonly first: number }> = fc.record({
  first: fc.constantFrom(1, 7, 30, 60, 100),
  filter: maybe(
    fc
      .record(
        {
          statuses: maybe(fc.subarray([...statuses])),
          placedAfter: maybe(bound),
          placedBefore: maybe(bound),
          productIds: maybe(fc.subarray([...products, 'nothing'])),
        },
        { requiredKeys: [] },
      )
      .filter(isInOrder),
  ),
  orderBy: maybe(
    fc.record({
      field: fc.constantFrom('PLACED_AT' as const, 'TOTAL' as const),
      direction: fc.constantFrom('ASC' as const, 'DESC' as const),
    }),
  ),
});

/** A plain implementation of the list as the schema describes it. */
function expected({ filter, orderBy }: OrderListRequest): OrderRow[] {
  const { field, direction } = orderBy ?? { field: 'PLACED_AT', direction: 'DESC' };
  const matching = adas.filter((order) => matches(order, filter ?? {}));
  return sortedBy(matching, (order) => (field === 'TOTAL' ? order.totalMinor : order.placedAt), direction);
}

function matches(order: OrderRow, { statuses, placedAfter, placedBefore, productIds }: OrderFilter): boolean {
  return (
    (statuses == null || statuses.includes(order.status)) &&
    (placedAfter == null || order.placedAt >= placedAfter) &&
    (placedBefore == null || order.placedAt <= placedBefore) &&
    (productIds == null || productIds.includes(order.productId))
  );
}

test('lists the customer’s orders by filter and sort order, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      const em = orders.newManager();
      const read = async (after: string | null) => await listOrders(em, ada.id, { ...request, after });
      expect(await followPages(request.first, read)).toEqual(expected(request));
      const { countTotal } = await read(null);
      expect(await countTotal()).toBe(expected(request).length);
    }),
    { numRuns: 100 },
  );
});

test('refuses a period that ends before it begins', async () => {
  const filter = { placedAfter: times.at(-1)!, placedBefore: times[0]! };
  await expect(listOrders(orders.newManager(), ada.id, { first: 1, filter })).rejects.toMatchObject({
    message: '"placedAfter" must not be after "placedBefore": exchange the two.',
  });
});

describe('while new orders arrive between the pages', () => {
  test.each([
    ['PLACED_AT', 'DESC'],
    ['PLACED_AT', 'ASC'],
    ['TOTAL', 'DESC'],
    ['TOTAL', 'ASC'],
  ] as const)('by %s %s, each old one is given once, and of the new ones those behind', async (field, direction) => {
    const eve = someone('Eve');
    const at = (index: number) => new Date(Date.UTC(2026, 2, 1) + index);
    const old = Array.from({ length: 20 }, (_, index) =>
      orderRow(eve.id, { placedAt: at(index), unitPriceMinor: 100n + BigInt(index) }),
    );
    await orders.insert(old);
    const early = orderRow(eve.id, { placedAt: at(-1), unitPriceMinor: 1n });
    const late = orderRow(eve.id, { placedAt: at(100), unitPriceMinor: 999n });
    let pages = 0;
    const rows = await followPages(6, async (after) => {
      pages += 1;
      if (pages === 2) await orders.insert([early, late]);
      return await listOrders(orders.newManager(), eve.id, { first: 6, after, orderBy: { field, direction } });
    });
    expect(rows).toEqual(direction === 'ASC' ? [...old, late] : [...old.toReversed(), early]);
  });
});
