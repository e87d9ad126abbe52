import { sql } from 'kysely';
import { z } from 'zod';
import { type Connection, idPosition, page, type PageRequest } from '#platform/graphql/paging.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { anyOf, condition } from '#platform/postgres/expressions.ts';
import { isId } from '#platform/validation/ids.ts';
import { tables } from '#notification/database.ts';
import { WebhookAttempt, type WebhookAttemptRow } from '#notification/entities/webhook-attempt.ts';
import type { DeliveryState, WebhookDeliveryRow } from '#notification/entities/webhook-delivery.ts';
import { WebhookEndpoint, type WebhookEndpointRow } from '#notification/entities/webhook-endpoint.ts';

/** A delivery with the type of its event. */
export interface DeliveryView extends WebhookDeliveryRow {
  readonly type: string;
}

export interface DeliveryListRequest extends PageRequest {
  readonly statuses?: readonly DeliveryState[] | null | undefined;
}

/** A customer's endpoints, oldest first. */
export async function listWebhookEndpoints(em: Manager, customerId: string): Promise<WebhookEndpointRow[]> {
  return await tables(em)
    .selectFrom('webhook_endpoints')
    .select(columnsOf(WebhookEndpoint))
    .where('customerId', '=', customerId)
    .orderBy('id')
    .execute();
}

/** A customer's endpoint; null if it does not exist or belongs to another customer. */
export async function findWebhookEndpoint(
  em: Manager,
  customerId: string,
  id: string,
): Promise<WebhookEndpointRow | null> {
  if (!isId(id)) return null;
  const found = await tables(em)
    .selectFrom('webhook_endpoints')
    .select(columnsOf(WebhookEndpoint))
    .where('id', '=', id)
    .where('customerId', '=', customerId)
    .executeTakeFirst();
  return found ?? null;
}

/** A page of an endpoint's deliveries, newest first. */
export async function listDeliveries(
  em: Manager,
  endpointId: string,
  request: DeliveryListRequest,
): Promise<Connection<DeliveryView>> {
  const { statuses } = request;
  return await page<DeliveryView, [string]>(request, {
    name: 'webhook deliveries',
    position: z.tuple([idPosition]),
    positionOf: ({ id }) => [id],
    fetch: async (limit, after) =>
      await deliveries(em)
        .where('endpointId', '=', endpointId)
        .$if(statuses != null, (query) => query.where('state', '=', anyOf(statuses!, 'text')))
        .$if(after !== null, (query) => query.where('webhook_deliveries.id', '<', after![0]))
        .orderBy('webhook_deliveries.id', 'desc')
        .limit(limit)
        .execute(),
  });
}

/** A customer's delivery; null if it does not exist or belongs to another customer. */
export async function findDelivery(em: Manager, customerId: string, id: string): Promise<DeliveryView | null> {
  const found = await deliveries(em)
    .where('webhook_deliveries.id', '=', id)
    .where('customerId', '=', customerId)
    .executeTakeFirst();
  return found ?? null;
}

function deliveries(em: Manager) {
  return tables(em)
    .selectFrom('webhook_deliveries')
    .innerJoin('webhook_events', 'webhook_events.id', 'webhook_deliveries.eventId')
    .select([
      'webhook_deliveries.id',
      'endpointId',
      'eventId',
      'webhook_deliveries.objectId',
      'webhook_deliveries.sequence',
      'state',
      'failures',
      'nextAttemptAt',
      'webhook_deliveries.createdAt',
      'type',
    ]);
}

/** Of a delivery. Older ones are deleted. */
export const mostAttempts = 30;

/** The newest attempts of each of these deliveries, newest first. The caller has checked whose deliveries they are. */
export async function findAttempts(em: Manager, deliveryIds: readonly string[]): Promise<WebhookAttemptRow[]> {
  return await tables(em)
    .selectFrom('webhook_attempts')
    .select(columnsOf(WebhookAttempt))
    .where('deliveryId', '=', anyOf(deliveryIds, 'uuid'))
    .where(
      condition(sql`(
        select count(*) from webhook_attempts newer
        where newer.delivery_id = webhook_attempts.delivery_id and newer.id > webhook_attempts.id
      ) < ${mostAttempts}`),
    )
    .orderBy('id', 'desc')
    .execute();
}
