import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { largestAmountMinor } from '#platform/money/money.ts';
import { isRefusal, userErrors } from '#platform/errors/refusal.ts';
import { usd } from '#test/factories.ts';
import { draftOrder, largestQuantity, type OrderRefusal, type OrderRequest } from './order.ts';

const book: OrderRequest = { productId: 'book', unitPrice: usd('12.50'), quantity: 3 };

test('an order costs its unit price times its quantity', () => {
  expect(draftOrder(book)).toMatchObject({
    productId: 'book',
    unitPriceMinor: 1_250n,
    currency: 'USD',
    quantity: 3,
    totalMinor: 3_750n,
  });
});

test('an order that is accepted costs at most the largest amount, and exactly the product', () => {
  const prices = fc.bigInt({ min: 1n, max: largestAmountMinor('USD') }).map((unscaled) => ({ unscaled, scale: 2 }));
  fc.assert(
    fc.property(prices, fc.integer({ min: 1, max: largestQuantity }), (amount, quantity) => {
      const draft = draftOrder({ productId: 'book', unitPrice: { amount, currency: 'USD' }, quantity });
      const totalMinor = amount.unscaled * BigInt(quantity);
      expect(draft).toMatchObject(
        totalMinor > largestAmountMinor('USD')
          ? { refused: 'INVALID_AMOUNT' }
          : { totalMinor, unitPriceMinor: amount.unscaled },
      );
    }),
  );
});

const accepted: readonly [what: string, changes: Partial<OrderRequest>][] = [
  ['one minor unit', { unitPrice: usd('0.01'), quantity: 1 }],
  ['the largest quantity', { unitPrice: usd('0.01'), quantity: largestQuantity }],
  ['the largest amount', { unitPrice: usd('1000000000'), quantity: 1 }],
  ['the largest amount as a product', { unitPrice: usd('1000.00'), quantity: 1_000_000 }],
  ['a price without decimal places', { unitPrice: usd('5') }],
  ['a product of one character', { productId: 'x' }],
  ['a product of 200 characters', { productId: 'x'.repeat(200) }],
  ['a product of 200 characters outside the basic plane', { productId: '📚'.repeat(200) }],
];
test.each(accepted)('accepts %s', (_what, changes) => {
  expect(isRefusal(draftOrder({ ...book, ...changes }))).toBe(false);
});

describe('refuses', () => {
  const refused: readonly [what: string, changes: Partial<OrderRequest>, code: string, field: string][] = [
    ['a price of zero', { unitPrice: usd('0') }, 'INVALID_AMOUNT', 'unitPrice'],
    ['a price of zero with two decimal places', { unitPrice: usd('0.00') }, 'INVALID_AMOUNT', 'unitPrice'],
    ['a negative price', { unitPrice: usd('-1') }, 'INVALID_AMOUNT', 'unitPrice'],
    ['a price with three decimal places', { unitPrice: usd('1.505') }, 'INVALID_AMOUNT', 'unitPrice'],
    ['a price with three decimal places, the last 0', { unitPrice: usd('1.500') }, 'INVALID_AMOUNT', 'unitPrice'],
    ['a price above the largest', { unitPrice: usd('1000000000.01'), quantity: 1 }, 'INVALID_AMOUNT', 'unitPrice'],
    ['a price of 40 digits', { unitPrice: usd('9'.repeat(40)) }, 'INVALID_AMOUNT', 'unitPrice'],
    ['a total above the largest', { unitPrice: usd('1000.01'), quantity: 1_000_000 }, 'INVALID_AMOUNT', 'unitPrice'],
    ['no quantity', { quantity: 0 }, 'INVALID_QUANTITY', 'quantity'],
    ['a negative quantity', { quantity: -1 }, 'INVALID_QUANTITY', 'quantity'],
    ['a quantity above the largest', { quantity: largestQuantity + 1 }, 'INVALID_QUANTITY', 'quantity'],
    ['a quantity of a thousand million', { quantity: 1_000_000_000 }, 'INVALID_QUANTITY', 'quantity'],
    ['no product', { productId: '' }, 'INVALID_PRODUCT', 'productId'],
    ['a product of space', { productId: ' \t\n ' }, 'INVALID_PRODUCT', 'productId'],
    ['a product of 201 characters', { productId: 'x'.repeat(201) }, 'INVALID_PRODUCT', 'productId'],
  ];
  test.each(refused)('%s', (_what, changes, code, field) => {
    expect(draftOrder({ ...book, ...changes })).toMatchObject({ refused: code, field: ['input', field] });
  });

  test('a request with several faults, and names all of them', () => {
    const refusal = draftOrder({ productId: ' ', unitPrice: usd('0'), quantity: 0 }) as OrderRefusal;
    expect(userErrors(refusal).map(({ code, field }) => [code, field?.at(-1)])).toEqual([
      ['INVALID_PRODUCT', 'productId'],
      ['INVALID_AMOUNT', 'unitPrice'],
      ['INVALID_QUANTITY', 'quantity'],
    ]);
  });

  test('a total above the largest, and formats the largest as the console does', () => {
    const refusal = draftOrder({ ...book, unitPrice: usd('1000000000'), quantity: 2 });
    expect(refusal).toMatchObject({ message: expect.stringContaining('more than $1,000,000,000.00.') });
  });
});
