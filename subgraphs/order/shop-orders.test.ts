import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import type { Viewer } from '#platform/identity/identity.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { newKey, someone, someShop, usd } from '#test/factories.ts';
import { openTestOrders } from '#test/orders.ts';
import { consentFinder } from './services/find-consent.ts';
import { findOrders } from './services/find-orders.ts';
import { placeShopOrder } from './services/place-shop-order.ts';
import { recordOutcomes } from './services/record-outcomes.ts';
import { sealOrders } from './services/seal-orders.ts';
import { findShopOrder, listShopOrders } from './services/shop-orders.ts';
import { resolvers } from './resolvers.ts';

const orders = await openTestOrders();
afterAll(async () => await orders.close());

const shop = someShop();

/** A consent of a customer, which billing knows. */
function consentOf(customer: Viewer): string {
  const id = randomUUID();
  orders.consents.set(id, { customerId: customer.id, currency: 'USD', shopName: 'Book Shop' });
  return id;
}

const asked = (consentId: string, changes: object = {}) => ({
  consentId,
  productId: 'book',
  unitPrice: usd('3.00'),
  quantity: 2,
  idempotencyKey: newKey(),
  ...changes,
});

async function place(consentId: string, changes: object = {}, by: Viewer = shop) {
  const placed = await placeShopOrder(orders.as(by), asked(consentId, changes));
  if (isRefusal(placed)) throw new Error(placed.message);
  return placed;
}

test('a shop places an order for the customer, who sees the shop on it', async () => {
  const ada = someone();
  const consentId = consentOf(ada);
  const { id } = await place(consentId);
  const context = orders.as(ada);
  const [order] = await findOrders(orders.newManager(), ada.id, [id]);
  expect(order).toMatchObject({ customerId: ada.id, status: 'PENDING', totalMinor: 600n });
  expect(await context.shopsOfOrders.load(id)).toMatchObject({
    shopId: shop.client.id,
    shopName: 'Book Shop',
    consentId,
  });
});

test('billing gets the consent and the shop in signed fields, and no address', async () => {
  const ada = someone();
  const consentId = consentOf(ada);
  const { id } = await place(consentId);
  const [row] = await orders.asOwner('select payload from outbox where key = $1', [id]);
  const named = { shopId: shop.client.id, shopOwnerId: shop.id, shopName: 'Book Shop' };
  expect(row!['payload']).toMatchObject({ customerId: ada.id, consentId, ...named, email: null, name: null });
});

test('one key places one order, and other input is refused', async () => {
  const consentId = consentOf(someone());
  const idempotencyKey = newKey();
  const placed = await Promise.all(Array.from({ length: 8 }, async () => await place(consentId, { idempotencyKey })));
  expect(new Set(placed.map(({ id }) => id)).size).toBe(1);
  expect(await placeShopOrder(orders.as(shop), asked(consentId, { idempotencyKey, quantity: 3 }))).toMatchObject({
    refused: 'IDEMPOTENCY_KEY_REUSED',
  });
});

test('a shop sees only the orders that it placed, newest first, and nothing of the customer', async () => {
  const [own, other] = [someShop(), someShop()];
  const ada = someone();
  const consentId = consentOf(ada);
  const placed = [await place(consentId, {}, own), await place(consentId, {}, own)];
  await place(consentId, {}, other);
  const { nodes } = await listShopOrders(orders.as(own), { first: 10 });
  expect(nodes.map(({ id }) => id)).toEqual(placed.map(({ id }) => id).toReversed());
  expect([...nodes, ...placed].flatMap((order) => Object.values(order))).not.toContain(ada.id);
  expect(await findShopOrder(orders.as(other), { id: placed[0]!.id })).toBeNull();
});

test('a shop does not learn why the customer’s account could not pay', async () => {
  const { id } = await place(consentOf(someone()));
  const [{ id: outboxId }] = (await orders.asOwner('select id from outbox where key = $1', [id])) as [{ id: string }];
  const outcome = { outboxId, orderId: id, outcome: 'REJECTED', rejectionReason: 'ACCOUNT_FROZEN' } as const;
  const [recorded] = await recordOutcomes(orders.newManager(), [{ ...outcome, settledAt: new Date() }]);
  expect(recorded!.placed).toMatchObject({ shopOwnerId: shop.id, shopName: 'Book Shop' });
  const order = (await findShopOrder(orders.as(shop), { id }))!;
  const { rejectionReason } = resolvers.ShopOrder as { rejectionReason: (order: object) => string };
  expect(rejectionReason(order)).toBe('DECLINED');
});

test.each([
  ['of no consent', (): string => randomUUID(), {}, 'NOT_FOUND'],
  ['of an id that is none', (): string => 'x', {}, 'NOT_FOUND'],
  [
    'in another currency',
    (): string => consentOf(someone()),
    { unitPrice: { ...usd('3.00'), currency: 'EUR' } },
    'CURRENCY_MISMATCH',
  ],
  ['of nothing', (): string => consentOf(someone()), { quantity: 0 }, 'INVALID_QUANTITY'],
] as const)('an order %s is refused', async (_what, consentId, changes, refused) => {
  expect(await placeShopOrder(orders.as(shop), asked(consentId(), changes))).toMatchObject({ refused });
});

test('a consent allows ten orders that are not paid, also at once', async () => {
  const consentId = consentOf(someone());
  const placeOne = async () => await placeShopOrder(orders.as(shop), asked(consentId));
  const answers = await Promise.all(Array.from({ length: 14 }, placeOne));
  const refused = answers.flatMap((answer) => (isRefusal(answer) ? [answer.refused] : []));
  expect(refused).toEqual(Array(4).fill('TOO_MANY_UNPAID_ORDERS'));
  const ids = answers.flatMap((answer) => (isRefusal(answer) ? [] : [answer.id]));
  await orders.asOwner(
    `update orders set status = 'REJECTED', settled_at = now(),
    rejection_reason = 'INSUFFICIENT_FUNDS' where id = any($1)`,
    [ids.slice(1)],
  );
  expect(await placeOne()).toMatchObject({ refused: 'TOO_MANY_UNPAID_ORDERS' });
  await orders.asOwner(`update orders set status = 'PAID', settled_at = now() where id = $1`, [ids[0]]);
  expect(await placeOne()).toMatchObject({ status: 'PENDING' });
});

test('a consent and its key are the same in capitals', async () => {
  const consentId = consentOf(someone());
  const idempotencyKey = newKey();
  const { id } = await place(consentId.toUpperCase(), { idempotencyKey });
  expect(await place(consentId, { idempotencyKey })).toMatchObject({ id, consentId, repeated: true });
});

test('a fault of billing is not taken as a consent that does not exist', async () => {
  const body = JSON.stringify({ errors: [{ message: 'fault' }], data: { orderingConsent: null } });
  const billing = createServer((_request, response) => response.end(body)).listen(0, '127.0.0.1');
  await once(billing, 'listening');
  const { port } = billing.address() as AddressInfo;
  const context = { ...orders.as(shop), findConsent: consentFinder(`http://127.0.0.1:${port}`) };
  try {
    await expect(placeShopOrder(context, asked(randomUUID()))).rejects.toThrow(
      "The consent can't be checked right now",
    );
  } finally {
    await billing[Symbol.asyncDispose]();
  }
});

test('a customer whose accounts are being closed has no consents for the shop', async () => {
  const ada = someone();
  const consentId = consentOf(ada);
  await sealOrders(orders.as(ada), { closingId: randomUUID() });
  expect(await placeShopOrder(orders.as(shop), asked(consentId))).toMatchObject({ refused: 'NOT_FOUND' });
});

test('a customer’s own token places and reads no orders of shops', async () => {
  const ada = someone();
  const forbidden = 'Only API clients can use this field.';
  await expect(placeShopOrder(orders.as(ada), asked(consentOf(ada)))).rejects.toThrow(forbidden);
  await expect(findShopOrder(orders.as(ada), { id: randomUUID() })).rejects.toThrow(forbidden);
});
