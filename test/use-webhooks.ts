import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { sql } from 'kysely';
import { createContext } from '#notification/context.ts';
import { createWebhookEndpoint, type NewEndpoint } from '#notification/services/change-webhook-endpoints.ts';
import { claimWebhooks } from '#notification/services/claim-webhooks.ts';
import { deliverWebhooks } from '#notification/services/deliver-webhooks.ts';
import { keepContacts } from '#notification/services/keep-contacts.ts';
import { listDeliveries } from '#notification/services/list-webhooks.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { requestOf, someone } from './factories.ts';
import {
  type NotificationDatabase,
  openNotificationDatabase,
  orderUpdate,
  testSender,
  testWebhooks,
  userUpdate,
} from './notification-database.ts';
import { startWebhookReceiver, verifiedEvent, type WebhookReceiver } from './webhook-receiver.ts';

/** Gives the tests of a file a notification database and a receiver, and each test a customer without webhooks. */
export function useWebhooks() {
  let database: NotificationDatabase;
  let receiver: WebhookReceiver;
  let ada: Viewer;
  beforeAll(async () => {
    [database, receiver] = await Promise.all([openNotificationDatabase(), startWebhookReceiver()]);
  });
  afterAll(async () => {
    await receiver.close();
    await database.close();
  });
  beforeEach(async () => {
    await run(sql`delete from webhook_endpoints`);
    receiver.received.length = 0;
    receiver.answer = () => ({ status: 204 });
    ada = someone();
    await keepContacts(database.newManager(), [userUpdate({ userId: ada.id })]);
  });

  const newManager = () => database.newManager();
  const run = async (statement: ReturnType<typeof sql>) => await statement.execute(newManager().getKysely());
  const context = (viewer = ada) => createContext(requestOf(viewer), newManager(), testWebhooks);

  return {
    get receiver() {
      return receiver;
    },
    get ada() {
      return ada;
    },
    newManager,
    run,
    context,
    notificationsOf: async (customerId: string) => await database.notificationsOf(customerId),

    /** Creates an endpoint for all types, unless the changes name others. */
    newEndpoint: async (changes: Partial<NewEndpoint> = {}, viewer = ada) => {
      const all = [
        'ORDER_PAID',
        'ORDER_REJECTED',
        'ORDER_CANCELLED',
        'ORDER_REFUNDED',
        'TRANSFER_RECEIVED',
        'TRANSFER_SENT',
      ] as const;
      const made = await createWebhookEndpoint(context(viewer), { url: receiver.url, eventTypes: all, ...changes });
      if (isRefusal(made)) throw new Error(made.message);
      return { id: made.webhookEndpoint.id, secret: made.secret };
    },

    /** Delivers what is due, as the jobs do. Returns the messages to owners of endpoints that were disabled. */
    deliverDue: async (sender = testSender) => {
      const claimed = await claimWebhooks(newManager());
      return await Promise.all(claimed.map(async (claim) => await deliverWebhooks(newManager(), sender, claim)));
    },

    /** Lets time pass: everything that waits is due. */
    pass: async (hours = 0) => {
      await run(sql`update webhook_deliveries set next_attempt_at = now() where state = 'PENDING'`);
      await run(sql`
        update webhook_endpoints set claimable_at = now(), failing_since = failing_since - make_interval(hours => ${hours})`);
    },

    order: (changes: Parameters<typeof orderUpdate>[0] = {}) => orderUpdate({ customerId: ada.id, ...changes }),
    events: (secret: string) => receiver.received.map((request) => verifiedEvent(secret, request)),
    stateOf: async (endpointId: string) =>
      (await listDeliveries(newManager(), endpointId, {})).nodes.map(({ state }) => state),
  };
}
