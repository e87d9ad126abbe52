import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Currency } from '#platform/money/currency.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { someone } from '#test/factories.ts';
import { addMoreCurrencies, JPY, KWD } from '#test/more-currencies.ts';
import type { TestOrders } from '#test/orders.ts';

/** Orders in added currencies, which have other numbers of decimal places than the existing ones. */

const ada = someone();
let orders: TestOrders;
let databases: TestDatabases;

const placed: readonly (readonly [totalMinor: bigint, currency: Currency])[] = [
  [1_000n, JPY],
  [99_999n, 'USD'],
  [999_995n, KWD],
  [950n, 'EUR'],
  [10n, JPY],
  [10_001n, KWD],
];
/** Sorted by their numeric amounts, largest first: ¥1,000, KWD 999.995, $999.99, KWD 10.001, ¥10, €9.50. */
const ordered = [1_000n, 999_995n, 99_999n, 10_001n, 10n, 950n];

beforeAll(async () => {
  databases = await createDatabases('order');
  addMoreCurrencies();
  const { openDatabase } = await import('#platform/postgres/database.ts');
  const { database } = await import('#order/database.ts');
  const owned = await openDatabase(database, { url: databases.owners.order, poolSize: 1, applicationName: 'test' });
  await owned.migrator.up();
  await owned.close();
  const { openTestOrders, orderRow } = await import('#test/orders.ts');
  orders = await openTestOrders(databases);
  await orders.insert(placed.map(([unitPriceMinor, currency]) => orderRow(ada.id, { unitPriceMinor, currency })));
});

afterAll(async () => {
  await orders.close();
});

describe.each(['DESC', 'ASC'] as const)('a list by total, %s', (direction) => {
  test('orders totals of different currencies as numbers, page by page', async () => {
    const { listOrders } = await import('#order/services/list-orders.ts');
    const totals: bigint[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { nodes, pageInfo }: Awaited<ReturnType<typeof listOrders>> = await listOrders(
        orders.newManager(),
        ada.id,
        { first: 2, after, orderBy: { field: 'TOTAL', direction } },
      );
      totals.push(...nodes.map(({ totalMinor }) => totalMinor));
      ({ hasNextPage: more, endCursor: after } = pageInfo);
    }
    expect(totals).toEqual(direction === 'DESC' ? ordered : ordered.toReversed());
  });
});

test.each([
  ['1000000000', JPY, 1, 1_000_000_000n],
  ['0.001', KWD, 3, 3n],
] as const)('an order of %s %s is placed with its exact total', async (amount, currency, quantity, totalMinor) => {
  const { placeOrder } = await import('#order/services/place-order.ts');
  const { money, newKey } = await import('#test/factories.ts');
  const input = { productId: 'book', unitPrice: money(amount, currency), quantity, idempotencyKey: newKey() };
  expect(await placeOrder(orders.as(ada), input)).toMatchObject({ totalMinor, currency });
});

test.each([
  ['0.5', JPY, 1],
  ['1000000000', JPY, 2],
  ['0.0001', KWD, 1],
] as const)('an order of %s %s, %i times, is refused', async (amount, currency, quantity) => {
  const { placeOrder } = await import('#order/services/place-order.ts');
  const { money, newKey } = await import('#test/factories.ts');
  const input = { productId: 'book', unitPrice: money(amount, currency), quantity, idempotencyKey: newKey() };
  expect(await placeOrder(orders.as(ada), input)).toMatchObject({ refused: 'INVALID_AMOUNT' });
});
