import DataLoader from 'dataloader';
import type { Manager } from '#platform/postgres/database.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { byId } from '#platform/graphql/loading.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import type { BaseContext } from '#platform/graphql/subgraph.ts';
import type { OrderRow } from './entities/order.ts';
import { findOrders } from './services/find-orders.ts';

/** A reference to a user, who belongs to the user subgraph. */
export interface CustomerReference {
  readonly id: string;
}

export interface OrderContext extends BaseContext {
  readonly em: Manager;
  /** The viewer's orders by id. One statement reads all that a request needs. */
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
