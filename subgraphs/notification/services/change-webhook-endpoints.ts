import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { isRefusal, refuse, type Refusal, together } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { forgetRows } from '#platform/postgres/forget-rows.ts';
import { ormClock, ormNext, ormTime } from '#platform/postgres/expressions.ts';
import { now } from '#platform/process/clock.ts';
import type { NotificationContext } from '#notification/context.ts';
import {
  descriptionOf,
  eventNamesOf,
  refusedOverlap,
  refusedSecondOverlap,
  urlOf,
} from '#notification/domain/webhook-endpoint.ts';
import type { WebhookEventType } from '#notification/domain/webhook-events.ts';
import { WebhookEndpoint, type WebhookEndpointRow } from '#notification/entities/webhook-endpoint.ts';
import { giveUpDeliveries } from './end-claim.ts';
import { listWebhookEndpoints } from './list-webhooks.ts';
import { type Confirmed, findOwnEndpoint, lockWebhooks, refusedUnconfirmedChange } from './own-webhooks.ts';
import { newWebhookSecret } from './webhook-secrets.ts';

/** The viewer's webhooks. Each change needs a confirmation, unless an API client with the scope makes it. */

export interface NewEndpoint extends Confirmed {
  readonly url: string;
  readonly eventTypes: readonly WebhookEventType[];
  readonly description?: string | null | undefined;
}

export interface ChangedEndpoint extends Confirmed {
  readonly endpointId: string;
  readonly url?: string | null | undefined;
  readonly eventTypes?: readonly WebhookEventType[] | null | undefined;
  readonly description?: string | null | undefined;
  readonly enabled?: boolean | null | undefined;
}

export interface NamedEndpoint extends Confirmed {
  readonly endpointId: string;
}

/** An endpoint with its new secret. The database has it encrypted. */
export interface EndpointWithSecret {
  readonly webhookEndpoint: WebhookEndpointRow;
  readonly secret: string;
}

const mostEndpoints = 10;

type Invalid = Refusal<'CONFIRMATION_REQUIRED' | 'INVALID_URL' | 'INVALID_EVENT_TYPES' | 'INVALID_DESCRIPTION'>;

export async function createWebhookEndpoint(
  context: NotificationContext,
  input: NewEndpoint,
): Promise<EndpointWithSecret | Invalid | Refusal<'TOO_MANY_WEBHOOKS'>> {
  const { em, identity, webhooks } = context;
  const [url, eventTypes] = [urlOf(input.url, webhooks.reachable), eventNamesOf(input.eventTypes)];
  const description = descriptionOf(input.description);
  const unconfirmed = await refusedUnconfirmedChange(context, input);
  const invalid = together([refusalIn(url), refusalIn(eventTypes), refusalIn(description), unconfirmed]);
  if (invalid !== null || isRefusal(url) || isRefusal(eventTypes) || isRefusal(description)) return invalid!;
  const [id, secret, customerId] = [randomUUIDv7(), newWebhookSecret(), viewerOf(identity).id];
  return await em.transactional(async (transaction) => {
    await lockWebhooks(transaction, customerId);
    if ((await listWebhookEndpoints(transaction, customerId)).length >= mostEndpoints) return refusedTooMany();
    const encrypted = webhooks.secrets.encrypt(id, secret);
    const times = { createdAt: ormClock() };
    await transaction.insert(WebhookEndpoint, {
      id,
      customerId,
      url,
      eventTypes,
      description,
      secret: encrypted,
      ...times,
    });
    return { webhookEndpoint: await findMade(transaction, customerId, id), secret };
  });
}

/**
 * Changes, disables or enables an endpoint. With a new URL, or when it is enabled, an endpoint begins anew: it has no
 * failures, and answers to requests that are under way no longer count for it.
 */
export async function updateWebhookEndpoint(
  context: NotificationContext,
  input: ChangedEndpoint,
): Promise<WebhookEndpointRow | Invalid | Refusal<'NOT_FOUND'>> {
  const url = input.url == null ? undefined : urlOf(input.url, context.webhooks.reachable);
  const eventTypes = input.eventTypes == null ? undefined : eventNamesOf(input.eventTypes);
  const description = input.description == null ? undefined : descriptionOf(input.description);
  const unconfirmed = await refusedUnconfirmedChange(context, input);
  const invalid = together([refusalIn(url), refusalIn(eventTypes), refusalIn(description), unconfirmed]);
  if (invalid !== null || isRefusal(url) || isRefusal(eventTypes) || isRefusal(description)) return invalid!;
  return await changed<never>(context, input, async (transaction, { id, disabledAt }) => {
    const texts = {
      ...(url === undefined ? {} : { url }),
      ...(eventTypes === undefined ? {} : { eventTypes }),
      ...(description === undefined ? {} : { description }),
    };
    const isDisabledNow = input.enabled === false && disabledAt === null;
    const change = {
      ...texts,
      ...(url !== undefined || input.enabled === true ? begunAnew() : {}),
      ...(input.enabled === true ? { disabledAt: null, disabledReason: null } : {}),
      ...(isDisabledNow ? disabledByOwner() : {}),
    };
    if (Object.keys(change).length > 0) await transaction.nativeUpdate(WebhookEndpoint, { id }, change);
    if (isDisabledNow) await giveUpDeliveries(transaction, id);
    return null;
  });
}

/**
 * Deletes the deliveries in short transactions, and then the endpoint. After a crash between them, the endpoint is
 * disabled and can be deleted again. The events stay for other endpoints.
 *
 * @returns the endpoint as it was.
 */
export async function deleteWebhookEndpoint(
  context: NotificationContext,
  input: NamedEndpoint,
): Promise<WebhookEndpointRow | Refusal<'CONFIRMATION_REQUIRED' | 'NOT_FOUND'>> {
  const refused = await refusedUnconfirmedChange(context, input);
  if (refused !== null) return refused;
  const customerId = viewerOf(context.identity).id;
  const { em } = context;
  const endpoint = await em.transactional(async (transaction) => {
    await lockWebhooks(transaction, customerId);
    const found = await findOwnEndpoint(transaction, customerId, input.endpointId);
    if (!isRefusal(found) && found.disabledAt === null)
      await transaction.nativeUpdate(WebhookEndpoint, { id: found.id }, disabledByOwner());
    return found;
  });
  if (isRefusal(endpoint)) return endpoint;
  const { id } = endpoint;
  await forgetRows(em, [{ table: 'webhook_deliveries', key: 'id', old: sql`endpoint_id = ${id}` }]);
  await em.nativeDelete(WebhookEndpoint, { id });
  return endpoint;
}

/**
 * Gives an endpoint a new secret. The one before signs too for some hours, so that the receiver need not stop. Two
 * secrets sign at most, so another overlap cannot begin before the first one ends.
 */
export async function rotateWebhookSecret(
  context: NotificationContext,
  input: NamedEndpoint & { readonly overlapHours?: number | null | undefined },
): Promise<EndpointWithSecret | Refusal<'CONFIRMATION_REQUIRED' | 'NOT_FOUND' | 'INVALID_TIME'>> {
  const hours = input.overlapHours ?? 24;
  const refused = together([refusedOverlap(hours), await refusedUnconfirmedChange(context, input)]);
  if (refused !== null) return refused;
  const secret = newWebhookSecret();
  const webhookEndpoint = await changed(
    context,
    input,
    async (transaction, { id, secret: oldSecret, oldSecretEndsAt }) => {
      const refusedOther = hours === 0 ? null : refusedSecondOverlap(oldSecretEndsAt, now());
      if (refusedOther !== null) return refusedOther;
      const old = { oldSecret, oldSecretEndsAt: ormTime(hours * 3_600) };
      await transaction.nativeUpdate(
        WebhookEndpoint,
        { id },
        { secret: context.webhooks.secrets.encrypt(id, secret), ...old },
      );
      return null;
    },
  );
  return isRefusal(webhookEndpoint) ? webhookEndpoint : { webhookEndpoint, secret };
}

/** @param change returns null, or why it is refused. */
async function changed<Code extends string>(
  { em, identity }: NotificationContext,
  { endpointId }: NamedEndpoint,
  change: (em: Manager, endpoint: WebhookEndpointRow) => Promise<Refusal<Code> | null>,
): Promise<WebhookEndpointRow | Refusal<'NOT_FOUND' | Code>> {
  const customerId = viewerOf(identity).id;
  return await em.transactional(async (transaction) => {
    await lockWebhooks(transaction, customerId);
    const endpoint = await findOwnEndpoint(transaction, customerId, endpointId);
    if (isRefusal(endpoint)) return endpoint;
    const refused = await change(transaction, endpoint);
    if (refused !== null) return refused;
    return await findMade(transaction, customerId, endpoint.id);
  });
}

/** Without failures, and without the claim of a job that uses the endpoint as it was. */
const begunAnew = () => ({ failures: 0, failingSince: null, claimableAt: ormTime(), lease: ormNext('lease') });

const disabledByOwner = () => ({
  failures: 0,
  failingSince: null,
  disabledAt: ormTime(),
  disabledReason: 'OWNER' as const,
});

async function findMade(em: Manager, customerId: string, id: string): Promise<WebhookEndpointRow> {
  const found = await findOwnEndpoint(em, customerId, id);
  if (isRefusal(found)) throw new Error('the webhook that was just written is missing');
  return found;
}

function refusalIn<Code extends string>(value: string | readonly string[] | Refusal<Code> | undefined) {
  return isRefusal(value) ? value : null;
}

function refusedTooMany(): Refusal<'TOO_MANY_WEBHOOKS'> {
  return refuse('TOO_MANY_WEBHOOKS', `You can have ${mostEndpoints} webhooks. Delete one first.`);
}
