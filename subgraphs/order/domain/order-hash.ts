import type { Currency } from '#platform/money/currency.ts';
import { rowHash } from '#platform/postgres/row-hash.ts';

/** The fields of an order that never change. */
export interface Ordered {
  readonly id: string;
  readonly customerId: string;
  readonly productId: string;
  readonly unitPriceMinor: bigint;
  readonly currency: Currency;
  readonly quantity: number;
  readonly totalMinor: bigint;
  readonly placedAt: Date;
}

/** The database computes the same when an order is placed. */
export function orderHash(ordered: Ordered): Buffer {
  const { id, customerId, productId, unitPriceMinor, currency, quantity, totalMinor, placedAt } = ordered;
  return rowHash([id, customerId, unitPriceMinor, currency, quantity, totalMinor, placedAt, productId]);
}

/** What a shop's order has in addition. */
export interface OrderedByShop {
  readonly orderId: string;
  readonly consentId: string;
  readonly shopId: string;
  readonly shopOwnerId: string;
  readonly shopName: string;
}

/** The database computes the same when a shop places an order. */
export function shopOrderHash({ orderId, consentId, shopId, shopOwnerId, shopName }: OrderedByShop): Buffer {
  return rowHash([orderId, consentId, shopId, shopOwnerId, shopName]);
}
