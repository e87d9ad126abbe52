import { readsOneCustomer } from '#platform/audit/permissions.ts';
import { allow, isViewer, isViewerOrNobody, type Permissions } from '#platform/graphql/shield.ts';

/**
 * The permissions of each field; a field without an entry is denied. Services and reference resolvers read only the
 * viewer's rows, so these types show nothing of other customers.
 */
export const permissions: Permissions = {
  Query: { viewer: isViewerOrNobody, notification: isViewer, customerIdOfNotification: readsOneCustomer },
  Mutation: { markNotificationRead: isViewer },
  User: { id: allow, notifications: isViewer },
  CustomerRecord: readsOneCustomer,
  NotificationRecord: readsOneCustomer,
  NotificationRecordEdge: readsOneCustomer,
  NotificationRecordConnection: readsOneCustomer,
  Order: { id: allow, notifications: isViewer },
  Notification: isViewer,
  NotificationConnection: isViewer,
  NotificationEdge: isViewer,
  NotificationPayload: isViewer,
  PageInfo: allow,
  UserError: allow,
};
