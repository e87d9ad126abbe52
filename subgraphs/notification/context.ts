import DataLoader from 'dataloader';
import type { Manager } from '#platform/postgres/database.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { byId, groupedBy } from '#platform/graphql/loading.ts';
import type { BaseContext } from '#platform/graphql/subgraph.ts';
import type { NotificationRow } from './entities/notification.ts';
import type { ReachableAddresses } from '#platform/validation/addresses.ts';
import type { WebhookAttemptRow } from './entities/webhook-attempt.ts';
import { findNotifications, findNotificationsOfOrders } from './services/find-notifications.ts';
import { findAttempts } from './services/list-webhooks.ts';
import type { WebhookSecrets } from './services/webhook-secrets.ts';

/** A reference to a user, who belongs to the user subgraph. */
export interface CustomerReference {
  readonly id: string;
}

/** A reference to an order, which belongs to the order subgraph. */
export interface OrderReference {
  readonly id: string;
}

/** What the server needs to change webhooks. */
export interface WebhookParts {
  readonly secrets: WebhookSecrets;
  /** Which addresses the URLs of webhooks may have. */
  readonly reachable: ReachableAddresses;
}

export interface NotificationContext extends BaseContext {
  readonly em: Manager;
  readonly webhooks: WebhookParts;
  /** Loads the viewer's notifications by id, with one statement per request. */
  readonly notifications: DataLoader<string, NotificationRow | null>;
  /** Loads the viewer's notifications by order id, with one statement per request. */
  readonly notificationsOfOrders: DataLoader<string, NotificationRow[]>;
  /** Loads the attempts of deliveries that the viewer owns, with one statement per request. */
  readonly attempts: DataLoader<string, WebhookAttemptRow[]>;
}

export function createContext(base: BaseContext, em: Manager, webhooks: WebhookParts): NotificationContext {
  return {
    ...base,
    em,
    webhooks,
    notifications: new DataLoader(async (ids) => {
      return byId(ids, await findNotifications(em, viewerOf(base.identity).id, ids));
    }),
    notificationsOfOrders: new DataLoader(async (orderIds) => {
      const rows = await findNotificationsOfOrders(em, viewerOf(base.identity).id, orderIds);
      return groupedBy(orderIds, rows, ({ orderId }) => orderId ?? null);
    }),
    attempts: new DataLoader(async (deliveryIds) => {
      return groupedBy(deliveryIds, await findAttempts(em, deliveryIds), ({ deliveryId }) => deliveryId);
    }),
  };
}
