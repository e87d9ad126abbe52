import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { isRefusal, refuse, type Refusal, refuseUntil } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows } from '#platform/postgres/read-rows.ts';
import { insertRows } from '#platform/postgres/batch-rows.ts';
import { isId } from '#platform/validation/ids.ts';
import type { NotificationContext } from '#notification/context.ts';
import { refusedPeriod } from '#notification/domain/webhook-endpoint.ts';
import { testEvent, webhookVersion } from '#notification/domain/webhook-events.ts';
import { WebhookEvent } from '#notification/entities/webhook-event.ts';
import type { WebhookEndpointRow } from '#notification/entities/webhook-endpoint.ts';
import { countResends, refusedTooManyResends } from './count-resends.ts';
import { type DeliveryView, findDelivery } from './list-webhooks.ts';
import { deliveryOf, insertDeliveries, type StoredEvent } from './note-webhook-events.ts';
import { findOwnEndpoint, lockWebhooks } from './own-webhooks.ts';

/** Events that the customer sends again, and test events. The endpoint's owner asks for them, so they need no confirmation. */

type NotSent = Refusal<'NOT_FOUND' | 'WEBHOOK_DISABLED'>;

const mostTests = 60;
const hourS = 3_600;

/** Sends an event of the type `webhook.test`. */
export async function sendTestWebhook(
  { em, identity }: NotificationContext,
  { endpointId }: { readonly endpointId: string },
): Promise<DeliveryView | NotSent | Refusal<'TOO_MANY_ATTEMPTS'>> {
  const customerId = viewerOf(identity).id;
  return await em.transactional(async (transaction) => {
    await lockWebhooks(transaction, customerId);
    const endpoint = await findEnabled(transaction, customerId, endpointId);
    if (isRefusal(endpoint)) return endpoint;
    const refused = await refusedTooManyTests(transaction, customerId);
    if (refused !== null) return refused;
    const id = randomUUIDv7();
    const event = { id, customerId, type: testEvent, objectId: id, sequence: 1, version: webhookVersion };
    const row = { ...event, data: { endpointId: endpoint.id } };
    await insertRows(transaction, WebhookEvent, [row], ['createdAt']).execute(transaction.getKysely());
    const delivery = deliveryOf(endpoint.id, event);
    await insertDeliveries(transaction, [delivery]);
    return (await findDelivery(transaction, customerId, delivery.id))!;
  });
}

/** Sends the event of a delivery again. One that is under way stays so. */
export async function redeliverWebhook(
  { em, identity }: NotificationContext,
  { deliveryId }: { readonly deliveryId: string },
): Promise<DeliveryView | NotSent | Refusal<'TOO_MANY_ATTEMPTS'>> {
  const customerId = viewerOf(identity).id;
  return await em.transactional(async (transaction) => {
    await lockWebhooks(transaction, customerId);
    const delivery = isId(deliveryId) ? await findDelivery(transaction, customerId, deliveryId) : null;
    if (delivery === null)
      return refuse('NOT_FOUND', 'This delivery does not exist or is not yours.', ['input', 'deliveryId']);
    const endpoint = await findEnabled(transaction, customerId, delivery.endpointId, 'deliveryId');
    if (isRefusal(endpoint)) return endpoint;
    const refused = await refusedTooManyResends(transaction, endpoint.id);
    if (refused !== null) return refused;
    const { eventId, objectId, sequence } = delivery;
    await insertDeliveries(transaction, [deliveryOf(endpoint.id, { id: eventId, objectId, sequence })]);
    await countResends(transaction, endpoint.id, 1);
    return (await findDelivery(transaction, customerId, delivery.id))!;
  });
}

export interface Replay {
  readonly endpointId: string;
  readonly from: Date;
  readonly to?: Date | null | undefined;
}

export interface Replayed {
  readonly events: number;
  readonly nextFrom: Date | null;
}

const mostEvents = 1_000;

/** Sends the events of a period to an endpoint again, oldest first. The end of the period is not part of it. */
export async function replayWebhooks(
  { em, identity }: NotificationContext,
  { endpointId, from, to }: Replay,
): Promise<Replayed | NotSent | Refusal<'INVALID_TIME' | 'TOO_MANY_ATTEMPTS'>> {
  const customerId = viewerOf(identity).id;
  const now = await databaseTime(em);
  // The present millisecond is part of the period.
  const end = to ?? new Date(now.getTime() + 1);
  const invalid = refusedPeriod(from, end, now);
  if (invalid !== null) return invalid;
  return await em.transactional(async (transaction) => {
    await lockWebhooks(transaction, customerId);
    const endpoint = await findEnabled(transaction, customerId, endpointId);
    if (isRefusal(endpoint)) return endpoint;
    const refused = await refusedTooManyResends(transaction, endpoint.id);
    if (refused !== null) return refused;
    const events = await eventsOf(transaction, endpoint, from, end);
    await insertDeliveries(
      transaction,
      events.map((event) => deliveryOf(endpoint.id, event)),
    );
    await countResends(transaction, endpoint.id, events.length);
    const last = events.length < mostEvents ? undefined : events.at(-1);
    return { events: events.length, nextFrom: last === undefined ? null : new Date(last.createdAt.getTime() + 1) };
  });
}

/** Events have times of the database's clock. */
async function databaseTime(em: Manager): Promise<Date> {
  const statement = sql`select clock_timestamp()::timestamptz(3) as time`;
  const [row] = await readRows(em, z.object({ time: z.date() }), statement);
  return row!.time;
}

interface TimedEvent extends StoredEvent {
  readonly createdAt: Date;
}

const eventRow = z.object({ id: z.string(), objectId: z.string(), sequence: z.int(), createdAt: z.date() });

/** The first events of a period. Those of one time stay together, so that the rest begins at a later time. */
async function eventsOf(em: Manager, endpoint: WebhookEndpointRow, from: Date, to: Date): Promise<TimedEvent[]> {
  const { customerId, eventTypes } = endpoint;
  const statement = sql`
    select id, object_id as "objectId", sequence, created_at as "createdAt" from webhook_events
    where customer_id = ${customerId} and created_at >= ${from.toISOString()} and created_at < ${to.toISOString()}
      and type = any(${[...eventTypes]}::text[])
    order by created_at
    fetch first ${mostEvents} rows with ties`;
  return await readRows(em, eventRow, statement);
}

async function findEnabled(
  em: Manager,
  customerId: string,
  id: string,
  field = 'endpointId',
): Promise<WebhookEndpointRow | NotSent> {
  const endpoint = await findOwnEndpoint(em, customerId, id);
  if (isRefusal(endpoint) || endpoint.disabledAt === null) return endpoint;
  return refuse('WEBHOOK_DISABLED', 'This webhook is disabled. Enable it first.', ['input', field]);
}

async function refusedTooManyTests(em: Manager, customerId: string): Promise<Refusal<'TOO_MANY_ATTEMPTS'> | null> {
  const statement = sql`
    select extract(epoch from created_at + make_interval(secs => ${hourS}) - now())::double precision as "waitS"
    from webhook_events
    where customer_id = ${customerId} and created_at > now() - make_interval(secs => ${hourS}) and type = ${testEvent}
    order by created_at desc
    offset ${mostTests - 1} limit 1`;
  const [oldest] = await readRows(em, z.object({ waitS: z.number() }), statement);
  if (oldest === undefined) return null;
  return refuseUntil('TOO_MANY_ATTEMPTS', `You can send ${mostTests} test events in an hour.`, oldest.waitS);
}
