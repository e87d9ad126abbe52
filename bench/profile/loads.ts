import { randomUUID } from 'node:crypto';
import type { LoadRequest } from '../router/http-load.ts';
import { queries } from '../router/queries.ts';
import { registerUsers, transferRequests, type User } from '../transfer-load.ts';

/** Something to ask of the system again and again. */
export interface Load {
  /** Prepares so many who ask, and says what each does. */
  readonly requestsOf: (url: string, connections: number) => Promise<(place: number) => LoadRequest>;
}

/** Requests are counted on from one load to the next, since a key is used once. */
const asked = (body: (nth: number, user: User) => string): Load => ({
  requestsOf: async (url, connections) => {
    const users = await registerUsers(url, connections);
    let next = 0;
    return (place) => {
      const user = users[place]!;
      return { url, authorization: user.authorization, body: () => body(next++, user) };
    };
  },
});

const place = `mutation Place($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id status } userErrors { code } }
}`;

/** By name: the queries that routers are compared with, transfers, and orders with all that follows from them. */
export const loads: Readonly<Record<string, Load>> = {
  ...Object.fromEntries(
    queries.map(({ name, body }) => [
      name.replaceAll(' ', '-'),
      asked((nth, { accountId }) => body(nth, 'profile', accountId)),
    ]),
  ),
  transfers: {
    requestsOf: async (url, connections) => transferRequests(url, await registerUsers(url, connections)),
  },
  orders: asked(() => {
    const unitPrice = { amount: '0.01', currency: 'USD' };
    const input = { productId: 'book', unitPrice, quantity: 1, idempotencyKey: randomUUID() };
    return JSON.stringify({ operationName: 'Place', query: place, variables: { input } });
  }),
};
