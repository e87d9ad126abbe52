import type { OrderStatus } from '#order/domain/order.ts';
import { orderHash } from '#order/domain/order-hash.ts';
import { compare, type Finding } from '../finding.ts';
import { type Order, type OrderFile, restsSince } from './order-file.ts';
import { type Bill, type Settlement, settledBy, settlementId } from './settlement.ts';

/** Checks that an order says what billing has done about it. What is younger than the horizon may be under way. */
export function checkOrder(file: OrderFile, horizon: Date): Finding[] {
  const { order, settlements } = file;
  const rests = restsSince(horizon, file);
  if (order === null) return rests ? settlements.map(strayed) : [];
  const always = [...checkOrdered(order), ...checkWaiting(order, horizon)];
  if (!rests || order.status === 'PENDING') return always;
  return [...always, ...checkOutcome(order, file)];
}

const table = 'order.orders';

function strayed(settlement: Settlement): Finding {
  return { table: 'billing.settlements', id: settlementId(settlement), expected: 'an order', found: 'none' };
}

function checkOrdered(order: Order): Finding[] {
  const { id, hash } = order;
  return hash === null ? [] : compare(table, id, { hash: [orderHash(order), hash] });
}

/** The row in the outbox is written and deleted with what it stands for: an order without one waits for ever. */
function checkWaiting({ id, status, waitingSince, deadLetter }: Order, horizon: Date): Finding[] {
  if ((status !== 'PENDING' && status !== 'REFUNDING') || deadLetter) return [];
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

/** A refund that is under way is one that has not been made: the order is still PAID. */
function statusByBilling(bill: Bill): Exclude<OrderStatus, 'REFUNDING'> {
  if (settledBy('REFUND', bill) !== undefined) return 'REFUNDED';
  if (settledBy('PAYMENT', bill) !== undefined) return 'PAID';
  return bill.settlements.some(({ kind }) => kind === 'PAYMENT') ? 'REJECTED' : 'PENDING';
}
