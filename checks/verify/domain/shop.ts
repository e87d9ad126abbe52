import { type ConsentContent, consentHash, withdrawalHash } from '#billing/domain/row-hashes.ts';
import { monthOf } from '#billing/domain/shop-consent.ts';
import type { Currency } from '#platform/money/currency.ts';
import { type OrderedByShop, shopOrderHash } from '#order/domain/order-hash.ts';
import { compare, type Finding } from '../finding.ts';

/** A consent, with its hashes. */
export interface Consent extends ConsentContent {
  readonly hash: Buffer;
  readonly withdrawnAt: Date | null;
  readonly withdrawalHash: Buffer | null;
}

export function checkConsent(consent: Consent): Finding[] {
  const { id, hash, withdrawnAt } = consent;
  return compare('billing.shop_consents', id, {
    hash: [consentHash(consent), hash],
    'hash of the withdrawal': [withdrawnAt === null ? null : withdrawalHash(hash, withdrawnAt), consent.withdrawalHash],
  });
}

/** What a shop has debited in a month: as counted, and as its payments add up. Either can be missing. */
export interface ShopMonth {
  readonly consentId: string;
  readonly month: number;
  readonly spentMinor: bigint | null;
  readonly limitMinor: bigint | null;
  readonly paidMinor: bigint | null;
  readonly consentLimitMinor: bigint | null;
}

export function checkMonth({ consentId, month, ...sums }: ShopMonth): Finding[] {
  return compare('billing.shop_months', `${consentId} ${month}`, {
    sum: [sums.paidMinor, sums.spentMinor],
    limit: [sums.consentLimitMinor, sums.limitMinor],
  });
}

/** An order of a shop, with its order. */
export interface ShopOrder extends OrderedByShop {
  readonly hash: Buffer;
  /** Null, as is the status, without an order. */
  readonly customerId: string | null;
  readonly status: string | null;
  readonly settledAt: Date | null;
}

/** The payment of a shop's order, with its consent and its transaction. */
export interface ShopPayment {
  readonly orderId: string;
  readonly consentId: string;
  readonly month: number;
  readonly amountMinor: bigint;
  readonly consentShopId: string | null;
  readonly consentShopName: string | null;
  readonly consentCustomerId: string | null;
  readonly consentCurrency: Currency | null;
  readonly paidCustomerId: string | null;
  readonly paidCurrency: Currency | null;
  readonly paidMinor: bigint | null;
  readonly paidAt: Date | null;
}

/** Compares an order of a shop with its payment. Effects younger than the horizon may be in progress. */
export function checkShopOrder(
  order: ShopOrder | undefined,
  payment: ShopPayment | undefined,
  horizon: Date,
): Finding[] {
  const ofOrder = order === undefined ? [] : checkOrdered(order);
  const ofPayment = payment === undefined ? [] : checkPayment(payment);
  return [...ofOrder, ...ofPayment, ...checkBoth(order, payment, horizon)];
}

function checkOrdered(order: ShopOrder): Finding[] {
  const { orderId, hash, status } = order;
  const found = status === null ? 'none' : 'an order';
  return compare('order.shop_orders', orderId, { hash: [shopOrderHash(order), hash], order: ['an order', found] });
}

function checkPayment(payment: ShopPayment): Finding[] {
  const { orderId, month, amountMinor, consentCustomerId, consentCurrency, paidAt } = payment;
  return compare('billing.shop_payments', orderId, {
    month: [paidAt === null ? null : monthOf(paidAt), month],
    amount: [payment.paidMinor, amountMinor],
    customer: [payment.paidCustomerId, consentCustomerId],
    currency: [payment.paidCurrency, consentCurrency],
  });
}

/** The statuses of orders that were not paid. */
const unpaid = new Set(['PENDING', 'REJECTED', 'CANCELLED']);

function checkBoth(order: ShopOrder | undefined, payment: ShopPayment | undefined, horizon: Date): Finding[] {
  if (order !== undefined && payment !== undefined) {
    return compare('billing.shop_payments', order.orderId, {
      consent: [order.consentId, payment.consentId],
      shop: [order.shopId, payment.consentShopId],
      'name of the shop': [order.shopName, payment.consentShopName],
      'customer of the order': [order.customerId, payment.consentCustomerId],
    });
  }
  const [table, expected, found] = ['billing.shop_payments', 'one of a paid order of a shop', 'none'];
  if (order !== undefined) {
    const isPaid = order.settledAt !== null && order.settledAt < horizon && !unpaid.has(order.status ?? 'PENDING');
    return isPaid ? [{ table, id: order.orderId, expected, found }] : [];
  }
  if (payment === undefined || (payment.paidAt !== null && payment.paidAt >= horizon)) return [];
  return [{ table: 'order.shop_orders', id: payment.orderId, expected: 'an order of a shop', found }];
}
