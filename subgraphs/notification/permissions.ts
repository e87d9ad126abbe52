import { readsOneCustomer } from '#platform/audit/permissions.ts';
import { allow, isViewerOrNobody, isViewerWith, type Permissions } from '#platform/graphql/shield.ts';

const reads = isViewerWith('notifications:read');
const writes = isViewerWith('notifications:write');
/** A client that marks a message sees it. */
const sees = isViewerWith('notifications:read', 'notifications:write');

/**
 * The permissions of each field; a field without an entry is denied. Services and reference resolvers read only the
 * viewer's rows, so these types show nothing of other customers.
 */
export const permissions: Permissions = {
  Query: { viewer: isViewerOrNobody, notification: reads, customerIdOfNotification: readsOneCustomer },
  Mutation: { markNotificationRead: writes },
  User: { id: allow, notifications: reads },
  CustomerRecord: readsOneCustomer,
  NotificationRecord: readsOneCustomer,
  NotificationRecordEdge: readsOneCustomer,
  NotificationRecordConnection: readsOneCustomer,
  Order: { id: allow, notifications: reads },
  Notification: sees,
  NotificationConnection: reads,
  NotificationEdge: reads,
  NotificationPayload: writes,
  PageInfo: allow,
  UserError: allow,
};
