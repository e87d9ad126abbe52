import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { closeOutbox, type OutboxOutcome } from '#platform/messaging/outbox-relay.ts';

/** Closes rows of this outbox. That of an order which still waits for its outcome stays, whoever says that it is done. */
export async function closeOrderOutbox(em: Manager, outcomes: readonly OutboxOutcome[]): Promise<void> {
  const waits = sql`exists (
    select from orders
    where orders.id = (outbox.payload->>'orderId')::uuid and orders.status in ('PENDING', 'REFUNDING')
  )`;
  await closeOutbox(em, outcomes, waits);
}
