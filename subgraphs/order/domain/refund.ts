import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { Currency } from '#platform/money/currency.ts';
import { displayMoney, type MoneyInput, parseAmount } from '#platform/money/money.ts';
import { isRefundable, type OrderStatus } from '#platform/orders/lifecycle.ts';

/** MADE: the money is back. REFUSED: it could not be made, and the order stayed as it was. */
export const refundStatuses = ['REQUESTED', 'MADE', 'REFUSED'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** The last of so many refunds returns all that is left, so that a list of them needs no pages. */
export const mostRefunds = 100;

const dayMs = 24 * 60 * 60 * 1_000;

/** What an order says about its payment and refunds. */
export interface PaidOrder {
  readonly status: OrderStatus;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly refundedMinor: bigint;
  readonly settledAt?: Date | null | undefined;
}

export interface RefundTerms {
  /** Null for all that is left. */
  readonly amount: MoneyInput | null;
  /** How many of the order's refunds were made. */
  readonly madeBefore: number;
  /** For how many days after the payment; null for staff, who may always refund. */
  readonly withinDays: number | null;
  readonly now: Date;
}

export type RefundRefusal = Refusal<'INVALID_STATE' | 'INVALID_AMOUNT' | 'CURRENCY_MISMATCH' | 'REFUND_PERIOD_OVER'>;

/** Decides whether a locked order is refunded, and returns the amount. */
export function decideRefund(order: PaidOrder, terms: RefundTerms): { readonly refundMinor: bigint } | RefundRefusal {
  const { amount, madeBefore, withinDays, now } = terms;
  if (!isRefundable(order.status)) return refuse('INVALID_STATE', 'Only a paid order can be refunded.', orderField);
  if (withinDays !== null && now.getTime() > order.settledAt!.getTime() + withinDays * dayMs) {
    return refuse(
      'REFUND_PERIOD_OVER',
      `An order can be refunded for ${withinDays} days after it is paid.`,
      orderField,
    );
  }
  const leftMinor = order.totalMinor - refundedMinor(order);
  if (amount === null) return { refundMinor: leftMinor };
  const parsed = parseAmount(amount, amountField);
  if (isRefusal(parsed)) return parsed;
  const left = displayMoney({ minor: leftMinor, currency: order.currency });
  if (parsed.currency !== order.currency) {
    return refuse('CURRENCY_MISMATCH', `The order was paid in ${order.currency}.`, amountField);
  }
  if (parsed.minor > leftMinor) return refuse('INVALID_AMOUNT', `${left} of the order is left to refund.`, amountField);
  if (parsed.minor < leftMinor && madeBefore >= mostRefunds - 1) {
    return refuse(
      'INVALID_AMOUNT',
      `The order has ${madeBefore} refunds: refund the ${left} that is left.`,
      amountField,
    );
  }
  return { refundMinor: parsed.minor };
}

/** What was refunded of an order. A release that refunded only whole orders recorded no sum. */
export function refundedMinor({
  status,
  totalMinor,
  refundedMinor: sumMinor,
}: Pick<PaidOrder, 'status' | 'totalMinor' | 'refundedMinor'>): bigint {
  return status === 'REFUNDED' ? totalMinor : sumMinor;
}

const orderField = ['input', 'orderId'];
const amountField = ['input', 'amount'];
