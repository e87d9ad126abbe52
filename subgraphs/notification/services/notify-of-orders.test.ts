import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type NotificationDatabase,
  openNotificationDatabase,
  orderUpdate,
  userGone,
  userUpdate,
} from '#test/notification-database.ts';
import { keepContacts } from './keep-contacts.ts';
import { notifyOfOrders } from './notify-of-orders.ts';

let database: NotificationDatabase;

beforeAll(async () => {
  database = await openNotificationDatabase();
});

afterAll(async () => {
  await database.close();
});

test('writes a notification for each order of a batch, and returns them', async () => {
  const paid = orderUpdate();
  const rejected = orderUpdate({ outcome: 'REJECTED', rejectionReason: 'INSUFFICIENT_FUNDS' });
  const refunded = orderUpdate({ outcome: 'REFUNDED' });
  const written = await notifyOfOrders(database.newManager(), [paid, rejected, refunded]);
  const kinds = new Map(written.map(({ orderId, kind }) => [orderId, kind]));
  expect(kinds.get(paid.orderId)).toBe('ORDER_PAID');
  expect(kinds.get(rejected.orderId)).toBe('ORDER_REJECTED');
  expect(kinds.get(refunded.orderId)).toBe('ORDER_REFUNDED');
  expect(await database.notificationsOf(paid.customerId)).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      customerId: paid.customerId,
      kind: 'ORDER_PAID',
      orderId: paid.orderId,
      transactionId: null,
      recipient: 'ada@example.com',
      subject: 'Your order is paid: 3 × coffee',
      body: expect.stringContaining('Hello Ada,'),
      readAt: null,
      sentAt: null,
      createdAt: expect.any(Date),
    },
  ]);
});

/** With the connections that are open from the second round on, the writers truly meet. */
test.each([1, 2, 3])('writes one per order and outcome, whoever else writes them in whatever order (%d)', async () => {
  const news = Array.from({ length: 200 }, () => orderUpdate());
  const written = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      return await notifyOfOrders(database.newManager(), index % 2 === 0 ? news : news.toReversed());
    }),
  );
  const orders = written.flat().map(({ orderId }) => orderId);
  expect(orders).toHaveLength(200);
  expect(new Set(orders)).toEqual(new Set(news.map(({ orderId }) => orderId)));
  expect(await notifyOfOrders(database.newManager(), news)).toEqual([]);
});

test('writes one where a batch names an order twice', async () => {
  const news = orderUpdate();
  expect(await notifyOfOrders(database.newManager(), [news, news])).toHaveLength(1);
});

test('writes another for another outcome of the same order', async () => {
  const paid = orderUpdate();
  await notifyOfOrders(database.newManager(), [paid]);
  await notifyOfOrders(database.newManager(), [{ ...paid, outcome: 'REFUNDED' }]);
  const told = await database.notificationsOf(paid.customerId);
  expect(told.map(({ kind }) => kind)).toEqual(['ORDER_PAID', 'ORDER_REFUNDED']);
});

test('writes to the address and by the name that are known now, not those of the order', async () => {
  const news = orderUpdate({ email: 'old@example.com', name: 'Ada' });
  const contact = userUpdate({ userId: news.customerId, version: 2, email: 'new@example.com', name: 'Countess' });
  await keepContacts(database.newManager(), [contact]);
  const [written] = await notifyOfOrders(database.newManager(), [news]);
  expect(written).toMatchObject({ recipient: 'new@example.com', body: expect.stringContaining('Hello Countess,') });
});

test('writes nothing to somebody who is gone, and to the others of the batch all the same', async () => {
  const gone = orderUpdate();
  const other = orderUpdate();
  await keepContacts(database.newManager(), [userGone(gone.customerId)]);
  const written = await notifyOfOrders(database.newManager(), [gone, other]);
  expect(written.map(({ orderId }) => orderId)).toEqual([other.orderId]);
});

test('has nothing to do for an empty batch', async () => {
  expect(await notifyOfOrders(database.newManager(), [])).toEqual([]);
});
