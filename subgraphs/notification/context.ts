import DataLoader from 'dataloader';
import type { Manager } from '#platform/postgres/database.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { byId, groupedBy } from '#platform/graphql/loading.ts';
import type { BaseContext } from '#platform/graphql/subgraph.ts';
import type { NotificationRow } from './entities/notification.ts';
import { findNotifications, findNotificationsOfOrders } from './services/find-notifications.ts';

/** A user as this subgraph knows one. */
export interface CustomerReference {
  readonly id: string;
}

/** An order as this subgraph knows one. */
export interface OrderReference {
  readonly id: string;
}

export interface NotificationContext extends BaseContext {
  readonly em: Manager;
  /** The viewer's notifications by id, all that a request asks for in one statement. */
  readonly notifications: DataLoader<string, NotificationRow | null>;
  /** The viewer's notifications by order id, the same way. */
  readonly notificationsOfOrders: DataLoader<string, NotificationRow[]>;
}

export function createContext(base: BaseContext, em: Manager): NotificationContext {
  return {
    ...base,
    em,
    notifications: new DataLoader(async (ids) => {
      return byId(ids, await findNotifications(em, viewerOf(base.identity).id, ids));
    }),
    notificationsOfOrders: new DataLoader(async (orderIds) => {
      const rows = await findNotificationsOfOrders(em, viewerOf(base.identity).id, orderIds);
      return groupedBy(orderIds, rows, ({ orderId }) => orderId ?? null);
    }),
  };
}
