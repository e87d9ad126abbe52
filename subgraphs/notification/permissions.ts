import { readsOneCustomer } from '#platform/audit/permissions.ts';
import { allow, isViewerOrNobody, isViewerWith, type Permissions } from '#platform/graphql/shield.ts';

const reads = isViewerWith('notifications:read');
const writes = isViewerWith('notifications:write');
/** A client that marks a message sees it. */
const sees = isViewerWith('notifications:read', 'notifications:write');
const readsWebhooks = isViewerWith('webhooks:read');
const writesWebhooks = isViewerWith('webhooks:write');
/** A client that changes a webhook sees it. */
const seesWebhooks = isViewerWith('webhooks:read', 'webhooks:write');

/**
 * The permissions of each field; a field without an entry is denied. Services and reference resolvers read only the
 * viewer's rows, so these types show nothing of other customers.
 */
export const permissions: Permissions = {
  Query: {
    viewer: isViewerOrNobody,
    notification: reads,
    webhookEndpoint: readsWebhooks,
    customerIdOfNotification: readsOneCustomer,
  },
  Mutation: {
    markNotificationRead: writes,
    createWebhookEndpoint: writesWebhooks,
    updateWebhookEndpoint: writesWebhooks,
    deleteWebhookEndpoint: writesWebhooks,
    rotateWebhookSecret: writesWebhooks,
    sendTestWebhook: writesWebhooks,
    redeliverWebhook: writesWebhooks,
    replayWebhooks: writesWebhooks,
  },
  User: { id: allow, notifications: reads, webhookEndpoints: readsWebhooks },
  CustomerRecord: readsOneCustomer,
  NotificationRecord: readsOneCustomer,
  NotificationRecordEdge: readsOneCustomer,
  NotificationRecordConnection: readsOneCustomer,
  Order: { id: allow, notifications: reads },
  Notification: sees,
  NotificationConnection: reads,
  NotificationEdge: reads,
  NotificationPayload: writes,
  WebhookEndpoint: seesWebhooks,
  WebhookDelivery: seesWebhooks,
  WebhookDeliveryConnection: seesWebhooks,
  WebhookDeliveryEdge: seesWebhooks,
  WebhookAttempt: seesWebhooks,
  WebhookEndpointPayload: writesWebhooks,
  WebhookSecret: writesWebhooks,
  WebhookSecretPayload: writesWebhooks,
  WebhookDeliveryPayload: writesWebhooks,
  WebhookReplay: writesWebhooks,
  WebhookReplayPayload: writesWebhooks,
  PageInfo: allow,
  UserError: allow,
};
