import { randomUUIDv7 } from 'node:crypto';
import type { QueryResultRow } from 'pg';
import { createContext, type OrderContext } from '#order/context.ts';
import { database, tables } from '#order/database.ts';
import { draftOrder } from '#order/domain/order.ts';
import type { OrderRow } from '#order/entities/order.ts';
import type { Consent } from '#order/services/find-consent.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { type Manager, openDatabase } from '#platform/postgres/database.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { openOutbox } from '#subgraphs/outbox.ts';
import { createDatabases, type TestDatabases } from './database.ts';
import { requestOf } from './factories.ts';
import { testJobKeys } from './job-keys.ts';

/** An order database for one test. */
export interface TestOrders {
  /** The URL with the role of the subgraph's server. */
  readonly url: string;
  readonly newManager: () => Manager;
  /** @returns the context of a request of this customer. */
  readonly as: (viewer: Viewer) => OrderContext;
  /** The consents that billing knows, by id. */
  readonly consents: Map<string, Consent>;
  /** Runs a statement as the owner of the tables. */
  readonly asOwner: (statement: string, values?: unknown[]) => Promise<QueryResultRow[]>;
  /** Inserts orders in any state. */
  readonly insert: (orders: readonly OrderRow[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** @param given databases of the caller's own, or new ones. Closing the orders drops them. */
export async function openTestOrders(given?: TestDatabases): Promise<TestOrders> {
  const databases = given ?? (await createDatabases('order'));
  const orm = await openDatabase(database, { url: databases.urls.order, poolSize: 10, applicationName: 'test' });
  const owned = await openDatabase(database, { url: databases.owners.order, poolSize: 1, applicationName: 'test' });
  const consents = new Map<string, Consent>();
  return {
    url: databases.processes.order.service,
    newManager: () => orm.em.fork(),
    as: (viewer) =>
      createContext(requestOf(viewer), orm.em.fork(), {
        outbox: openOutbox(orm.em, testJobKeys('order')),
        refundWithinDays: 90,
        findConsent: async (_identity, id) => consents.get(id) ?? null,
      }),
    consents,
    asOwner: async (statement, values) => await databases.asOwner('order', statement, values),
    insert: async (orders) => {
      await tables(owned.em.fork())
        .insertInto('orders')
        .values([...orders])
        .execute();
    },
    close: async () => {
      await orm.close();
      await owned.close();
      await databases.drop();
    },
  };
}

/** @returns a paid order of a customer; its total follows from unit price and quantity. */
export function orderRow(customerId: string, changes: Partial<Omit<OrderRow, 'totalMinor'>> = {}): OrderRow {
  const draft = draftOrder({
    productId: 'book',
    unitPrice: { amount: parseDecimal('10.00')!, currency: 'USD' },
    quantity: 1,
  });
  if (isRefusal(draft)) throw new Error(draft.message);
  const order = {
    id: randomUUIDv7(),
    customerId,
    ...draft,
    status: 'PAID' as const,
    placedAt: new Date(),
    ...changes,
  };
  return {
    refundedMinor: 0n,
    rejectionReason: order.status === 'REJECTED' ? 'INSUFFICIENT_FUNDS' : null,
    settledAt: order.status === 'PENDING' ? null : order.placedAt,
    ...order,
    totalMinor: order.unitPriceMinor * BigInt(order.quantity),
  };
}
