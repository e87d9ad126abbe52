import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
      body: expect.stringContaining('Grace writes:\n> for lunch'),
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

describe('the name and the words of a deleted sender', () => {
  const withSender = async () => {
    const [sender, receiver] = [userUpdate({ name: 'Grace' }), userUpdate({ name: 'Ada' })];
    await keepContacts(database.newManager(), [sender, receiver]);
    const { userId: customerId } = receiver;
    return { sender, receiver, update: transferUpdate({ customerId, senderId: sender.userId, description: 'lunch' }) };
  };
  const anonymous = {
    subject: expect.stringContaining('A former customer has sent you €5.00'),
    body: expect.stringContaining('A former customer has sent you €5.00'),
    senderId: null,
  };

  test('leave the messages to others, more than fit into one batch', async () => {
    const { sender, receiver, update } = await withSender();
    const updates = Array.from({ length: 501 }, () => ({ ...update, transactionId: randomUUID() }));
    await notifyOfTransfers(database.newManager(), updates);
    const other = { ...update, transactionId: randomUUID(), senderId: randomUUID() };
    await notifyOfTransfers(database.newManager(), [other]);

    await keepContacts(database.newManager(), [userGone(sender.userId)]);
    const messages = await database.notificationsOf(receiver.userId);
    const texts = messages.filter(({ subject, body }) => `${subject} ${body}`.match(/Grace|lunch/));
    expect([messages.length, texts.length]).toEqual([502, 1]);
    expect(texts).toEqual([expect.objectContaining({ transactionId: other.transactionId })]);
    expect(messages.find(({ transactionId }) => transactionId === updates[0]!.transactionId)).toMatchObject(anonymous);
  });

  test('do not enter a message that is written after the deletion', async () => {
    const { sender, receiver, update } = await withSender();
    await keepContacts(database.newManager(), [userGone(sender.userId)]);
    await notifyOfTransfers(database.newManager(), [update]);
    expect(await database.notificationsOf(receiver.userId)).toEqual([expect.objectContaining(anonymous)]);
  });
});
