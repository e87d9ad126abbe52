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
      refundNumber: null,
      senderId: null,
      receivedMinor: null,
      currency: null,
      recipient: 'ada@example.com',
      subject: 'Your order is paid: 3 × coffee',
      body: expect.stringContaining('Hello Ada,'),
      readAt: null,
      sentAt: null,
      refusedAt: null,
      deferrals: 0,
      mailAt: null,
      heldAt: null,
      createdAt: expect.any(Date),
    },
  ]);
});

/** Connections are open from the second round on, so the writers run at the same time. */
test.each([1, 2, 3])(
  'writes one per order and outcome when several processes write them in different orders (%d)',
  async () => {
    const updates = Array.from({ length: 200 }, () => orderUpdate());
    const written = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        return await notifyOfOrders(database.newManager(), index % 2 === 0 ? updates : updates.toReversed());
      }),
    );
    const orders = written.flat().map(({ orderId }) => orderId);
    expect(orders).toHaveLength(200);
    expect(new Set(orders)).toEqual(new Set(updates.map(({ orderId }) => orderId)));
    expect(await notifyOfOrders(database.newManager(), updates)).toEqual([]);
  },
);

test('writes one notification for an order that a batch contains twice', async () => {
  const update = orderUpdate();
  expect(await notifyOfOrders(database.newManager(), [update, update])).toHaveLength(1);
});

test('writes another notification for another outcome of the same order', async () => {
  const paid = orderUpdate();
  await notifyOfOrders(database.newManager(), [paid]);
  await notifyOfOrders(database.newManager(), [{ ...paid, outcome: 'REFUNDED' }]);
  const sent = await database.notificationsOf(paid.customerId);
  expect(sent.map(({ kind }) => kind)).toEqual(['ORDER_PAID', 'ORDER_REFUNDED']);
});

test('writes one notification for each refund of an order, with its amount', async () => {
  const paid = orderUpdate({ totalMinor: 3_750n });
  const refund = (refundNumber: number, refundMinor: bigint) =>
    ({ ...paid, outcome: 'PARTIALLY_REFUNDED', refundNumber, refundMinor }) as const;
  const refunds = [refund(1, 1_000n), refund(1, 1_000n), refund(2, 250n)];
  await notifyOfOrders(database.newManager(), refunds);
  await notifyOfOrders(database.newManager(), refunds.toReversed());
  const sent = await database.notificationsOf(paid.customerId);
  expect(sent.map(({ subject }) => subject).toSorted()).toEqual([
    'Your money is back: $10.00',
    'Your money is back: $2.50',
  ]);
});

test('uses the current email and name of the contact, not those of the order', async () => {
  const update = orderUpdate({ email: 'old@example.com', name: 'Ada' });
  const contact = userUpdate({ userId: update.customerId, version: 2, email: 'new@example.com', name: 'Countess' });
  await keepContacts(database.newManager(), [contact]);
  const [written] = await notifyOfOrders(database.newManager(), [update]);
  expect(written).toMatchObject({ recipient: 'new@example.com', body: expect.stringContaining('Hello Countess,') });
});

test('writes nothing to a deleted user, and writes to the other users of the batch', async () => {
  const gone = orderUpdate();
  const other = orderUpdate();
  await keepContacts(database.newManager(), [userGone(gone.customerId)]);
  const written = await notifyOfOrders(database.newManager(), [gone, other]);
  expect(written.map(({ orderId }) => orderId)).toEqual([other.orderId]);
});

test('does nothing for an empty batch', async () => {
  expect(await notifyOfOrders(database.newManager(), [])).toEqual([]);
});
