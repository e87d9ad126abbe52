import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { PostResult } from '#platform/http/outgoing/post.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { insertRows } from '#platform/postgres/batch-rows.ts';
import { waitAfterS } from '#notification/domain/webhook-schedule.ts';
import { WebhookAttempt } from '#notification/entities/webhook-attempt.ts';
import { mostAttempts } from './list-webhooks.ts';

export interface EndedDelivery {
  readonly isDelivered: boolean;
  /** The receiver says that the URL is gone for good. */
  readonly isGone: boolean;
}

interface Attempt {
  readonly deliveryId: string;
  readonly isDelivered: boolean;
  /** Those before this attempt. */
  readonly failures: number;
  readonly durationMs: number;
  readonly result: PostResult;
}

/** Records an attempt, and what it means for its delivery, in one commit. */
export async function recordAttempt(
  em: Manager,
  { deliveryId, isDelivered, failures, durationMs, result: { status, fault, excerpt } }: Attempt,
): Promise<void> {
  const waitS = isDelivered ? null : waitAfterS(failures + 1);
  const state = isDelivered ? 'DELIVERED' : waitS === null ? 'GIVEN_UP' : 'PENDING';
  await em.transactional(async (transaction) => {
    const row = { id: randomUUIDv7(), deliveryId, status, fault, durationMs, excerpt };
    // The customer may have deleted the endpoint meanwhile.
    const { numAffectedRows } = await sql`
      update webhook_deliveries set
        state = ${state},
        failures = failures + ${isDelivered ? 0 : 1},
        next_attempt_at = now() + make_interval(secs => ${waitS ?? 0}::double precision)
      where id = ${deliveryId} and state = 'PENDING'
    `.execute(transaction.getKysely());
    if (numAffectedRows !== 1n) return;
    await insertRows(transaction, WebhookAttempt, [row], ['createdAt']).execute(transaction.getKysely());
    await deleteOldAttempts(transaction, deliveryId);
  });
}

/** An event that is sent again and again keeps its newest attempts only. */
async function deleteOldAttempts(em: Manager, deliveryId: string): Promise<void> {
  await sql`
    delete from webhook_attempts where delivery_id = ${deliveryId} and id <= (
      select id from webhook_attempts where delivery_id = ${deliveryId} order by id desc offset ${mostAttempts} limit 1)
  `.execute(em.getKysely());
}

/** Postpones due deliveries until the earlier one of their object is tried again, so that no worker claims them for nothing. */
export async function postponeBlocked(em: Manager, endpointId: string): Promise<void> {
  await sql`
    update webhook_deliveries delivery set next_attempt_at = blocked.until
    from (
      select due.id, earlier.next_attempt_at as until
      from webhook_deliveries due cross join lateral (
        select next_attempt_at from webhook_deliveries
        where endpoint_id = due.endpoint_id and object_id = due.object_id and state = 'PENDING'
          and sequence < due.sequence and next_attempt_at > now()
        order by sequence limit 1
      ) earlier
      where due.endpoint_id = ${endpointId} and due.state = 'PENDING' and due.next_attempt_at <= now()
    ) blocked
    where delivery.id = blocked.id
  `.execute(em.getKysely());
}
