import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import type { SettlementKind } from '#billing/domain/settlement.ts';
import { type AccountNames, lockAccounts } from './lock-accounts.ts';
import { findPayments, type OrderToRefund } from './refund-orders.ts';
import type { OrderToSettle } from './settle-orders.ts';
import { findSettled, type Settled } from './settlements.ts';

/**
 * Sets an order aside that cannot be processed: from here on it is rejected as NOT_PROCESSED and can never be
 * paid, or, if it was settled before, stays what it became.
 */
export async function rejectOrder(em: Manager, order: OrderToSettle): Promise<Settled> {
  return await reject(em, 'PAYMENT', order.orderId, [order]);
}

/** The same for a refund: the order stays paid. */
export async function rejectRefund(em: Manager, { orderId }: OrderToRefund): Promise<Settled> {
  const payments = await findPayments(em, [{ orderId }]);
  const names = payments.map(({ accountId }) => accountId);
  return await reject(em, 'REFUND', orderId, names);
}

async function reject(em: Manager, kind: SettlementKind, orderId: string, names: AccountNames): Promise<Settled> {
  return await em.transactional(async (transaction) => {
    await lockAccounts(transaction, names);
    await sql`
      insert into settlements (order_id, kind, rejection_reason, settled_at)
      values (${orderId}, ${kind}, 'NOT_PROCESSED', now())
      on conflict do nothing
    `.execute(transaction.getKysely());
    return (await findSettled(transaction, kind, [{ orderId }]))[0]!;
  });
}
