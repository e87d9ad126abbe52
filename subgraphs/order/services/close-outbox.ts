import { sql } from 'kysely';
import { unsettledStatuses } from '#platform/orders/lifecycle.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { closeOutbox, type OutboxOutcome } from '#platform/messaging/outbox-relay.ts';

/** Closes rows of this outbox. The row of an order that still waits for its outcome stays, even if a job closes it. */
export async function closeOrderOutbox(em: Manager, outcomes: readonly OutboxOutcome[]): Promise<void> {
  const waits = sql`exists (
    select from orders
    where orders.id = (outbox.payload->>'orderId')::uuid and orders.status = any(${unsettledStatuses})
  )`;
  await closeOutbox(em, outcomes, waits);
}
