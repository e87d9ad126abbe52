import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Viewer } from '#platform/identity/identity.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { newKey, requestOf, someone, someShop, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { giveShopConsent, withdrawShopConsent } from './change-shop-consents.ts';
import { closeAccounts } from './close-accounts.ts';
import { refundOrders } from './refund-orders.ts';
import { type OrderToSettle, settleOrders } from './settle-orders.ts';
import { findShopConsent, orderingConsent } from './shop-consents.ts';
import { spentThisMonth } from './spent-this-month.ts';
import { withdraw } from './withdraw.ts';

const ledger = await useTestLedger();
const shop = someShop();

const asked = (changes: object = {}) => ({
  shopId: shop.client.id,
  shopName: 'Book Shop',
  orderLimit: usd('10.00'),
  monthLimit: usd('25.00'),
  idempotencyKey: newKey(),
  ...changes,
});

async function give(customer: Viewer, changes: object = {}) {
  const given = await giveShopConsent(ledger.as(customer), asked(changes));
  if (isRefusal(given)) throw new Error(given.message);
  return given;
}

function order(customer: Viewer, consentId: string, totalMinor: bigint, changes: Partial<OrderToSettle> = {}) {
  const shopId = shop.client.id;
  const ordered = { orderId: randomUUID(), customerId: customer.id, currency: 'USD', totalMinor, consentId, shopId };
  return { ...ordered, ...changes } as OrderToSettle;
}

async function settle(...orders: readonly OrderToSettle[]) {
  const settled = await settleOrders(ledger.orm.em.fork(), orders);
  const reasons = new Map(settled.map((one) => [one.orderId, one.rejectionReason]));
  return orders.map(({ orderId }) => reasons.get(orderId));
}

test('a shop debits within the limit per order and per month', async () => {
  const ada = someone();
  const { id } = await give(ada);
  const totals = [1_000n, 1_001n, 1_000n, 501n, 500n, 1n];
  expect(await settle(...totals.map((total) => order(ada, id, total)))).toEqual([
    null,
    'ORDER_LIMIT_EXCEEDED',
    null,
    'MONTH_LIMIT_EXCEEDED',
    null,
    'MONTH_LIMIT_EXCEEDED',
  ]);
  expect(await ledger.balances(ada)).toMatchObject({ USD: 7_500n });
  expect(await spentThisMonth(ledger.orm.em.fork(), [id])).toEqual([2_500n]);
});

test('orders at once never debit more than the limit, and each delivery counts once', async () => {
  const ada = someone();
  const { id } = await give(ada);
  const orders = Array.from({ length: 12 }, () => order(ada, id, 900n));
  const outcomes = await Promise.all([...orders, ...orders].map(async (one) => (await settle(one))[0]));
  expect(outcomes.filter((reason) => reason === null)).toHaveLength(2 * 2);
  expect(new Set(outcomes)).toEqual(new Set([null, 'MONTH_LIMIT_EXCEEDED']));
  expect(await ledger.balances(ada)).toMatchObject({ USD: 8_200n });
});

test('a refund does not give the room of the month back', async () => {
  const ada = someone();
  const { id } = await give(ada, { monthLimit: usd('10.00') });
  const paid = order(ada, id, 1_000n);
  await settle(paid);
  await refundOrders(ledger.orm.em.fork(), [paid]);
  expect(await settle(order(ada, id, 1n))).toEqual(['MONTH_LIMIT_EXCEEDED']);
});

test('an order counts in the month of its payment', async () => {
  const ada = someone();
  const { id } = await give(ada, { monthLimit: usd('10.00') });
  await settle(order(ada, id, 1_000n));
  // The owner of the tables moves what was counted to the month before.
  await ledger.asOwner('update shop_months set month = 200001 where consent_id = $1', [id]);
  expect(await settle(order(ada, id, 600n))).toEqual([null]);
});

test('a shop debits nothing without the customer’s own consent for it', async () => {
  const [ada, bob] = [someone(), someone('Bob')];
  const { id } = await give(ada);
  const [other, euros] = [await give(bob), await give(ada, { shopId: randomUUID() })];
  expect(
    await settle(
      order(ada, randomUUID(), 100n),
      order(ada, other.id, 100n),
      order(ada, euros.id, 100n),
      order(ada, id, 100n, { shopId: randomUUID() }),
      order(ada, id, 100n, { currency: 'EUR' }),
      order(ada, id, 100n, { consentId: null }),
    ),
  ).toEqual(Array.from({ length: 6 }, () => 'CONSENT_MISSING'));
});

test('an order that was placed before the consent is withdrawn, and decided after it, is rejected', async () => {
  const ada = someone();
  const { id } = await give(ada);
  await withdrawShopConsent(ledger.as(ada), { consentId: id });
  expect(await settle(order(ada, id, 100n))).toEqual(['CONSENT_WITHDRAWN']);
  expect(await withdrawShopConsent(ledger.as(ada), { consentId: id })).toMatchObject({ withdrawnAt: expect.any(Date) });
});

async function endConsent(id: string): Promise<void> {
  await ledger.asOwner('alter table shop_consents disable trigger withdraw_consent');
  await ledger.asOwner(
    `update shop_consents set given_at = now() - interval '2 days', expires_at = now() where id = $1`,
    [id],
  );
  await ledger.asOwner('alter table shop_consents enable trigger withdraw_consent');
}

test('an order after the end of the consent is rejected', async () => {
  const ada = someone();
  const { id } = await give(ada, { expiresInDays: 1 });
  await endConsent(id);
  expect(await settle(order(ada, id, 100n))).toEqual(['CONSENT_EXPIRED']);
});

test('a new consent for the same shop replaces the one before, and a repeated request gives one', async () => {
  const ada = someone();
  const idempotencyKey = newKey();
  const first = await give(ada, { idempotencyKey });
  expect(await give(ada, { idempotencyKey })).toMatchObject({ id: first.id, repeated: true });
  const second = await give(ada, { monthLimit: usd('30.00') });
  expect(await settle(order(ada, first.id, 100n), order(ada, second.id, 100n))).toEqual(['CONSENT_WITHDRAWN', null]);
});

test('closing the accounts withdraws the consents', async () => {
  const ada = someone();
  const { id } = await give(ada);
  const { id: accountId } = await ledger.account(ada, 'USD');
  await withdraw(ledger.as(ada), { accountId, amount: usd('100.00'), idempotencyKey: newKey() });
  await closeAccounts(ledger.as(ada));
  expect(await findShopConsent(ledger.orm.em.fork(), ada.id, id)).toMatchObject({ withdrawnAt: expect.any(Date) });
  expect(await giveShopConsent(ledger.as(ada), asked())).toMatchObject({ refused: 'ACCOUNT_CLOSED' });
});

test.each([
  ['another name than the registered one', { shopName: 'Bank' }, 'NOT_FOUND'],
  ['an id that is none', { shopId: 'x' }, 'NOT_FOUND'],
  ['a month below an order', { monthLimit: usd('9.99') }, 'INVALID_AMOUNT'],
  ['two currencies', { monthLimit: { ...usd('99.00'), currency: 'EUR' } }, 'CURRENCY_MISMATCH'],
  ['no amount', { orderLimit: usd('0.00') }, 'INVALID_AMOUNT'],
  ['a time in the past', { expiresInDays: 0 }, 'INVALID_TIME'],
] as const)('a consent with %s is refused', async (_what, changes, refused) => {
  expect(await giveShopConsent(ledger.as(someone()), asked(changes))).toMatchObject({ refused });
});

test('a consent needs a confirmation', async () => {
  const context = { ...ledger.as(someone()), isConfirmed: async () => false };
  expect(await giveShopConsent(context, asked())).toMatchObject({ refused: 'CONFIRMATION_REQUIRED' });
});

test('a shop finds its own consents only, and never withdraws one', async () => {
  const ada = someone();
  const { id } = await give(ada);
  const [own, other] = [shop, someShop()].map((viewer) => ({ ...ledger.as(ada), ...requestOf(viewer) }));
  expect(await orderingConsent(own!, { id })).toMatchObject({ customerId: ada.id, shopName: 'Book Shop' });
  expect(await orderingConsent(other!, { id })).toBeNull();
  expect(await withdrawShopConsent(own!, { consentId: id })).toMatchObject({ refused: 'NOT_FOUND' });
});

test('a shop does not find a consent that was withdrawn or has ended', async () => {
  const ada = someone();
  const { id: withdrawn } = await give(ada);
  await withdrawShopConsent(ledger.as(ada), { consentId: withdrawn });
  const { id: ended } = await give(ada, { expiresInDays: 1 });
  await endConsent(ended);
  const own = { ...ledger.as(ada), ...requestOf(shop) };
  expect(await orderingConsent(own, { id: withdrawn })).toBeNull();
  expect(await orderingConsent(own, { id: ended })).toBeNull();
});

test.each([
  [
    'a payment that was not made',
    'a shop can debit only',
    `insert into shop_payments values (gen_random_uuid(), $1, 202612, 1)`,
  ],
  [
    'a consent that is withdrawn no more',
    'can only be withdrawn',
    'update shop_consents set withdrawn_at = null where id = $1',
  ],
  ['another limit', 'can only be withdrawn', 'update shop_consents set order_limit_minor = 1 where id = $1'],
  ['a deleted consent', 'never deleted', 'delete from shop_consents where id = $1'],
])('the database refuses %s', async (_what, message, statement) => {
  const { id } = await give(someone());
  await expect(ledger.asOwner(statement, [id])).rejects.toThrow(message);
});
