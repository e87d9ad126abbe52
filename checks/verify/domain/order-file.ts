import type { NotificationKind } from '#notification/domain/messages.ts';
import type { OrderStatus, RejectionReason } from '#order/domain/order.ts';
import type { Ordered } from '#order/domain/order-hash.ts';
import type { Bill } from './settlement.ts';

export interface Order extends Ordered {
  readonly status: OrderStatus;
  readonly rejectionReason: RejectionReason | null;
  readonly settledAt: Date | null;
  /** Null for an order from before version 0.2.0. */
  readonly hash: Buffer | null;
  /** When the newest of its rows in the outbox was written; null where none is there. */
  readonly waitingSince: Date | null;
  /** Whether one of these was set aside: it is named itself, and what it holds up is not. */
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
}

/** All that is known of an order. */
export interface OrderFile extends Bill {
  readonly order: Order | null;
  readonly notices: readonly OrderNotice[];
}

/** Whether nothing has happened to an order since then, so that all effects must have arrived everywhere. */
export function restsSince(horizon: Date, { order, settlements, transactions, notices }: OrderFile): boolean {
  const times = [
    order?.placedAt,
    order?.settledAt,
    order?.waitingSince,
    ...settlements.map(({ settledAt }) => settledAt),
    ...transactions.map(({ createdAt }) => createdAt),
    ...notices.map(({ createdAt }) => createdAt),
  ];
  return times.every((time) => time == null || time < horizon);
}
