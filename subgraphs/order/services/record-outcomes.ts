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
    with move as (
      select * from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
        as move (
          "orderId" uuid, outcome text, "rejectionReason" text, "settledAt" timestamptz, "from" text, "to" text
        )
    ), locked as (
      select id from orders where id in (select "orderId" from move) order by id for update
    ), moved as (
      update orders set
        status = move."to",
        rejection_reason = move."rejectionReason",
        settled_at = coalesce(orders.settled_at, move."settledAt")
      from move, locked
      where orders.id = move."orderId" and locked.id = orders.id and orders.status = move."from"
      returning orders.id, move.outcome, move."rejectionReason" as reason
    )
    select locked.id, moved.outcome, moved.reason from locked left join moved on moved.id = locked.id
  `.execute(em.getKysely());
  for (const { outcome, reason } of rows) if (outcome !== null) orders.inc({ outcome, reason: reason ?? 'none' });
  return new Set(rows.map(({ id }) => id));
}
