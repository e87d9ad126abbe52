import type { UnpaidReason } from '#platform/orders/lifecycle.ts';
import type { Manager, NewValues } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { tables } from '#billing/database.ts';
import type { SettlementKind } from '#billing/domain/settlement.ts';
import type { Settlement } from '#billing/entities/settlement.ts';
import { type AccountNames, lockAccounts } from './lock-accounts.ts';
import { findPayments, findRefunds, type OrderToRefund, type Refunded } from './refund-orders.ts';
import type { OrderToSettle } from './settle-orders.ts';
import { findSettled, type Settled, settleInParts } from './settlements.ts';

/**
 * Rejects an order that cannot be processed as NOT_PROCESSED, so that it can never be paid. An order that is settled
 * already keeps its outcome.
 */
export async function rejectOrder(em: Manager, order: OrderToSettle): Promise<Settled> {
  return (await refuseOrders(em, [order], 'NOT_PROCESSED'))[0]!;
}

/** Cancels orders, so that they can never be paid. An order that is settled already keeps its outcome. */
export async function cancelOrders(em: Manager, orders: readonly OrderToSettle[]): Promise<Settled[]> {
  return await settleInParts(orders, async (part) => await refuseOrders(em, part, 'CANCELLED'));
}

/** Rejects a refund that cannot be processed: the order stays as it was. */
export async function rejectRefund(em: Manager, refund: OrderToRefund): Promise<Refunded> {
  const payments = await findPayments(em, [refund]);
  const names = payments.map(({ accountId }) => accountId);
  return await em.transactional(async (transaction) => {
    await refuse(transaction, 'REFUND', [refund], names, 'NOT_PROCESSED');
    return (await findRefunds(transaction, [refund]))[0]!;
  });
}

async function refuseOrders(em: Manager, orders: readonly OrderToSettle[], reason: UnpaidReason): Promise<Settled[]> {
  return await em.transactional(async (transaction) => {
    await refuse(transaction, 'PAYMENT', orders, orders, reason);
    return await findSettled(transaction, orders);
  });
}

async function refuse(
  em: Manager,
  kind: SettlementKind,
  orders: readonly OrderToRefund[],
  names: AccountNames,
  rejectionReason: UnpaidReason,
): Promise<void> {
  await lockAccounts(em, names);
  const settledAt = now();
  const refused = orders.map(({ orderId, refundId = null }) => {
    return { orderId, kind, refundId, transactionId: null, rejectionReason, settledAt };
  });
  await tables(em)
    .insertInto('settlements')
    .values(refused satisfies NewValues<typeof Settlement>[])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
