import { defineEntity, p } from '@mikro-orm/postgresql';
import type { RowOf } from '#platform/postgres/database.ts';
import type { PostFault } from '#platform/http/outgoing/post.ts';

/** A request to an endpoint, and what came of it. */
export const WebhookAttempt = defineEntity({
  name: 'WebhookAttempt',
  tableName: 'webhook_attempts',
  properties: {
    id: p.uuid().primary(),
    deliveryId: p.uuid(),
    /** The status of the answer; null if there was none. */
    status: p.integer().nullable(),
    /** Why there was no answer; null if there was one. */
    fault: p.text().$type<PostFault>().nullable(),
    durationMs: p.integer(),
    /** The beginning of the answer's body; null if there was no answer. */
    excerpt: p.text().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

export type WebhookAttemptRow = RowOf<typeof WebhookAttempt>;
