import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { MailBounds } from '#platform/mail/mail-bounds.ts';
import { MessagesNotSent } from '#platform/messaging/mailer.ts';
import { freePorts } from '#test/free-ports.ts';
import { orderUpdate, transferUpdate } from '#test/notification-database.ts';
import { mailerTo, useMessages } from '#test/use-messages.ts';
import { notifyOfOrders, type OrderUpdate } from './notify-of-orders.ts';
import { notifyOfTransfers } from './notify-of-transfers.ts';
import { sendDigests } from './send-digests.ts';

const { database, send, server, stored } = await useMessages();

describe('emails beyond the bounds', () => {
  const sendAll = async (ids: readonly string[], bounds: MailBounds) =>
    await Promise.all(ids.map(async (id) => await send([id], { bounds })));
  const sendAllDigests = async (url = server().url) =>
    await sendDigests(mailerTo(url), database.newManager(), 'https://wallet.example');
  const anHourLater = async () =>
    await database
      .newManager()
      .getConnection()
      .execute("update notifications set held_at = held_at - interval '1 hour' where held_at is not null");

  test('are held for a recipient, however many jobs run at once, and summed up once after an hour', async () => {
    const [first] = (await stored('ada@example.com')).updates as [OrderUpdate];
    const { customerId } = first;
    const updates = Array.from({ length: 7 }, () => orderUpdate({ customerId, productId: 'see http://evil.example' }));
    await notifyOfOrders(database.newManager(), updates);
    const all = async () => await database.notificationsOf(customerId);
    await sendAll(
      (await all()).map(({ id }) => id),
      { perRecipient: 3, perSender: 1_000 },
    );
    expect(server().received).toHaveLength(3);
    expect(await all()).toHaveLength(8);
    expect((await all()).filter(({ heldAt }) => heldAt != null)).toHaveLength(5);
    await sendAllDigests();
    expect(server().received).toHaveLength(3);

    await anHourLater();
    await Promise.all([sendAllDigests(), sendAllDigests()]);
    expect(server().received).toHaveLength(4);
    const { source } = server().received.at(-1)!;
    expect(source).toContain('Subject: Your new messages');
    expect(source).toContain('5 =C3=97 Your order is paid');
    expect(source).not.toContain('evil');
    expect((await all()).every(({ sentAt }) => sentAt != null)).toBe(true);
    await anHourLater();
    await sendAllDigests();
    expect(server().received).toHaveLength(4);
  });

  test('are held for a sender who writes to many', async () => {
    const senderId = randomUUID();
    const receivers = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com'];
    const { updates } = await stored(...receivers);
    const transfers = updates.map(({ customerId }) => transferUpdate({ customerId, senderId }));
    const ids = (await notifyOfTransfers(database.newManager(), transfers)).map(({ id }) => id);
    await sendAll(ids, { perRecipient: 1_000, perSender: 2 });
    expect(server().received).toHaveLength(2);
    // Another sender's transfer to the same customers is not held.
    const others = updates.map(({ customerId }) => transferUpdate({ customerId, senderId: randomUUID() }));
    const otherIds = (await notifyOfTransfers(database.newManager(), others)).map(({ id }) => id);
    await sendAll(otherIds, { perRecipient: 1_000, perSender: 2 });
    expect(server().received).toHaveLength(6);
  });

  test('stay held where the mail server is down, and are summed up later with the same Message-ID', async () => {
    const [port] = await freePorts(1);
    const { ids } = await stored('eve@example.com');
    await send(ids, { bounds: { perRecipient: 0, perSender: 0 } });
    await anHourLater();
    await expect(sendAllDigests(`smtp://127.0.0.1:${port}`)).rejects.toThrow(MessagesNotSent);
    await anHourLater();
    await sendAllDigests();
    const toEve = server().received.filter(({ to }) => to === 'eve@example.com');
    expect(toEve.map(({ source }) => source)).toEqual([expect.stringContaining(`<${ids[0]}@notification>`)]);
  });
});
