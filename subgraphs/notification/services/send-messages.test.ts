import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { z } from 'zod';
import type { MailBounds } from '#platform/mail/mail-bounds.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { isTransient } from '#platform/postgres/database.ts';
import { freePorts } from '#test/free-ports.ts';
import { startMailServer } from '#test/mail-server.ts';
import {
  type NotificationDatabase,
  openNotificationDatabase,
  orderUpdate,
  transferUpdate,
  userUpdate,
} from '#test/notification-database.ts';
import { until } from '#test/until.ts';
import { keepContacts, type UserUpdate } from './keep-contacts.ts';
import { notifyOfOrders, type OrderUpdate } from './notify-of-orders.ts';
import { ContactUnknown, notifyOfTransfers } from './notify-of-transfers.ts';
import { createMailer, MessagesNotSent } from '#platform/messaging/mailer.ts';
import { type Resend, resendMessages } from './resend-messages.ts';
import { sendDigests } from './send-digests.ts';
import { sendMessages } from './send-messages.ts';

let database: NotificationDatabase;

beforeAll(async () => {
  database = await openNotificationDatabase();
});

afterAll(async () => {
  await database.close();
});

const from = 'Wallet <wallet@example.com>';

/** Stores one notification per recipient. `sent` returns, by recipient, whether it is marked as sent. */
async function stored(...recipients: string[]) {
  const updates = recipients.map((email) => orderUpdate({ email }));
  await keepContactsOf(updates);
  const ids = (await notifyOfOrders(database.newManager(), updates)).map(({ id }) => id);
  const sent = async () => {
    const rows = await Promise.all(updates.map(async ({ customerId }) => await database.notificationsOf(customerId)));
    return new Map(rows.flat().map(({ recipient, sentAt }) => [recipient, sentAt != null]));
  };
  return { updates, ids, sent };
}

async function keepContactsOf(updates: readonly OrderUpdate[], changes: Partial<UserUpdate> = {}): Promise<void> {
  const contacts = updates.map(({ customerId, email, name }) =>
    userUpdate({ userId: customerId, email, name, ...changes }),
  );
  await keepContacts(database.newManager(), contacts);
}

/** The time of the database, after all that is committed. */
async function databaseTime(): Promise<string> {
  const { at } = await readRow(database.newManager(), z.object({ at: z.date() }), sql`select clock_timestamp() as at`);
  return new Date(at.getTime() + 1).toISOString();
}

const wide = { perRecipient: 1_000, perSender: 1_000 };

const send = async (url: string, ids: readonly string[], bounds: MailBounds = wide) =>
  await sendMessages(createMailer({ smtpUrl: url, from })!, database.newManager(), bounds, ids);

test('sends stored notifications, and marks them as sent', async () => {
  const server = await startMailServer();
  try {
    const { ids, sent } = await stored('ada@example.com', 'grace@example.com');
    await send(server.url, ids);
    expect(new Set(server.received.map(({ to }) => to))).toEqual(new Set(['ada@example.com', 'grace@example.com']));
    const { source } = server.received.find(({ to }) => to === 'ada@example.com')!;
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
  } finally {
    await server.stop();
  }
});

describe('an operator sends a notification again', () => {
  const resend = async (url: string, resends: readonly Resend[]) =>
    await resendMessages(createMailer({ smtpUrl: url, from })!, database.newManager(), resends);
  const requestFor = (userId: string, notificationId: string): Resend => ({
    resendId: randomUUID(),
    userId,
    notificationId,
    requestedAt: new Date(Date.now() + 60_000).toISOString(),
  });

  test('to the current address, with an id of its own, and only once although the job is repeated', async () => {
    const server = await startMailServer();
    try {
      const { updates, ids } = await stored('ada@example.com');
      await send(server.url, ids);
      await keepContactsOf(updates, { version: 2, email: 'ada.new@example.com' });
      const request = { ...requestFor(updates[0]!.customerId, ids[0]!), requestedAt: await databaseTime() };
      await resend(server.url, [request]);
      await resend(server.url, [request]);

      expect(server.received.map(({ to }) => to)).toEqual(['ada@example.com', 'ada.new@example.com']);
      expect(server.received[1]!.source).toContain(`Message-ID: <${request.resendId}@notification>`);
    } finally {
      await server.stop();
    }
  });

  test('after the contact that the operator saw has arrived, and the others at once', async () => {
    const server = await startMailServer();
    try {
      const { updates, ids } = await stored('late@example.com', 'ada@example.com');
      const [late, ada] = updates as [OrderUpdate, OrderUpdate];
      await keepContactsOf([late], { version: 2, emailProved: false });
      const requests = [
        { ...requestFor(late.customerId, ids[0]!), contactVersion: 3 },
        { ...requestFor(ada.customerId, ids[1]!), contactVersion: 1, requestedAt: await databaseTime() },
      ];
      await expect(resend(server.url, requests)).rejects.toThrow(ContactUnknown);
      expect(server.received.map(({ to }) => to)).toEqual(['ada@example.com']);

      await keepContactsOf([late], { version: 3, email: 'new@example.com', emailProved: true });
      await resend(server.url, requests);
      expect(server.received.map(({ to }) => to)).toEqual(['ada@example.com', 'new@example.com']);
    } finally {
      await server.stop();
    }
  });

  test('not for another customer, nor for an unproved address or a deleted customer', async () => {
    const server = await startMailServer();
    try {
      const [{ updates, ids }, unproved, deleted] = [
        await stored('a@example.com'),
        await stored('u@example.com'),
        await stored('d@example.com'),
      ];
      await keepContactsOf(unproved.updates, { version: 2, emailProved: false });
      await keepContactsOf(deleted.updates, { version: 2, deleted: true, email: null, name: null });
      await resend(server.url, [
        requestFor(randomUUID(), ids[0]!),
        requestFor(updates[0]!.customerId, randomUUID()),
        requestFor(unproved.updates[0]!.customerId, unproved.ids[0]!),
        requestFor(deleted.updates[0]!.customerId, deleted.ids[0]!),
      ]);
      expect(server.received).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});

test('sends nothing a second time', async () => {
  const server = await startMailServer();
  try {
    const { ids } = await stored('ada@example.com');
    await send(server.url, ids);
    await send(server.url, ids);
    expect(server.received).toHaveLength(1);
  } finally {
    await server.stop();
  }
});

test('sends the other messages if one is refused, and resends only that one', async () => {
  let full = true;
  const server = await startMailServer((to) => (full && to.startsWith('full') ? '452 Mailbox full' : null));
  try {
    const { ids, sent } = await stored('a@example.com', 'full@example.com', 'z@example.com');
    await expect(send(server.url, ids)).rejects.toThrow(MessagesNotSent);
    await expect(send(server.url, ids)).rejects.toThrow(/refused 1 of 1 messages: EENVELOPE .*452 Mailbox full/);
    expect(await sent()).toEqual(
      new Map([
        ['a@example.com', true],
        ['full@example.com', false],
        ['z@example.com', true],
      ]),
    );
    full = false;
    await send(server.url, ids);
    expect(server.received.map(({ to }) => to).sort()).toEqual(['a@example.com', 'full@example.com', 'z@example.com']);
  } finally {
    await server.stop();
  }
});

test('keeps unsent notifications while the mail server is unavailable, and throws a transient error', async () => {
  const [port] = await freePorts(1);
  const { updates, ids } = await stored('ada@example.com');
  const failure: unknown = await send(`smtp://127.0.0.1:${port}`, ids).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MessagesNotSent);
  expect(isTransient(failure)).toBe(true);
  expect(await database.notificationsOf(updates[0]!.customerId)).toMatchObject([{ id: ids[0], sentAt: null }]);
});

test('sends nothing to an address that is not proved', async () => {
  const server = await startMailServer();
  try {
    const { updates, ids } = await stored('eve@example.com', 'ada@example.com');
    await keepContactsOf([updates[0]!], { version: 2, emailProved: false });
    await send(server.url, ids);
    expect(server.received.map(({ to }) => to)).toEqual(['ada@example.com']);
  } finally {
    await server.stop();
  }
});

test('sends to the customer’s current address', async () => {
  const server = await startMailServer();
  try {
    const { updates, ids } = await stored('old@example.com');
    await keepContactsOf(updates, { version: 2, email: 'new@example.com', emailProved: true });
    await send(server.url, ids);
    expect(server.received.map(({ to }) => to)).toEqual(['new@example.com']);
  } finally {
    await server.stop();
  }
});

test('sends a message later if the customer’s contact has not arrived', async () => {
  const server = await startMailServer();
  try {
    const update = orderUpdate();
    const [written] = await notifyOfOrders(database.newManager(), [update]);
    await expect(send(server.url, [written!.id])).rejects.toThrow(ContactUnknown);
    await keepContactsOf([update]);
    await send(server.url, [written!.id]);
    expect(server.received).toHaveLength(1);
  } finally {
    await server.stop();
  }
});

test('shows no words of customers in the subject, and makes the links in the body inert', async () => {
  const server = await startMailServer();
  try {
    const receiver = orderUpdate({ email: 'ada@example.com' });
    await keepContactsOf([receiver]);
    const [written] = await notifyOfTransfers(database.newManager(), [
      transferUpdate({
        customerId: receiver.customerId,
        senderName: 'Visit evil.example',
        description: 'Hi\n\nYour bank: confirm at http://evil.example/login',
      }),
    ]);
    await send(server.url, [written!.id]);
    const { source } = server.received[0]!;
    expect(source).toContain('Subject: You have received money');
    expect(source).not.toContain('evil.example');
    expect(source).toContain('> Your bank: confirm at http: / /evil[.]example/login');
  } finally {
    await server.stop();
  }
});

test('uses few connections for many messages, and leaves none open', async () => {
  const server = await startMailServer();
  try {
    const { ids } = await stored(...Array.from({ length: 60 }, (_, index) => `${index}@example.com`));
    await send(server.url, ids);
    expect(server.received).toHaveLength(60);
    expect(server.maxConnections()).toBeLessThanOrEqual(5);
    await until('the connections to be closed', () => server.connections() === 0);
  } finally {
    await server.stop();
  }
});

test('a customer’s name or product cannot add a header or a recipient', async () => {
  const server = await startMailServer();
  try {
    const update = orderUpdate({ productId: 'tea\r\nBcc: eve@example.com', name: 'Ada\r\n.\r\nQUIT' });
    await keepContactsOf([update]);
    const [written] = await notifyOfOrders(database.newManager(), [update]);
    await send(server.url, [written!.id]);
    expect(server.received).toHaveLength(1);
    const [headers] = server.received[0]!.source.split('\n\n');
    expect(headers).not.toMatch(/^bcc:/im);
  } finally {
    await server.stop();
  }
});

test('does nothing for a notification that was deleted', async () => {
  const [port] = await freePorts(1);
  await expect(send(`smtp://127.0.0.1:${port}`, [randomUUID()])).resolves.toBeUndefined();
});

test('there is no mailer without a mail server URL', () => {
  expect(createMailer({ from })).toBeNull();
});

describe('emails beyond the bounds', () => {
  const sendAll = async (url: string, ids: readonly string[], bounds: MailBounds) =>
    await Promise.all(ids.map(async (id) => await send(url, [id], bounds)));
  const digestsTo = async (url: string) =>
    await sendDigests(createMailer({ smtpUrl: url, from })!, database.newManager(), 'https://wallet.example');
  const anHourLater = async () =>
    await database
      .newManager()
      .getConnection()
      .execute("update notifications set held_at = held_at - interval '1 hour' where held_at is not null");

  test('are held for a recipient, however many jobs run at once, and summed up once after an hour', async () => {
    const server = await startMailServer();
    try {
      const [first] = (await stored('ada@example.com')).updates as [OrderUpdate];
      const { customerId } = first;
      const updates = Array.from({ length: 7 }, () =>
        orderUpdate({ customerId, productId: 'see http://evil.example' }),
      );
      await notifyOfOrders(database.newManager(), updates);
      const all = async () => await database.notificationsOf(customerId);
      await sendAll(
        server.url,
        (await all()).map(({ id }) => id),
        { perRecipient: 3, perSender: 1_000 },
      );
      expect(server.received).toHaveLength(3);
      expect(await all()).toHaveLength(8);
      expect((await all()).filter(({ heldAt }) => heldAt != null)).toHaveLength(5);
      await digestsTo(server.url);
      expect(server.received).toHaveLength(3);

      await anHourLater();
      await Promise.all([digestsTo(server.url), digestsTo(server.url)]);
      expect(server.received).toHaveLength(4);
      const { source } = server.received.at(-1)!;
      expect(source).toContain('Subject: Your new messages');
      expect(source).toContain('5 =C3=97 Your order is paid');
      expect(source).not.toContain('evil');
      expect((await all()).every(({ sentAt }) => sentAt != null)).toBe(true);
      await anHourLater();
      await digestsTo(server.url);
      expect(server.received).toHaveLength(4);
    } finally {
      await server.stop();
    }
  });

  test('are held for a sender who writes to many', async () => {
    const server = await startMailServer();
    try {
      const senderId = randomUUID();
      const receivers = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com'];
      const { updates } = await stored(...receivers);
      const transfers = updates.map(({ customerId }) => transferUpdate({ customerId, senderId }));
      const ids = (await notifyOfTransfers(database.newManager(), transfers)).map(({ id }) => id);
      await sendAll(server.url, ids, { perRecipient: 1_000, perSender: 2 });
      expect(server.received).toHaveLength(2);
      // Another sender's transfer to the same customers is not held.
      const others = updates.map(({ customerId }) => transferUpdate({ customerId, senderId: randomUUID() }));
      const otherIds = (await notifyOfTransfers(database.newManager(), others)).map(({ id }) => id);
      await sendAll(server.url, otherIds, { perRecipient: 1_000, perSender: 2 });
      expect(server.received).toHaveLength(6);
    } finally {
      await server.stop();
    }
  });

  test('stay held where the mail server is down, and are summed up later with the same Message-ID', async () => {
    const server = await startMailServer();
    const [port] = await freePorts(1);
    try {
      const { ids } = await stored('eve@example.com');
      await send(server.url, ids, { perRecipient: 0, perSender: 0 });
      await anHourLater();
      await expect(digestsTo(`smtp://127.0.0.1:${port}`)).rejects.toThrow(MessagesNotSent);
      await anHourLater();
      await digestsTo(server.url);
      const toEve = server.received.filter(({ to }) => to === 'eve@example.com');
      expect(toEve.map(({ source }) => source)).toEqual([expect.stringContaining(`<${ids[0]}@notification>`)]);
    } finally {
      await server.stop();
    }
  });
});
