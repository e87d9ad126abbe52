import { isFinal, type OrderStatus } from '#platform/orders/lifecycle.ts';
import { orderHash } from '#order/domain/order-hash.ts';
import { compare, type Finding } from '../finding.ts';
import { type Order, type OrderFile, isSettledSince } from './order-file.ts';
import { checkOrderRefunds } from './refund.ts';
import { type Bill, paymentOf, refundsOf, type Settlement, settlementId, sumOf } from './settlement.ts';

/** Checks an order against its settlements in billing. Effects younger than the horizon may be in progress. */
export function checkOrder(file: OrderFile, horizon: Date): Finding[] {
  const { order, settlements } = file;
  const isSettled = isSettledSince(horizon, file);
  if (order === null) return isSettled ? settlements.map(strayFinding) : [];
  const always = [...checkOrdered(order), ...checkWaiting(order, horizon), ...checkOrderRefunds(file, isSettled)];
  if (!isSettled || order.status === 'PENDING') return always;
  return [...always, ...checkOutcome(order, file)];
}

const table = 'order.orders';

function strayFinding(settlement: Settlement): Finding {
  return { table: 'billing.settlements', id: settlementId(settlement), expected: 'an order', found: 'none' };
}

function checkOrdered(order: Order): Finding[] {
  const { id, hash } = order;
  return hash === null ? [] : compare(table, id, { hash: [orderHash(order), hash] });
}

/** Checks that a waiting order has an outbox row: without one, it would wait forever. */
function checkWaiting({ id, status, waitingSince, deadLetter }: Order, horizon: Date): Finding[] {
  if (isFinal(status) || deadLetter) return [];
  if (waitingSince === null) return [{ table, id, expected: 'a row in the outbox', found: `${status} and none` }];
  if (waitingSince >= horizon) return [];
  return [{ table, id, expected: 'an outcome', found: `${status} since ${waitingSince.toISOString()}` }];
}

function checkOutcome(order: Order, bill: Bill): Finding[] {
  const payment = bill.settlements.find(({ kind }) => kind === 'PAYMENT');
  const paid = paymentOf(bill);
  const isCancelled = payment?.rejectionReason === 'CANCELLED';
  return compare(table, order.id, {
    status: [statusByBilling(bill, order.totalMinor), statusOf(order)],
    refunded: [sumOf(refundsOf(bill)), refundedBy(order, bill)],
    'rejection reason': [isCancelled ? null : (payment?.rejectionReason ?? null), order.rejectionReason],
    'time of settlement': [payment?.settledAt ?? null, order.settledAt],
    ...(paid === undefined
      ? {}
      : {
          total: [paid.amountMinor, order.totalMinor],
          currency: [paid.currency, order.currency],
          customer: [paid.customerId, order.customerId],
        }),
  });
}

/** The status of an order. A refund in progress is not made yet: the order counts as before. */
function statusOf({ status, refundedMinor }: Order): OrderStatus {
  if (status !== 'REFUNDING') return status;
  return refundedMinor === 0n ? 'PAID' : 'PARTIALLY_REFUNDED';
}

/** The sum in the order. Releases that refunded only whole orders recorded none. */
function refundedBy({ status, refundedMinor, totalMinor }: Order, { settlements }: Bill): bigint {
  const isWhole = settlements.some(({ kind, refundId }) => kind === 'REFUND' && refundId === null);
  return isWhole && status === 'REFUNDED' && refundedMinor === 0n ? totalMinor : refundedMinor;
}

/** The status by billing's settlements. */
function statusByBilling(bill: Bill, totalMinor: bigint): Exclude<OrderStatus, 'REFUNDING'> {
  const refundedMinor = sumOf(refundsOf(bill));
  if (refundedMinor > 0n) return refundedMinor < totalMinor ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
  if (paymentOf(bill) !== undefined) return 'PAID';
  const payment = bill.settlements.find(({ kind }) => kind === 'PAYMENT');
  if (payment === undefined) return 'PENDING';
  return payment.rejectionReason === 'CANCELLED' ? 'CANCELLED' : 'REJECTED';
}
