import { randomUUID } from 'node:crypto';
import { openOrders } from '../jobs/orders.ts';
import { workedOff } from '../jobs/product.ts';
import type { OwnSystem } from '../../../tools/system/own-system.ts';
import { type LoadRequest, loadHttp } from '../router/http-load.ts';
import { queries } from '../router/queries.ts';
import { registerUsers, transferRequests, type User } from '../transfer-load.ts';

/** Something that the system has to bear. */
export interface Load {
  /** What is counted. */
  readonly unit: 'request' | 'order';
  readonly prepare: (system: OwnSystem) => Promise<Prepared>;
}

export interface Prepared {
  /** What has to be there before, and does not belong to the load. */
  readonly makeReady: (seconds: number) => Promise<void>;
  /** Returns how much was borne. */
  readonly bear: (seconds: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

const connections = 32;

/** @param requestsOf what the user at each place asks again and again. */
const overHttp = (requestsOf: (url: string, users: readonly User[]) => (place: number) => LoadRequest): Load => ({
  unit: 'request',
  prepare: async ({ url }) => {
    const requests = requestsOf(url, await registerUsers(url, connections));
    return {
      makeReady: async () => undefined,
      bear: async (seconds) => {
        const { requests: answered, failed } = await loadHttp(requests, { connections, seconds });
        if (failed > 0) throw new Error(`${failed} of ${answered} requests failed`);
        return answered;
      },
      close: async () => undefined,
    };
  },
});

/** Requests are counted on from one load to the next, since a key is used once. */
function asked(body: (nth: number, user: User) => string): Load {
  return overHttp((url, users) => {
    let next = 0;
    return (place) => {
      const user = users[place]!;
      return { url, authorization: user.authorization, body: () => body(next++, user) };
    };
  });
}

/** As many orders as would take so long, about, from their commit to the last row of the outbox closed. */
const settlement: Load = {
  unit: 'order',
  prepare: async ({ databases }) => {
    const orders = await openOrders(databases, 2);
    const perSecond = 4_000;
    return {
      makeReady: async (seconds) => void (await orders.place(perSecond * seconds, { noted: true })),
      bear: async (seconds) => {
        await workedOff(orders.order);
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
 * By name: the queries that routers are compared with, transfers, orders with all that follows from them, and what
 * follows alone: settled, recorded and notified, without HTTP.
 */
export const loads: Readonly<Record<string, Load>> = {
  ...Object.fromEntries(
    queries.map(({ name, body }) => [
      name.replaceAll(' ', '-'),
      asked((nth, { accountId }) => body(nth, 'profile', accountId)),
    ]),
  ),
  transfers: overHttp(transferRequests),
  orders: asked(() => {
    const unitPrice = { amount: '0.01', currency: 'USD' };
    const input = { productId: 'book', unitPrice, quantity: 1, idempotencyKey: randomUUID() };
    return JSON.stringify({ operationName: 'Place', query: place, variables: { input } });
  }),
  settlement,
};
