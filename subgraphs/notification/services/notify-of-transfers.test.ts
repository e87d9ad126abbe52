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

test('notifies the receiver once per transaction', async () => {
  const receiver = userUpdate({ email: 'receiver@example.com', name: 'Ada' });
  await keepContacts(database.newManager(), [receiver]);
  const update = transferUpdate({ customerId: receiver.userId, description: 'for lunch' });
  const written = await notifyOfTransfers(database.newManager(), [update, update]);
  expect(written).toMatchObject([
    {
      kind: 'TRANSFER_RECEIVED',
      transactionId: update.transactionId,
      orderId: null,
      recipient: 'receiver@example.com',
      subject: 'Grace has sent you €5.00',
      body: expect.stringContaining('Grace writes: for lunch'),
    },
  ]);
  expect(await notifyOfTransfers(database.newManager(), [update])).toEqual([]);
  expect(await database.notificationsOf(receiver.userId)).toEqual([expect.objectContaining(written[0]!)]);
});

test('writes nothing while the contact of a receiver is unknown, and everything when it is known', async () => {
  const known = userUpdate();
  await keepContacts(database.newManager(), [known]);
  const late = userUpdate();
  const updates = [transferUpdate({ customerId: known.userId }), transferUpdate({ customerId: late.userId })];
  await expect(notifyOfTransfers(database.newManager(), updates)).rejects.toThrow(ContactUnknown);
  expect(await database.notificationsOf(known.userId)).toEqual([]);

  await keepContacts(database.newManager(), [late]);
  expect(await notifyOfTransfers(database.newManager(), updates)).toHaveLength(2);
});

test('does not notify a deleted user', async () => {
  const update = transferUpdate();
  await keepContacts(database.newManager(), [userGone(update.customerId)]);
  expect(await notifyOfTransfers(database.newManager(), [update])).toEqual([]);
});
