import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const registered = z.object({ register: z.object({ accessToken: z.string() }) });
const placed = z.object({ placeOrder: z.object({ order: z.object({ id: z.string() }) }) });
const notified = z.object({ order: z.object({ notifications: z.array(z.object({ kind: z.string() })) }) });

/**
 * Registers a customer, places an order, and waits for its notification.
 *
 * @param url the router's GraphQL endpoint.
 * @throws if there is no notification within ten seconds.
 */
export async function placeOrder(url: string): Promise<void> {
  const { register } = registered.parse(
    await request(url, 'mutation Register($input: RegisterInput!) { register(input: $input) { accessToken } }', {
      input: { email: `ada.${randomUUID()}@example.com`, name: 'Ada', password: 'correct horse battery staple' },
    }),
  );
  const token = register.accessToken;
  // Reading the accounts opens them. Otherwise the job that opens them may come later than the one that debits them.
  await request(url, 'query Accounts { viewer { accounts { id } } }', {}, token);
  const unitPrice = { amount: '12.50', currency: 'USD' };
  const { placeOrder } = placed.parse(
    await request(
      url,
      'mutation PlaceOrder($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code } } }',
      { input: { productId: 'book', quantity: 2, unitPrice, idempotencyKey: randomUUID() } },
      token,
    ),
  );
  const query = 'query Notified($id: ID!) { order(id: $id) { notifications { kind } } }';
  for (let triesLeft = 200; triesLeft > 0; triesLeft -= 1) {
    const { order } = notified.parse(await request(url, query, { id: placeOrder.order.id }, token));
    if (order.notifications.length > 0) return;
    await delay(50);
  }
  throw new Error('the customer was not notified of the order within ten seconds');
}

const answer = z.object({ data: z.unknown() });

async function request(url: string, query: string, variables: object, token?: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return answer.parse(JSON.parse(await response.text())).data;
}
