import type { NotificationKind } from '#notification/domain/messages.ts';
import type { OrderStatus, RejectionReason } from '#platform/orders/lifecycle.ts';
import type { Ordered } from '#order/domain/order-hash.ts';
import type { RequestedRefund } from '#order/domain/refund-hash.ts';
import type { RefundStatus } from '#order/domain/refund.ts';
import type { Bill } from './settlement.ts';

export interface Order extends Ordered {
  readonly status: OrderStatus;
  readonly rejectionReason: RejectionReason | null;
  readonly settledAt: Date | null;
  readonly refundedMinor: bigint;
  /** Null for an order from before version 0.2.0. */
  readonly hash: Buffer | null;
  /** The time of its newest outbox row; null if it has none. */
  readonly waitingSince: Date | null;
  /** Whether one of these rows is dead-lettered; then only the row is reported, not its missing effects. */
  readonly deadLetter: boolean;
}

/** A notification. */
export interface Notice {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly customerId: string;
  readonly createdAt: Date;
}

export interface OrderNotice extends Notice {
  readonly orderId: string;
  readonly refundNumber: number | null;
}

/** A refund in the order subgraph. */
export interface Refund extends RequestedRefund {
  readonly status: RefundStatus;
  readonly settledAt: Date | null;
  readonly hash: Buffer | null;
}

/** The data of one order in all databases. */
export interface OrderFile extends Bill {
  readonly order: Order | null;
  readonly refunds: readonly Refund[];
  readonly notices: readonly OrderNotice[];
}

/** Whether nothing has happened to an order since the horizon, so all its effects must be complete. */
export function isSettledSince(
  horizon: Date,
  { order, refunds, settlements, transactions, notices }: OrderFile,
): boolean {
  const times = [
    order?.placedAt,
    order?.settledAt,
    order?.waitingSince,
    ...refunds.flatMap(({ requestedAt, settledAt }) => [requestedAt, settledAt]),
    ...settlements.map(({ settledAt }) => settledAt),
    ...transactions.map(({ createdAt }) => createdAt),
    ...notices.map(({ createdAt }) => createdAt),
  ];
  return times.every((time) => time == null || time < horizon);
}
