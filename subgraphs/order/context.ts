import DataLoader from 'dataloader';
import type { Manager } from '#platform/postgres/database.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { byId, groupedBy } from '#platform/graphql/loading.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import type { BaseContext } from '#platform/graphql/subgraph.ts';
import type { OrderRow } from './entities/order.ts';
import type { RefundRow } from './entities/refund.ts';
import type { ShopOrderRow } from './entities/shop-order.ts';
import type { FindConsent } from './services/find-consent.ts';
import { findOrders } from './services/find-orders.ts';
import { findRefunds } from './services/find-refunds.ts';
import { findShopsOfOrders } from './services/find-shops-of-orders.ts';

/** A reference to a user, who belongs to the user subgraph. */
export interface CustomerReference {
  readonly id: string;
}

export interface OrderContext extends BaseContext {
  readonly em: Manager;
  /** The viewer's orders by id. One statement reads all that a request needs. */
  readonly orders: DataLoader<string, OrderRow | null>;
  /** What an order has in addition if a shop placed it. Who sees an order sees its shop. */
  readonly shopsOfOrders: DataLoader<string, ShopOrderRow | null>;
  /** The refunds of an order, oldest first. Who sees an order sees its refunds. */
  readonly refundsOfOrder: DataLoader<string, RefundRow[]>;
  readonly outbox: Outbox;
  /** For how many days after its payment a customer can refund an order. */
  readonly refundWithinDays: number;
  readonly findConsent: FindConsent;
}

export type OrderParts = Pick<OrderContext, 'outbox' | 'findConsent' | 'refundWithinDays'>;

export function createContext(base: BaseContext, em: Manager, parts: OrderParts): OrderContext {
  return {
    ...base,
    em,
    orders: new DataLoader(async (ids) => byId(ids, await findOrders(em, viewerOf(base.identity).id, ids))),
    shopsOfOrders: new DataLoader(async (ids) => {
      const shops = new Map((await findShopsOfOrders(em, ids)).map((shop) => [shop.orderId, shop]));
      return ids.map((id) => shops.get(id) ?? null);
    }),
    refundsOfOrder: new DataLoader(async (ids) => groupedBy(ids, await findRefunds(em, ids), ({ orderId }) => orderId)),
    ...parts,
  };
}
