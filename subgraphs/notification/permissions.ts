import { allow, isStaff, isViewer, isViewerOrNobody, type Permissions } from '#platform/graphql/shield.ts';

/** Reads about one customer, with a recorded look. */
const reads = isStaff('SUPPORT', 'OPERATOR', 'AUDITOR');

/**
 * The permissions of each field; a field without an entry is denied. Services and reference resolvers read only the
 * viewer's rows, so these types show nothing of other customers.
 */
export const permissions: Permissions = {
  Query: { viewer: isViewerOrNobody, notification: isViewer },
  Mutation: { markNotificationRead: isViewer },
  User: { id: allow, notifications: isViewer },
  CustomerRecord: reads,
  NotificationRecord: reads,
  NotificationRecordEdge: reads,
  NotificationRecordConnection: reads,
  Order: { id: allow, notifications: isViewer },
  Notification: isViewer,
  NotificationConnection: isViewer,
  NotificationEdge: isViewer,
  NotificationPayload: isViewer,
  PageInfo: allow,
  UserError: allow,
};
