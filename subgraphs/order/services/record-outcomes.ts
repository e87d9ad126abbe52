import { sql } from 'kysely';
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
      select orders.id, move.* from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
        as move (
          "orderId" uuid, outcome text, "rejectionReason" text, "settledAt" timestamptz, "from" text, "to" text
        )
      join orders on orders.id = move."orderId"
      order by orders.id
      for update of orders
    ), moved as (
      update orders set
        status = locked."to",
        rejection_reason = locked."rejectionReason",
        settled_at = coalesce(orders.settled_at, locked."settledAt")
      from locked
      where orders.id = locked.id and orders.status = locked."from"
      returning orders.id, locked.outcome, locked."rejectionReason" as reason
    )
    select locked.id, moved.outcome, moved.reason from locked left join moved on moved.id = locked.id
  `.execute(em.getKysely());
  for (const { outcome, reason } of rows) if (outcome !== null) orders.inc({ outcome, reason: reason ?? 'none' });
  return new Set(rows.map(({ id }) => id));
}
