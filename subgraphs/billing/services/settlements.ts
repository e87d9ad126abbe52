import { insertRows } from '#platform/postgres/batch-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { tables } from '#billing/database.ts';
import type { UnpaidReason } from '#platform/orders/lifecycle.ts';
import type { SettlementKind, Verdict } from '#billing/domain/settlement.ts';
import { Settlement } from '#billing/entities/settlement.ts';

/** The outcome of an order's payment, or of a refund; `rejectionReason` is null where money moved. */
export interface Settled {
  readonly orderId: string;
  readonly rejectionReason: UnpaidReason | null;
  readonly settledAt: Date;
}

/** The usual number of orders in a transaction. More orders cost less each, and hold their locks for longer. */
const ordersTogether = 300;

/**
 * Settles a batch in parts of up to some 300 orders at the same time. Parts have no customer in common, so none waits for
 * another's locks. Where a part throws, others may be settled.
 */
export async function settleInParts<Order extends { readonly customerId: string }, Outcome>(
  orders: readonly Order[],
  settlePart: (part: readonly Order[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const count = Math.ceil(orders.length / ordersTogether);
  const parts = Array.from({ length: count }, (): Order[] => []);
  for (const order of orders) parts[Number.parseInt(order.customerId.slice(-6), 16) % count]!.push(order);
  const settled = await Promise.allSettled(parts.filter((part) => part.length > 0).map(settlePart));
  return settled.flatMap((part) => {
    if (part.status === 'rejected') throw part.reason;
    return part.value;
  });
}

/** The outcomes of those orders whose payment is decided. */
export async function findSettled(em: Manager, orders: readonly { readonly orderId: string }[]): Promise<Settled[]> {
  return await tables(em)
    .selectFrom('settlements')
    .select(['orderId', 'rejectionReason', 'settledAt'])
    .where('kind', '=', 'PAYMENT')
    .where(
      'orderId',
      '=',
      anyOf(
        orders.map(({ orderId }) => orderId),
        'uuid',
      ),
    )
    .execute();
}

export async function recordVerdicts(
  em: Manager,
  kind: SettlementKind,
  verdicts: readonly Verdict[],
): Promise<Settled[]> {
  if (verdicts.length === 0) return [];
  const rows = verdicts.map(({ due, movement, rejectionReason, settledAt }) => ({
    orderId: due.orderId,
    kind,
    refundId: 'refundId' in due ? due.refundId : null,
    transactionId: movement?.id ?? null,
    rejectionReason,
    settledAt,
  }));
  await insertRows(em, Settlement, rows).execute(em.getKysely());
  return rows;
}
