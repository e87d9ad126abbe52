import { hasCharacters, isLine } from '#platform/validation/characters.ts';
import type { Currency } from '#platform/money/currency.ts';
import { displayMoney, largestAmountMinor, type MoneyInput, parseAmount } from '#platform/money/money.ts';
import { isRefusal, refuse, type Refusal, together } from '#platform/errors/refusal.ts';

export const largestQuantity = 1_000_000;
export const longestProductId = 200;

/** A customer's request for an order. */
export interface OrderRequest {
  readonly productId: string;
  readonly unitPrice: MoneyInput;
  readonly quantity: number;
}

/** A checked order, ready to insert. */
export interface OrderDraft {
  readonly productId: string;
  readonly unitPriceMinor: bigint;
  readonly currency: Currency;
  readonly quantity: number;
  readonly totalMinor: bigint;
}

export type OrderRefusal = Refusal<'INVALID_PRODUCT' | 'INVALID_QUANTITY' | 'INVALID_AMOUNT'>;

/** Checks every field of a request and computes the total. One refusal names all faults. */
export function draftOrder(request: OrderRequest): OrderDraft | OrderRefusal {
  const { unitPrice, quantity, ...texts } = request;
  const price = parseAmount(unitPrice, ['input', 'unitPrice']);
  const refused = together<OrderRefusal['refused']>([
    ...textFaults(texts),
    isRefusal(price) ? price : null,
    refusedQuantity(quantity),
  ]);
  // Where the price is refused, `refused` contains it.
  if (refused !== null || isRefusal(price)) return refused!;
  const { minor: unitPriceMinor, currency } = price;
  const totalMinor = unitPriceMinor * BigInt(quantity);
  const largestMinor = largestAmountMinor(currency);
  if (totalMinor > largestMinor) {
    const largest = displayMoney({ minor: largestMinor, currency });
    return refuse('INVALID_AMOUNT', `The total is more than ${largest}. Lower the price or the quantity.`, [
      'input',
      'unitPrice',
    ]);
  }
  return { ...texts, unitPriceMinor, currency, quantity, totalMinor };
}

/** The faults of the texts that a client can send in any length. They are refused before any other work on the input. */
export function textFaults({ productId }: Pick<OrderRequest, 'productId'>): readonly (OrderRefusal | null)[] {
  return [refusedProduct(productId)];
}

function refusedProduct(productId: string): Refusal<'INVALID_PRODUCT'> | null {
  if (hasCharacters(productId, 1, longestProductId) && isLine(productId)) return null;
  return refuse('INVALID_PRODUCT', `Enter a product id of 1 to ${longestProductId} characters on one line.`, [
    'input',
    'productId',
  ]);
}

function refusedQuantity(quantity: number): Refusal<'INVALID_QUANTITY'> | null {
  if (quantity >= 1 && quantity <= largestQuantity) return null;
  const largest = largestQuantity.toLocaleString('en-US');
  return refuse('INVALID_QUANTITY', `Enter a quantity from 1 to ${largest}.`, ['input', 'quantity']);
}
