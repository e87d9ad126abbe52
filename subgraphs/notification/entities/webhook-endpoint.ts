import { defineEntity, p } from '@mikro-orm/postgresql';
import type { RowOf } from '#platform/postgres/database.ts';
import type { DisabledReason } from '#notification/domain/webhook-statuses.ts';
import type { WebhookEventName } from '#notification/domain/webhook-events.ts';

/** A URL to which a customer's events are sent. */
export const WebhookEndpoint = defineEntity({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoints',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    url: p.text(),
    eventTypes: p.array().$type<readonly WebhookEventName[]>(),
    description: p.text(),
    /** The secret that signs requests, encrypted. */
    secret: p.blob(),
    /** The secret before it, which signs too until `oldSecretEndsAt`. */
    oldSecret: p.blob().nullable(),
    oldSecretEndsAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    disabledAt: p.datetime(3).nullable(),
    disabledReason: p.text().$type<DisabledReason>().nullable(),
    /** How many attempts have failed since the last success. */
    failures: p.integer().defaultRaw('0'),
    failingSince: p.datetime(3).nullable(),
    /** The number of times that a worker has claimed or begun its deliveries: only the newest claim counts. */
    lease: p.integer().defaultRaw('0'),
    /** When a worker may claim its deliveries again. */
    claimableAt: p.datetime(3).defaultRaw('now()'),
    /** The beginning of the hour in which `resentEvents` were sent again. */
    resentSince: p.datetime(3).nullable(),
    resentEvents: p.integer().defaultRaw('0'),
  },
});

export type WebhookEndpointRow = RowOf<typeof WebhookEndpoint>;
