import DataLoader from 'dataloader';
import type { Manager } from '#platform/database.ts';
import { viewerOf } from '#platform/identity.ts';
import { byId } from '#platform/loading.ts';
import type { Outbox } from '#platform/outbox.ts';
import type { BaseContext } from '#platform/subgraph.ts';
import type { OrderRow } from './entities/order.ts';
import { findOrders } from './services/find-orders.ts';

/** A user as this subgraph knows one. */
export interface CustomerReference {
  readonly id: string;
}

export interface OrderContext extends BaseContext {
  readonly em: Manager;
  /** The viewer's orders by id, all that a request asks for in one statement. */
  readonly orders: DataLoader<string, OrderRow | null>;
  readonly outbox: Outbox;
}

export function createContext(base: BaseContext, em: Manager, outbox: Outbox): OrderContext {
  return {
    ...base,
    em,
    orders: new DataLoader(async (ids) => byId(ids, await findOrders(em, viewerOf(base.identity).id, ids))),
    outbox,
  };
}
