import { type DatabaseDefinition, type Manager, propertyNames, type TableOf } from '#platform/postgres/database.ts';
import { Contact } from './entities/contact.ts';
import { Notification } from './entities/notification.ts';
import { WebhookAttempt } from './entities/webhook-attempt.ts';
import { WebhookDelivery } from './entities/webhook-delivery.ts';
import { WebhookEndpoint } from './entities/webhook-endpoint.ts';
import { WebhookEvent } from './entities/webhook-event.ts';
import { Notifications } from './migrations/2026-11-21-notifications.ts';
import { Statistics } from './migrations/2026-12-09-statistics.ts';
import { ProvedContacts } from './migrations/2026-12-13-proved-contacts.ts';
import { Senders } from './migrations/2026-12-17-senders.ts';
import { SendersIndex } from './migrations/2026-12-17-senders-index.ts';
import { RefusedMails } from './migrations/2026-12-20-refused-mails.ts';
import { BoundedMails } from './migrations/2026-12-23-bounded-mails.ts';
import { BoundedMailsIndexes } from './migrations/2026-12-23-bounded-mails-indexes.ts';
import { Webhooks } from './migrations/2026-12-26-webhooks.ts';
import { Refunds } from './migrations/2026-12-28-refunds.ts';
import { RefundsIndexes } from './migrations/2026-12-28-refunds-indexes.ts';
import { BoundedResends } from './migrations/2026-12-31-bounded-resends.ts';

export const database: DatabaseDefinition = {
  entities: [Notification, Contact, WebhookEndpoint, WebhookEvent, WebhookDelivery, WebhookAttempt],
  migrations: [
    { name: '2026-11-21-notifications', class: Notifications },
    { name: '2026-12-09-statistics', class: Statistics },
    { name: '2026-12-13-proved-contacts', class: ProvedContacts },
    { name: '2026-12-17-senders', class: Senders },
    { name: '2026-12-17-senders-index', class: SendersIndex },
    { name: '2026-12-20-refused-mails', class: RefusedMails },
    { name: '2026-12-23-bounded-mails', class: BoundedMails },
    { name: '2026-12-23-bounded-mails-indexes', class: BoundedMailsIndexes },
    { name: '2026-12-26-webhooks', class: Webhooks },
    { name: '2026-12-28-refunds', class: Refunds },
    { name: '2026-12-28-refunds-indexes', class: RefundsIndexes },
    { name: '2026-12-31-bounded-resends', class: BoundedResends },
  ],
};

interface Tables {
  notifications: TableOf<typeof Notification>;
  contacts: TableOf<typeof Contact>;
  webhook_endpoints: TableOf<typeof WebhookEndpoint>;
  webhook_events: TableOf<typeof WebhookEvent>;
  webhook_deliveries: TableOf<typeof WebhookDelivery>;
  webhook_attempts: TableOf<typeof WebhookAttempt>;
}

/** Typed queries. They run in the transaction of `em`, if it has one. */
export const tables = (em: Manager) => em.getKysely<Tables>().withPlugin(propertyNames);
