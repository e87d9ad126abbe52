import { defineEntity, p } from '@mikro-orm/postgresql';
import type { RowOf } from '#platform/postgres/database.ts';

export const deliveryStates = ['PENDING', 'DELIVERED', 'GIVEN_UP'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** An event for an endpoint. */
export const WebhookDelivery = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_deliveries',
  properties: {
    id: p.uuid().primary(),
    endpointId: p.uuid(),
    eventId: p.uuid(),
    /** Copies of the event's, so that one index finds what a delivery waits for. */
    objectId: p.uuid(),
    sequence: p.integer(),
    state: p.text().$type<DeliveryState>(),
    /** How many attempts have failed since the event was written, or was sent again. */
    failures: p.integer().defaultRaw('0'),
    nextAttemptAt: p.datetime(3).defaultRaw('now()'),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

export type WebhookDeliveryRow = RowOf<typeof WebhookDelivery>;
