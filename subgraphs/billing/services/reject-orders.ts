import type { Manager, NewValues } from '#platform/postgres/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { tables } from '#billing/database.ts';
import type { SettlementKind } from '#billing/domain/settlement.ts';
import type { Settlement } from '#billing/entities/settlement.ts';
import { type AccountNames, lockAccounts } from './lock-accounts.ts';
import { findPayments, type OrderToRefund } from './refund-orders.ts';
import type { OrderToSettle } from './settle-orders.ts';
import { findSettled, type Settled } from './settlements.ts';

/**
 * Rejects an order that cannot be processed as NOT_PROCESSED, so that it can never be paid. An order that is settled
 * already keeps its outcome.
 */
export async function rejectOrder(em: Manager, order: OrderToSettle): Promise<Settled> {
  return await reject(em, 'PAYMENT', order.orderId, [order]);
}

/** Rejects a refund that cannot be processed: the order stays paid. */
export async function rejectRefund(em: Manager, { orderId }: OrderToRefund): Promise<Settled> {
  const payments = await findPayments(em, [{ orderId }]);
  const names = payments.map(({ accountId }) => accountId);
  return await reject(em, 'REFUND', orderId, names);
}

async function reject(em: Manager, kind: SettlementKind, orderId: string, names: AccountNames): Promise<Settled> {
  return await em.transactional(async (transaction) => {
    await lockAccounts(transaction, names);
    const settledAt = now();
    const rejected = { orderId, kind, transactionId: null, rejectionReason: 'NOT_PROCESSED', settledAt } as const;
    await tables(transaction)
      .insertInto('settlements')
      .values(rejected satisfies NewValues<typeof Settlement>)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return (await findSettled(transaction, kind, [{ orderId }]))[0]!;
  });
}
