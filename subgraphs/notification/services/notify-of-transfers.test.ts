import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type NotificationDatabase,
  openNotificationDatabase,
  transferUpdate,
  userGone,
  userUpdate,
} from '#test/notification-database.ts';
import { keepContacts } from './keep-contacts.ts';
import { ContactUnknown, notifyOfTransfers } from './notify-of-transfers.ts';

let database: NotificationDatabase;

beforeAll(async () => {
  database = await openNotificationDatabase();
});

afterAll(async () => {
  await database.close();
});

test('tells the receiver once per transaction', async () => {
  const receiver = userUpdate({ email: 'receiver@example.com', name: 'Ada' });
  await keepContacts(database.newManager(), [receiver]);
  const news = transferUpdate({ customerId: receiver.userId, description: 'for lunch' });
  const written = await notifyOfTransfers(database.newManager(), [news, news]);
  expect(written).toMatchObject([
    {
      kind: 'TRANSFER_RECEIVED',
      transactionId: news.transactionId,
      orderId: null,
      recipient: 'receiver@example.com',
      subject: 'Grace has sent you €5.00',
      body: expect.stringContaining('Grace writes: for lunch'),
    },
  ]);
  expect(await notifyOfTransfers(database.newManager(), [news])).toEqual([]);
  expect(await database.notificationsOf(receiver.userId)).toEqual([expect.objectContaining(written[0]!)]);
});

test('writes nothing where a receiver is not known yet, and all once they are', async () => {
  const known = userUpdate();
  await keepContacts(database.newManager(), [known]);
  const late = userUpdate();
  const news = [transferUpdate({ customerId: known.userId }), transferUpdate({ customerId: late.userId })];
  await expect(notifyOfTransfers(database.newManager(), news)).rejects.toThrow(ContactUnknown);
  expect(await database.notificationsOf(known.userId)).toEqual([]);

  await keepContacts(database.newManager(), [late]);
  expect(await notifyOfTransfers(database.newManager(), news)).toHaveLength(2);
});

test('tells nobody who is gone', async () => {
  const news = transferUpdate();
  await keepContacts(database.newManager(), [userGone(news.customerId)]);
  expect(await notifyOfTransfers(database.newManager(), [news])).toEqual([]);
});
