import { defineEntity, p } from '@mikro-orm/postgresql';

/** Something that happened to an order or a transfer of a customer who has an endpoint. Its id is the `webhook-id`. */
export const WebhookEvent = defineEntity({
  name: 'WebhookEvent',
  tableName: 'webhook_events',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    type: p.text(),
    /** The order or the transaction. For a test event, its own id. */
    objectId: p.uuid(),
    /** The position among the events of the object, from 1. */
    sequence: p.integer(),
    version: p.integer(),
    data: p.json().$type<object>(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
