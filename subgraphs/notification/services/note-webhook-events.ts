import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { insertRows } from '#platform/postgres/batch-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { readRows } from '#platform/postgres/read-rows.ts';
import { tables } from '#notification/database.ts';
import { webhookVersion } from '#notification/domain/webhook-events.ts';
import type { NewWebhookEvent } from '#notification/domain/webhook-facts.ts';
import { WebhookDelivery } from '#notification/entities/webhook-delivery.ts';
import { WebhookEvent } from '#notification/entities/webhook-event.ts';

/**
 * Stores the events of customers who have an endpoint, each once, and a delivery for each endpoint that wants it. Call it
 * in the transaction that writes the notifications, after `heldContacts`.
 */
export async function noteWebhookEvents(em: Manager, events: readonly NewWebhookEvent[]): Promise<void> {
  const endpoints = await endpointsOf(em, new Set(events.map(({ customerId }) => customerId)));
  if (endpoints.length === 0) return;
  const customers = new Set(endpoints.map(({ customerId }) => customerId));
  const stored = await insertEvents(
    em,
    await withoutReported(
      em,
      events.filter(({ customerId }) => customers.has(customerId)),
    ),
  );
  const wanted = stored.flatMap((event) =>
    endpoints
      .filter(({ customerId, disabledAt, eventTypes }) => {
        return customerId === event.customerId && disabledAt === null && eventTypes.includes(event.type);
      })
      .map(({ id }) => deliveryOf(id, event)),
  );
  await insertDeliveries(em, wanted);
}

/** A stored event, as a delivery refers to it. */
export interface StoredEvent {
  readonly id: string;
  readonly objectId: string;
  readonly sequence: number;
}

export function deliveryOf(endpointId: string, { id: eventId, objectId, sequence }: StoredEvent) {
  return { id: randomUUIDv7(), endpointId, eventId, objectId, sequence, state: 'PENDING' } as const;
}

/** Stores deliveries. One that exists is sent again now, unless it is due or under way. */
export async function insertDeliveries(
  em: Manager,
  deliveries: readonly ReturnType<typeof deliveryOf>[],
): Promise<number> {
  if (deliveries.length === 0) return 0;
  const { numAffectedRows = 0n } = await sql`
    ${insertRows(em, WebhookDelivery, deliveries, ['failures', 'nextAttemptAt', 'createdAt'])}
    order by endpoint_id, event_id
    on conflict (endpoint_id, event_id) do update set state = 'PENDING', failures = 0, next_attempt_at = now()
    where webhook_deliveries.state <> 'PENDING' or webhook_deliveries.next_attempt_at > now()
  `.execute(em.getKysely());
  return Number(numAffectedRows);
}

/**
 * Until the transaction ends, these endpoints are not changed, disabled or deleted: a delivery of one that is deleted
 * meanwhile would make the whole batch fail.
 */
async function endpointsOf(em: Manager, customerIds: ReadonlySet<string>) {
  return await tables(em)
    .selectFrom('webhook_endpoints')
    .select(['id', 'customerId', 'eventTypes', 'disabledAt'])
    .where('customerId', '=', anyOf([...customerIds], 'uuid'))
    .orderBy('id')
    .forShare()
    .execute();
}

/** Without the earlier events whose own report was written: where it wrote no event, the customer had no endpoint then. */
async function withoutReported(em: Manager, events: readonly NewWebhookEvent[]): Promise<readonly NewWebhookEvent[]> {
  const earlier = events.filter(({ isEarlier }) => isEarlier).map(({ objectId }) => objectId);
  if (earlier.length === 0) return events;
  const reported = await tables(em)
    .selectFrom('notifications')
    .select('orderId')
    .where('orderId', '=', anyOf(earlier, 'uuid'))
    .where('kind', '=', 'ORDER_PAID')
    .execute();
  const ids = new Set(reported.map(({ orderId }) => orderId));
  return events.filter(({ isEarlier, objectId }) => !isEarlier || !ids.has(objectId));
}

/** Inserts in one order, so that concurrent writers of the same events do not deadlock. Returns the new ones. */
async function insertEvents(em: Manager, events: readonly NewWebhookEvent[]) {
  const rows = events.map(({ isEarlier: _isEarlier, ...event }) => ({
    id: randomUUIDv7(),
    version: webhookVersion,
    ...event,
  }));
  if (rows.length === 0) return [];
  const statement = sql`
    ${insertRows(em, WebhookEvent, rows, ['createdAt'])}
    order by object_id, customer_id, type, sequence
    on conflict do nothing
    returning id`;
  const written = new Set((await readRows(em, z.object({ id: z.string() }), statement)).map(({ id }) => id));
  return rows.filter(({ id }) => written.has(id));
}
