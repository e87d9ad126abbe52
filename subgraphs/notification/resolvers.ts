import { permittedRecord, seesMasked } from '#platform/identity/customer-record.ts';
import { maskedEmail } from '#platform/identity/masking.ts';
import { ownReference, viewerReference } from '#platform/identity/identity.ts';
import { payload } from '#platform/errors/refusal.ts';
import { dateTimeScalar } from '#platform/graphql/scalars.ts';
import { maskedMessage } from './domain/messages.ts';
import { customerIdOfNotification } from './services/find-notifications.ts';
import { listNotifications } from './services/list-notifications.ts';
import { markNotificationRead } from './services/mark-notification-read.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  DateTime: dateTimeScalar,
  Query: {
    viewer: (_root, _args, { identity }) => viewerReference(identity),
    notification: (_root, { id }, { notifications }) => notifications.load(id),
    customerIdOfNotification: async (_root, args, context) => await customerIdOfNotification(context, args),
  },
  Mutation: {
    markNotificationRead: async (_root, { input }, context) =>
      payload('notification', await markNotificationRead(context, input)),
  },
  User: {
    __resolveReference: (reference, { identity }) => ownReference(reference, identity),
    notifications: ({ id }, args, { em }) => listNotifications(em, id, args),
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
