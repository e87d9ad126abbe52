import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createMailer, MessagesNotSent } from '#platform/messaging/mailer.ts';
import { isTransient } from '#platform/postgres/database.ts';
import { freePorts } from '#test/free-ports.ts';
import { startMailServer } from '#test/mail-server.ts';
import { orderUpdate, transferUpdate } from '#test/notification-database.ts';
import { until } from '#test/until.ts';
import { useMessages } from '#test/use-messages.ts';
import { notifyOfOrders } from './notify-of-orders.ts';
import { ContactUnknown, notifyOfTransfers } from './notify-of-transfers.ts';

const { database, keepContactsOf, send, server, stored } = await useMessages();

test('sends stored notifications, and marks them as sent', async () => {
  const { ids, sent } = await stored('ada@example.com', 'grace@example.com');
  await send(ids);
  expect(new Set(server().received.map(({ to }) => to))).toEqual(new Set(['ada@example.com', 'grace@example.com']));
  const { source } = server().received.find(({ to }) => to === 'ada@example.com')!;
  expect(source).toContain('From: Wallet <wallet@example.com>');
  expect(source).toContain('To: ada@example.com');
  expect(source).toMatch(/Message-ID: <[0-9a-f-]{36}@notification>/);
  expect(source).toContain('Content-Type: text/plain; charset=utf-8');
  expect(source).toContain('Hello Ada,');
  expect(await sent()).toEqual(
    new Map([
      ['ada@example.com', true],
      ['grace@example.com', true],
    ]),
  );
});

test('sends nothing a second time', async () => {
  const { ids } = await stored('ada@example.com');
  await send(ids);
  await send(ids);
  expect(server().received).toHaveLength(1);
});

test('sends the other messages if one is refused, and resends only that one', async () => {
  let full = true;
  const refusing = await startMailServer((to) => (full && to.startsWith('full') ? '452 Mailbox full' : null));
  try {
    const { ids, sent } = await stored('a@example.com', 'full@example.com', 'z@example.com');
    await expect(send(ids, refusing)).rejects.toThrow(MessagesNotSent);
    await expect(send(ids, refusing)).rejects.toThrow(/refused 1 of 1 messages: EENVELOPE .*452 Mailbox full/);
    expect(await sent()).toEqual(
      new Map([
        ['a@example.com', true],
        ['full@example.com', false],
        ['z@example.com', true],
      ]),
    );
    full = false;
    await send(ids, refusing);
    expect(refusing.received.map(({ to }) => to).sort()).toEqual([
      'a@example.com',
      'full@example.com',
      'z@example.com',
    ]);
  } finally {
    await refusing.stop();
  }
});

test('keeps unsent notifications while the mail server is unavailable, and throws a transient error', async () => {
  const [port] = await freePorts(1);
  const { updates, ids } = await stored('ada@example.com');
  const failure: unknown = await send(ids, { url: `smtp://127.0.0.1:${port}` }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MessagesNotSent);
  expect(isTransient(failure)).toBe(true);
  expect(await database.notificationsOf(updates[0]!.customerId)).toMatchObject([{ id: ids[0], sentAt: null }]);
});

test('sends nothing to an address that is not proved', async () => {
  const { updates, ids } = await stored('eve@example.com', 'ada@example.com');
  await keepContactsOf([updates[0]!], { version: 2, emailProved: false });
  await send(ids);
  expect(server().received.map(({ to }) => to)).toEqual(['ada@example.com']);
});

test('sends to the customer’s current address', async () => {
  const { updates, ids } = await stored('old@example.com');
  await keepContactsOf(updates, { version: 2, email: 'new@example.com', emailProved: true });
  await send(ids);
  expect(server().received.map(({ to }) => to)).toEqual(['new@example.com']);
});

test('sends a message later if the customer’s contact has not arrived', async () => {
  const update = orderUpdate();
  const [written] = await notifyOfOrders(database.newManager(), [update]);
  await expect(send([written!.id])).rejects.toThrow(ContactUnknown);
  await keepContactsOf([update]);
  await send([written!.id]);
  expect(server().received).toHaveLength(1);
});

test('shows no words of customers in the subject, and makes the links in the body inert', async () => {
  const receiver = orderUpdate({ email: 'ada@example.com' });
  await keepContactsOf([receiver]);
  const [written] = await notifyOfTransfers(database.newManager(), [
    transferUpdate({
      customerId: receiver.customerId,
      senderName: 'Visit evil.example',
      description: 'Hi\n\nYour bank: confirm at http://evil.example/login',
    }),
  ]);
  await send([written!.id]);
  const { source } = server().received[0]!;
  expect(source).toContain('Subject: You have received money');
  expect(source).not.toContain('evil.example');
  expect(source).toContain('> Your bank: confirm at http: / /evil[.]example/login');
});

test('uses few connections for many messages, and leaves none open', async () => {
  const { ids } = await stored(...Array.from({ length: 60 }, (_, index) => `${index}@example.com`));
  await send(ids);
  expect(server().received).toHaveLength(60);
  expect(server().maxConnections()).toBeLessThanOrEqual(5);
  await until('the connections to be closed', () => server().connections() === 0);
});

test('a customer’s name or product cannot add a header or a recipient', async () => {
  const update = orderUpdate({ productId: 'tea\r\nBcc: eve@example.com', name: 'Ada\r\n.\r\nQUIT' });
  await keepContactsOf([update]);
  const [written] = await notifyOfOrders(database.newManager(), [update]);
  await send([written!.id]);
  expect(server().received).toHaveLength(1);
  const [headers] = server().received[0]!.source.split('\n\n');
  expect(headers).not.toMatch(/^bcc:/im);
});

test('does nothing for a notification that was deleted', async () => {
  const [port] = await freePorts(1);
  await expect(send([randomUUID()], { url: `smtp://127.0.0.1:${port}` })).resolves.toBeUndefined();
});

test('there is no mailer without a mail server URL', () => {
  expect(createMailer({ from: 'Wallet <wallet@example.com>' })).toBeNull();
});
