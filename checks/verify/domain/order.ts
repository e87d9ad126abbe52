import { isFinal, type OrderStatus } from '#platform/orders/lifecycle.ts';
import { orderHash } from '#order/domain/order-hash.ts';
import { compare, type Finding } from '../finding.ts';
import { type Order, type OrderFile, isSettledSince } from './order-file.ts';
import { type Bill, type Settlement, settledBy, settlementId } from './settlement.ts';

/** Checks an order against its settlements in billing. Effects younger than the horizon may be in progress. */
export function checkOrder(file: OrderFile, horizon: Date): Finding[] {
  const { order, settlements } = file;
  const isSettled = isSettledSince(horizon, file);
  if (order === null) return isSettled ? settlements.map(strayFinding) : [];
  const always = [...checkOrdered(order), ...checkWaiting(order, horizon)];
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
  const paid = settledBy('PAYMENT', bill);
  return compare(table, order.id, {
    status: [statusByBilling(bill), order.status === 'REFUNDING' ? 'PAID' : order.status],
    'rejection reason': [payment?.rejectionReason ?? null, order.rejectionReason],
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

/** The status by billing's settlements. A refund in progress is not made yet: the order counts as PAID. */
function statusByBilling(bill: Bill): Exclude<OrderStatus, 'REFUNDING'> {
  if (settledBy('REFUND', bill) !== undefined) return 'REFUNDED';
  if (settledBy('PAYMENT', bill) !== undefined) return 'PAID';
  return bill.settlements.some(({ kind }) => kind === 'PAYMENT') ? 'REJECTED' : 'PENDING';
}
