import { sql } from 'kysely';
import type { Manager } from '#platform/database.ts';
import type { SettlementKind } from '#billing/domain/settlement.ts';
import { lockAccounts } from './lock-accounts.ts';
import { findSettled, type OrderToSettle, type Settled } from './settle-orders.ts';

/**
 * Sets an order aside that cannot be processed: from here on it is rejected as NOT_PROCESSED and can never be
 * paid, or, if it was settled before, stays what it became.
 */
export async function rejectUnprocessable(em: Manager, kind: SettlementKind, order: OrderToSettle): Promise<Settled> {
  return await em.transactional(async (transaction) => {
    await lockAccounts(transaction, [order]);
    await sql`
      insert into settlements (order_id, kind, rejection_reason, settled_at)
      values (${order.orderId}, ${kind}, 'NOT_PROCESSED', now())
      on conflict do nothing
    `.execute(transaction.getKysely());
    return (await findSettled(transaction, kind, [order]))[0]!;
  });
}
