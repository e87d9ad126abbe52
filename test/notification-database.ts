import { randomUUID } from 'node:crypto';
import { webhookSettings } from '#notification/config.ts';
import { database as definition, tables } from '#notification/database.ts';
import type { NotificationRow } from '#notification/entities/notification.ts';
import type { UserUpdate } from '#notification/services/keep-contacts.ts';
import type { WebhookSender } from '#notification/services/deliver-webhooks.ts';
import type { OrderUpdate } from '#notification/services/notify-of-orders.ts';
import type { TransferUpdate } from '#notification/services/notify-of-transfers.ts';
import { type Manager, openDatabase } from '#platform/postgres/database.ts';
import { webhookSecrets } from '#notification/services/webhook-secrets.ts';
import { createDatabases } from './database.ts';
import { jobKeySettings } from './job-keys.ts';

/** What the server of notification needs to change webhooks, with receivers on this machine. */
export const testWebhooks = {
  secrets: webhookSecrets(webhookSettings.NOTIFICATION_WEBHOOK_KEYS.parse(jobKeySettings.NOTIFICATION_WEBHOOK_KEYS)),
  reachable: 'private',
} as const;

/** The same for a worker that sends them. */
export const testSender: WebhookSender = { ...testWebhooks, stopping: new AbortController().signal };

/** A notification database of one's own. */
export async function openNotificationDatabase() {
  const databases = await createDatabases('notification');
  const url = databases.urls.notification;
  const database = await openDatabase(definition, { url, poolSize: 10, applicationName: 'test' });
  return {
    /** For the subgraph's server. */
    url: databases.processes.notification.service,
    newManager: (): Manager => database.em.fork(),
    /** All that a customer was told, the oldest first. */
    notificationsOf: async (customerId: string): Promise<NotificationRow[]> =>
      await tables(database.em.fork())
        .selectFrom('notifications')
        .selectAll()
        .where('customerId', '=', customerId)
        .orderBy('id')
        .execute(),
    close: async () => {
      await database.close();
      await databases.drop();
    },
  };
}

export type NotificationDatabase = Awaited<ReturnType<typeof openNotificationDatabase>>;

export function orderUpdate(changes: Partial<OrderUpdate> = {}): OrderUpdate {
  return {
    orderId: randomUUID(),
    customerId: randomUUID(),
    email: 'ada@example.com',
    name: 'Ada',
    productId: 'coffee',
    quantity: 3,
    currency: 'USD',
    totalMinor: 3750n,
    outcome: 'PAID',
    rejectionReason: null,
    isHeld: false,
    ...changes,
  };
}

export function transferUpdate(changes: Partial<TransferUpdate> = {}): TransferUpdate {
  return {
    transactionId: randomUUID(),
    customerId: randomUUID(),
    senderId: null,
    senderName: 'Grace',
    receivedMinor: 500n,
    currency: 'EUR',
    description: null,
    ...changes,
  };
}

export function userUpdate(changes: Partial<UserUpdate> = {}): UserUpdate {
  return { userId: randomUUID(), version: 1, email: 'ada@example.com', name: 'Ada', deleted: false, ...changes };
}

/** The last that is heard of a user. */
export function userGone(userId: string, version = 2): UserUpdate {
  return { userId, version, email: null, name: null, emailProved: false, deleted: true };
}
