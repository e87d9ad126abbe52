import { notification, pageInfo, userErrors } from '../fragments.ts';
import type { Route } from '../route.ts';

export const notifications: readonly Route[] = [
  {
    method: 'GET',
    path: '/notifications',
    tag: 'Notifications',
    summary: 'List the messages, newest first.',
    document: `query RestNotifications(
  $first: Int = 20, $after: String, $filter: NotificationFilter, $totalCount: Boolean = false, $unreadCount: Boolean = false
) {
  viewer {
    notifications(first: $first, after: $after, filter: $filter) {
      totalCount @include(if: $totalCount) unreadCount @include(if: $unreadCount) nodes { ...Notification } ${pageInfo}
    }
  }
}
${notification}`,
    result: ['viewer', 'notifications'],
    answer: { kind: 'list' },
  },
  {
    method: 'GET',
    path: '/notifications/{id}',
    tag: 'Notifications',
    summary: 'Read a message.',
    document: `query RestNotification($id: ID!) { notification(id: $id) { ...Notification } }
${notification}`,
    result: ['notification'],
    answer: { kind: 'object' },
  },
  {
    method: 'PUT',
    path: '/notifications/{notificationId}/read',
    tag: 'Notifications',
    summary: 'Mark a message as read. Marking it again changes nothing.',
    document: `mutation RestMarkRead($notificationId: ID!) {
  payload: markNotificationRead(input: { notificationId: $notificationId }) {
    notification { ...Notification } ${userErrors}
  }
}
${notification}`,
    result: ['payload', 'notification'],
    answer: { kind: 'changed' },
    refusals: ['NOT_FOUND'],
  },
];
