import { permittedRecord, seesMasked } from '#platform/identity/customer-record.ts';
import { maskedEmail } from '#platform/identity/masking.ts';
import { ownReference, viewerOf, viewerReference } from '#platform/identity/identity.ts';
import { now } from '#platform/process/clock.ts';
import { payload } from '#platform/errors/refusal.ts';
import { dateTimeScalar } from '#platform/graphql/scalars.ts';
import { maskedMessage } from './domain/messages.ts';
import { customerIdOfNotification } from './services/find-notifications.ts';
import { listNotifications } from './services/list-notifications.ts';
import { markNotificationRead } from './services/mark-notification-read.ts';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from './services/change-webhook-endpoints.ts';
import { findWebhookEndpoint, listDeliveries, listWebhookEndpoints } from './services/list-webhooks.ts';
import { redeliverWebhook, replayWebhooks, sendTestWebhook } from './services/resend-webhooks.ts';
import { statusOf } from './domain/webhook-statuses.ts';
import { typeOfName } from './domain/webhook-events.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  DateTime: dateTimeScalar,
  Query: {
    viewer: (_root, _args, { identity }) => viewerReference(identity),
    notification: (_root, { id }, { notifications }) => notifications.load(id),
    webhookEndpoint: async (_root, { id }, { em, identity }) =>
      await findWebhookEndpoint(em, viewerOf(identity).id, id),
    customerIdOfNotification: async (_root, args, context) => await customerIdOfNotification(context, args),
  },
  Mutation: {
    markNotificationRead: async (_root, { input }, context) =>
      payload('notification', await markNotificationRead(context, input)),
    createWebhookEndpoint: async (_root, { input }, context) =>
      payload('webhookSecret', await createWebhookEndpoint(context, input)),
    updateWebhookEndpoint: async (_root, { input }, context) =>
      payload('webhookEndpoint', await updateWebhookEndpoint(context, input)),
    deleteWebhookEndpoint: async (_root, { input }, context) =>
      payload('webhookEndpoint', await deleteWebhookEndpoint(context, input)),
    rotateWebhookSecret: async (_root, { input }, context) =>
      payload('webhookSecret', await rotateWebhookSecret(context, input)),
    sendTestWebhook: async (_root, { input }, context) =>
      payload('webhookDelivery', await sendTestWebhook(context, input)),
    redeliverWebhook: async (_root, { input }, context) =>
      payload('webhookDelivery', await redeliverWebhook(context, input)),
    replayWebhooks: async (_root, { input }, context) => payload('webhookReplay', await replayWebhooks(context, input)),
  },
  User: {
    __resolveReference: (reference, { identity }) => ownReference(reference, identity),
    notifications: ({ id }, args, { em }) => listNotifications(em, id, args),
    webhookEndpoints: ({ id }, _args, { em }) => listWebhookEndpoints(em, id),
  },
  WebhookEndpoint: {
    eventTypes: ({ eventTypes }) => eventTypes.map(typeOfName),
    status: (endpoint) => statusOf(endpoint),
    oldSecretEndsAt: ({ oldSecretEndsAt }) =>
      oldSecretEndsAt !== null && oldSecretEndsAt > now() ? oldSecretEndsAt : null,
    deliveries: ({ id }, args, { em }) => listDeliveries(em, id, args),
  },
  WebhookDelivery: {
    eventType: ({ type }) => type,
    status: ({ state }) => state,
    nextAttemptAt: ({ state, nextAttemptAt }) => (state === 'PENDING' ? nextAttemptAt : null),
    attempts: ({ id }, _args, { attempts }) => attempts.load(id),
  },
  CustomerRecord: {
    __resolveReference: async (reference, context) => await permittedRecord(reference, context),
    notifications: ({ id }, args, { em }) => listNotifications(em, id, args),
  },
  NotificationRecord: {
    recipient: ({ recipient }, _args, { identity }) => (seesMasked(identity) ? maskedEmail(recipient) : recipient),
    subject: (row, _args, { identity }) => (seesMasked(identity) ? maskedMessage(row) : row).subject,
    body: (row, _args, { identity }) => (seesMasked(identity) ? maskedMessage(row) : row).body,
  },
  Order: {
    notifications: ({ id }, _args, { notificationsOfOrders }) => notificationsOfOrders.load(id),
  },
  NotificationConnection: {
    totalCount: (connection) => connection.countTotal(),
    unreadCount: (connection) => connection.countUnread(),
  },
  Notification: {
    __resolveReference: ({ id }, { notifications }) => notifications.load(id),
    order: ({ orderId }) => (orderId == null ? null : { id: orderId }),
  },
};
