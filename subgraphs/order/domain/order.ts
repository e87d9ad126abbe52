import { charactersOf } from '#platform/characters.ts';
import type { Currency } from '#platform/currency.ts';
import { formatAmount, largestAmountMinor, type MoneyInput, parseAmount } from '#platform/money.ts';
import { isRefusal, refuse, type Refusal } from '#platform/refusal.ts';

export type OrderStatus = 'PENDING' | 'PAID' | 'REJECTED' | 'REFUNDING' | 'REFUNDED';
export type RejectionReason = 'INSUFFICIENT_FUNDS' | 'ACCOUNT_CLOSED' | 'NOT_PROCESSED';

export const largestQuantity = 1_000_000;
export const longestProductId = 200;

/** What a customer asks for. */
export interface OrderRequest {
  readonly productId: string;
  readonly unitPrice: MoneyInput;
  readonly quantity: number;
}

/** What was asked for, fit to be placed. */
export interface OrderDraft {
  readonly productId: string;
  readonly unitPriceMinor: bigint;
  readonly currency: Currency;
  readonly quantity: number;
  readonly totalMinor: bigint;
}

export type OrderRefusal = Refusal<'INVALID_PRODUCT' | 'INVALID_QUANTITY' | 'INVALID_AMOUNT'>;

/** Checks a request and works out its total: unit price times quantity, at most the largest amount. */
export function draftOrder({ productId, unitPrice, quantity }: OrderRequest): OrderDraft | OrderRefusal {
  if (productId.trim() === '' || charactersOf(productId) > longestProductId) {
    return refuse('INVALID_PRODUCT', `The product id must have 1 to ${longestProductId} characters.`, [
      'input',
      'productId',
    ]);
  }
  if (quantity < 1 || quantity > largestQuantity) {
    return refuse('INVALID_QUANTITY', `The quantity must be 1 to ${largestQuantity}.`, ['input', 'quantity']);
  }
  const price = parseAmount(unitPrice, ['input', 'unitPrice']);
  if (isRefusal(price)) return price;
  const { minor: unitPriceMinor, currency } = price;
  const totalMinor = unitPriceMinor * BigInt(quantity);
  if (totalMinor > largestAmountMinor) {
    const largest = formatAmount({ minor: largestAmountMinor, currency });
    return refuse('INVALID_AMOUNT', `The total is more than the largest amount, ${largest}.`, ['input', 'unitPrice']);
  }
  return { productId, unitPriceMinor, currency, quantity, totalMinor };
}

/** What billing can say of an order. */
export type Outcome = 'PAID' | 'REJECTED' | 'REFUNDED' | 'REFUND_REFUSED';

/** The states of an order and what moves it between them; nothing else does. */
export const transitions: Readonly<Record<Outcome, { readonly from: OrderStatus; readonly to: OrderStatus }>> = {
  PAID: { from: 'PENDING', to: 'PAID' },
  REJECTED: { from: 'PENDING', to: 'REJECTED' },
  REFUNDED: { from: 'REFUNDING', to: 'REFUNDED' },
  REFUND_REFUSED: { from: 'REFUNDING', to: 'PAID' },
};
