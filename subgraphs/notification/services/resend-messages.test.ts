import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { z } from 'zod';
import { readRow } from '#platform/postgres/read-rows.ts';
import { mailerTo, useMessages } from '#test/use-messages.ts';
import type { OrderUpdate } from './notify-of-orders.ts';
import { ContactUnknown } from './notify-of-transfers.ts';
import { type Resend, resendMessages } from './resend-messages.ts';

const { database, keepContactsOf, send, server, stored } = await useMessages();

/** The time of the database, after all that is committed. */
async function databaseTime(): Promise<string> {
  const { at } = await readRow(database.newManager(), z.object({ at: z.date() }), sql`select clock_timestamp() as at`);
  return new Date(at.getTime() + 1).toISOString();
}

describe('an operator sends a notification again', () => {
  const resend = async (resends: readonly Resend[]) =>
    await resendMessages(mailerTo(server().url), database.newManager(), resends);
  const requestFor = (userId: string, notificationId: string): Resend => ({
    resendId: randomUUID(),
    userId,
    notificationId,
    requestedAt: new Date(Date.now() + 60_000).toISOString(),
  });

  test('to the current address, with an id of its own, and only once although the job is repeated', async () => {
    const { updates, ids } = await stored('ada@example.com');
    await send(ids);
    await keepContactsOf(updates, { version: 2, email: 'ada.new@example.com' });
    const request = { ...requestFor(updates[0]!.customerId, ids[0]!), requestedAt: await databaseTime() };
    await resend([request]);
    await resend([request]);

    expect(server().received.map(({ to }) => to)).toEqual(['ada@example.com', 'ada.new@example.com']);
    expect(server().received[1]!.source).toContain(`Message-ID: <${request.resendId}@notification>`);
  });

  test('after the contact that the operator saw has arrived, and the others at once', async () => {
    const { updates, ids } = await stored('late@example.com', 'ada@example.com');
    const [late, ada] = updates as [OrderUpdate, OrderUpdate];
    await keepContactsOf([late], { version: 2, emailProved: false });
    const requests = [
      { ...requestFor(late.customerId, ids[0]!), contactVersion: 3 },
      { ...requestFor(ada.customerId, ids[1]!), contactVersion: 1, requestedAt: await databaseTime() },
    ];
    await expect(resend(requests)).rejects.toThrow(ContactUnknown);
    expect(server().received.map(({ to }) => to)).toEqual(['ada@example.com']);

    await keepContactsOf([late], { version: 3, email: 'new@example.com', emailProved: true });
    await resend(requests);
    expect(server().received.map(({ to }) => to)).toEqual(['ada@example.com', 'new@example.com']);
  });

  test('not for another customer, nor for an unproved address or a deleted customer', async () => {
    const [{ updates, ids }, unproved, deleted] = [
      await stored('a@example.com'),
      await stored('u@example.com'),
      await stored('d@example.com'),
    ];
    await keepContactsOf(unproved.updates, { version: 2, emailProved: false });
    await keepContactsOf(deleted.updates, { version: 2, deleted: true, email: null, name: null });
    await resend([
      requestFor(randomUUID(), ids[0]!),
      requestFor(updates[0]!.customerId, randomUUID()),
      requestFor(unproved.updates[0]!.customerId, unproved.ids[0]!),
      requestFor(deleted.updates[0]!.customerId, deleted.ids[0]!),
    ]);
    expect(server().received).toEqual([]);
  });
});
