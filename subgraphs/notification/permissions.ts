import { allow, isViewer, isViewerOrNobody, type Permissions } from '#platform/graphql/shield.ts';

/**
 * Who may ask for what; what is not named here is denied. Services and reference resolvers look only among the
 * viewer's own, so that what these types show is the viewer's already.
 */
export const permissions: Permissions = {
  Query: { viewer: isViewerOrNobody, notification: isViewer },
  Mutation: { markNotificationRead: isViewer },
  User: { id: allow, notifications: isViewer },
  Order: { id: allow, notifications: isViewer },
  Notification: isViewer,
  NotificationConnection: isViewer,
  NotificationEdge: isViewer,
  NotificationPayload: isViewer,
  PageInfo: allow,
  UserError: allow,
};
