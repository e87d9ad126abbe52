import { sql } from 'kysely';
import { column } from '#platform/columns.ts';
import type { Manager } from '#platform/database.ts';
import { orders } from '#platform/metrics.ts';
import { type Outcome, type RejectionReason, transitions } from '#order/domain/order.ts';

/** What billing did about an order. */
export interface OrderOutcome {
  readonly orderId: string;
  readonly outcome: Outcome;
  readonly rejectionReason: RejectionReason | null;
  readonly settledAt: Date;
}

/**
 * Moves orders on as billing decided, all in one statement. An outcome that was recorded before changes nothing.
 * Returns the ids of the orders that exist.
 */
export async function recordOutcomes(em: Manager, outcomes: readonly OrderOutcome[]): Promise<Set<string>> {
  const moves = outcomes.map(({ orderId, outcome, rejectionReason, settledAt }) => ({
    orderId,
    outcome,
    rejectionReason,
    settledAt,
    ...transitions[outcome],
  }));
  const { rows } = await sql<{ id: string; outcome: Outcome | null; reason: RejectionReason | null }>`
    with locked as (
      select orders.id, move.* from unnest(
        ${column(moves, 'uuid', ({ orderId }) => orderId)}, ${column(moves, 'text', ({ outcome }) => outcome)},
        ${column(moves, 'text', ({ rejectionReason }) => rejectionReason)},
        ${column(moves, 'timestamptz', ({ settledAt }) => settledAt.toISOString())},
        ${column(moves, 'text', ({ from }) => from)}, ${column(moves, 'text', ({ to }) => to)}
      ) as move (order_id, outcome, reason, settled_at, "from", "to")
      join orders on orders.id = move.order_id
      order by orders.id
      for update of orders
    ), moved as (
      update orders set
        status = locked."to",
        rejection_reason = locked.reason,
        settled_at = coalesce(orders.settled_at, locked.settled_at)
      from locked
      where orders.id = locked.id and orders.status = locked."from"
      returning orders.id, locked.outcome, locked.reason
    )
    select locked.id, moved.outcome, moved.reason from locked left join moved on moved.id = locked.id
  `.execute(em.getKysely());
  for (const { outcome, reason } of rows) if (outcome !== null) orders.inc({ outcome, reason: reason ?? 'none' });
  return new Set(rows.map(({ id }) => id));
}
