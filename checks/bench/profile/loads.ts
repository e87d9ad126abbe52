import { randomUUID } from 'node:crypto';
import { openOrders } from '../jobs/orders.ts';
import { untilOutboxEmpty } from '../jobs/product.ts';
import type { OwnSystem } from '../../../tools/system/own-system.ts';
import { type LoadRequest, loadHttp } from '../router/http-load.ts';
import { queries } from '../router/queries.ts';
import { registerUsers, transferRequests, type User } from '../transfer-load.ts';

/** A load that can be profiled. */
export interface Load {
  /** The unit in which the load is counted. */
  readonly unit: 'request' | 'order';
  readonly prepare: (system: OwnSystem) => Promise<Prepared>;
}

export interface Prepared {
  /** Prepares data that the load needs; not measured. */
  readonly prepareLoad: (seconds: number) => Promise<void>;
  /** Runs the load. @returns the number of completed units. */
  readonly runLoad: (seconds: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

const connections = 32;

/** @param requestsOf the repeated request of the user with each index. */
const overHttp = (requestsOf: (url: string, users: readonly User[]) => (place: number) => LoadRequest): Load => ({
  unit: 'request',
  prepare: async ({ url }) => {
    const requests = requestsOf(url, await registerUsers(url, connections));
    return {
      prepareLoad: async () => undefined,
      runLoad: async (seconds) => {
        const { requests: answered, failed } = await loadHttp(requests, { connections, seconds });
        if (failed > 0) throw new Error(`${failed} of ${answered} requests failed`);
        return answered;
      },
      close: async () => undefined,
    };
  },
});

/** Numbers requests across loads, since each idempotency key is used once. */
function repeated(body: (nth: number, user: User) => string): Load {
  return overHttp((url, users) => {
    let next = 0;
    return (place) => {
      const user = users[place]!;
      return { url, authorization: user.authorization, body: () => body(next++, user) };
    };
  });
}

/** Orders for about that many seconds, from their commit to the last closed outbox row. */
const settlement: Load = {
  unit: 'order',
  prepare: async ({ databases }) => {
    const orders = await openOrders(databases, 2);
    const perSecond = 4_000;
    return {
      prepareLoad: async (seconds) => void (await orders.place(perSecond * seconds, { withOutbox: true })),
      runLoad: async (seconds) => {
        await untilOutboxEmpty(orders.order);
        return perSecond * seconds;
      },
      close: orders.close,
    };
  },
};

const place = `mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id status } userErrors { code } }
}`;

/**
 * Loads by name: the queries of the router bench, transfers, orders with their jobs, and the jobs only (orders settled,
 * recorded and notified without HTTP).
 */
export const loads: Readonly<Record<string, Load>> = {
  ...Object.fromEntries(
    queries.map(({ name, body }) => [
      name.replaceAll(' ', '-'),
      repeated((nth, { accountId }) => body(nth, 'profile', accountId)),
    ]),
  ),
  transfers: overHttp(transferRequests),
  orders: repeated(() => {
    const unitPrice = { amount: '0.01', currency: 'USD' };
    const input = { productId: 'book', unitPrice, quantity: 1, idempotencyKey: randomUUID() };
    return JSON.stringify({ operationName: 'Place', query: place, variables: { input } });
  }),
  settlement,
};
