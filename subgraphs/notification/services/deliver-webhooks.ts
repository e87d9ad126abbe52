import { sql } from 'kysely';
import { z } from 'zod';
import { post } from '#platform/http/outgoing/post.ts';
import type { ReachableAddresses } from '#platform/validation/addresses.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows } from '#platform/postgres/read-rows.ts';
import { now } from '#platform/process/clock.ts';
import type { WebhookBody } from '#notification/domain/webhook-events.ts';
import { webhookAttempts } from '#notification/metrics.ts';
import { beginClaim, type ClaimedEndpoint, type DeliveringEndpoint } from './claim-webhooks.ts';
import { endClaim } from './end-claim.ts';
import { type EndedDelivery, postponeBlocked, recordAttempt } from './record-webhooks.ts';
import type { WrittenNotice } from './write-notifications.ts';
import { signedHeaders, type WebhookSecrets } from './webhook-secrets.ts';

/** What a process needs to deliver webhooks. */
export interface WebhookSender {
  readonly secrets: WebhookSecrets;
  readonly reachable: ReachableAddresses;
  /** Aborted when the process stops. */
  readonly stopping: AbortSignal;
}

/** How many deliveries a job makes, and how many of them at once. */
const perJob = 12;
const atOnce = 4;
/** A job begins no request after this time. With the time-out of a request, it ends well within its lease. */
const beginsWithinMs = 15_000;

/**
 * Delivers what is due at an endpoint, unless another job has begun the claim or a later one. The events of an object
 * go out in order: one waits until those before it are delivered or given up.
 *
 * @returns the message to the owner, if the endpoint was disabled.
 */
export async function deliverWebhooks(
  em: Manager,
  sender: WebhookSender,
  claim: ClaimedEndpoint,
): Promise<WrittenNotice | null> {
  const endpoint = await beginClaim(em, claim);
  if (endpoint === null) return null;
  // An endpoint that fails gets one request: it may be back.
  const due = await findDue(em, endpoint.id, endpoint.failures === 0 ? perJob : 1);
  const ended = await deliverAll(em, sender, endpoint, due);
  // Otherwise some deliveries went out, and the next claim finds the others.
  if (ended.every(({ isDelivered }) => !isDelivered)) await postponeBlocked(em, endpoint.id);
  return await endClaim(em, endpoint, ended);
}

const dueRow = z.object({
  id: z.string(),
  eventId: z.string(),
  objectId: z.string(),
  failures: z.int(),
  type: z.string(),
  sequence: z.int(),
  version: z.int(),
  data: z.record(z.string(), z.unknown()),
  eventAt: z.date(),
});
type DueDelivery = z.infer<typeof dueRow>;

async function findDue(em: Manager, endpointId: string, limit: number): Promise<DueDelivery[]> {
  const statement = sql`
    select delivery.id, delivery.event_id as "eventId", delivery.object_id as "objectId", delivery.failures,
      event.type, event.sequence, event.version, event.data, event.created_at as "eventAt"
    from webhook_deliveries delivery join webhook_events event on event.id = delivery.event_id
    where delivery.endpoint_id = ${endpointId} and delivery.state = 'PENDING' and delivery.next_attempt_at <= now()::timestamptz(3)
      and not exists (
        select from webhook_deliveries earlier
        where earlier.endpoint_id = delivery.endpoint_id and earlier.object_id = delivery.object_id
          and earlier.sequence < delivery.sequence and earlier.state = 'PENDING'
      )
    order by delivery.next_attempt_at, delivery.id
    limit ${limit}`;
  return await readRows(em, dueRow, statement);
}

/** Delivers several at once. After a failure, it begins no other: the endpoint may be down. */
async function deliverAll(
  em: Manager,
  sender: WebhookSender,
  endpoint: DeliveringEndpoint,
  due: readonly DueDelivery[],
): Promise<EndedDelivery[]> {
  const waiting = [...due];
  const ended: EndedDelivery[] = [];
  const startedAtMs = performance.now();
  const mayBegin = () =>
    !sender.stopping.aborted &&
    performance.now() - startedAtMs < beginsWithinMs &&
    ended.every(({ isDelivered }) => isDelivered);
  const deliverNext = async () => {
    while (mayBegin()) {
      const delivery = waiting.shift();
      if (delivery === undefined) return;
      const result = await deliver(em.fork(), sender, endpoint, delivery);
      if (result !== null) ended.push(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, deliverNext));
  return ended;
}

/** @returns null if the process stops: another one delivers the event. */
async function deliver(
  em: Manager,
  { secrets, reachable, stopping }: WebhookSender,
  endpoint: DeliveringEndpoint,
  { id, eventId, failures, eventAt, type, version, sequence, data }: DueDelivery,
): Promise<EndedDelivery | null> {
  const content: WebhookBody = { type, timestamp: eventAt.toISOString(), version, sequence, data };
  const body = JSON.stringify(content);
  const headers = signedHeaders(secrets, endpoint, { id: eventId, body, at: now() });
  const startedAtMs = performance.now();
  const result = await post({ url: endpoint.url, headers, body, reachable, signal: stopping });
  if (stopping.aborted && result.status === null) return null;
  const durationMs = Math.round(performance.now() - startedAtMs);
  const isDelivered = result.status !== null && result.status >= 200 && result.status < 300;
  webhookAttempts.inc({ outcome: isDelivered ? 'delivered' : (result.fault ?? 'refused').toLowerCase() });
  await recordAttempt(em, { deliveryId: id, isDelivered, failures, durationMs, result });
  return { isDelivered, isGone: result.status === 410 };
}
