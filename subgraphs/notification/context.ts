import DataLoader from 'dataloader';
import type { Manager } from '#platform/postgres/database.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { byId, groupedBy } from '#platform/graphql/loading.ts';
import type { BaseContext } from '#platform/graphql/subgraph.ts';
import type { NotificationRow } from './entities/notification.ts';
import { findNotifications, findNotificationsOfOrders } from './services/find-notifications.ts';

/** A reference to a user, who belongs to the user subgraph. */
export interface CustomerReference {
  readonly id: string;
}

/** A reference to an order, which belongs to the order subgraph. */
export interface OrderReference {
  readonly id: string;
}

export interface NotificationContext extends BaseContext {
  readonly em: Manager;
  /** Loads the viewer's notifications by id, with one statement per request. */
  readonly notifications: DataLoader<string, NotificationRow | null>;
  /** Loads the viewer's notifications by order id, with one statement per request. */
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
