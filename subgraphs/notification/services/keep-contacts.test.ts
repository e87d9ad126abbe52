import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { until } from '#test/until.ts';
import {
  type NotificationDatabase,
  openNotificationDatabase,
  orderUpdate,
  transferUpdate,
  userGone,
  userUpdate,
} from '#test/notification-database.ts';
import { tables } from '#notification/database.ts';
import { secondsFromNow } from '#platform/postgres/expressions.ts';
import { skewClock } from '#platform/process/clock.ts';
import { keepContacts, type UserUpdate } from './keep-contacts.ts';
import { notifyOfOrders } from './notify-of-orders.ts';
import { notifyOfTransfers } from './notify-of-transfers.ts';

let database: NotificationDatabase;

beforeAll(async () => {
  database = await openNotificationDatabase();
});

afterAll(async () => {
  await database.close();
});

const keep = async (...updates: UserUpdate[]) => await keepContacts(database.newManager(), updates);

async function contactOf(userId: string) {
  return await tables(database.newManager())
    .selectFrom('contacts')
    .selectAll()
    .where('userId', '=', userId)
    .executeTakeFirst();
}

describe('a contact', () => {
  const first = userUpdate();
  const second = { ...first, version: 2, email: 'countess@example.com', name: 'Countess' };

  test.each([
    ['in order', [[first], [second]]],
    ['in the wrong order', [[second], [first]]],
    ['in one batch', [[first, second]]],
    ['in one batch in the wrong order', [[second, first]]],
    ['repeatedly', [[second], [first], [second], [first, second], [first]]],
  ])('is stored at its newest version when the versions arrive %s', async (_how, batches) => {
    const userId = userUpdate().userId;
    for (const batch of batches) await keep(...batch.map((update) => ({ ...update, userId })));
    expect(await contactOf(userId)).toEqual({
      userId,
      version: 2,
      email: 'countess@example.com',
      name: 'Countess',
      emailProved: true,
      deletedAt: null,
    });
  });
});

describe('a deleted user', () => {
  test('leaves a row without personal data, and no notifications', async () => {
    const contact = userUpdate();
    await keep(contact);
    const update = orderUpdate({ customerId: contact.userId });
    await notifyOfOrders(database.newManager(), [update]);
    await notifyOfTransfers(database.newManager(), [transferUpdate({ customerId: contact.userId })]);
    const other = orderUpdate();
    await notifyOfOrders(database.newManager(), [other]);

    await keep(userGone(contact.userId));
    expect(await contactOf(contact.userId)).toEqual({
      userId: contact.userId,
      version: 2,
      email: null,
      name: null,
      emailProved: false,
      deletedAt: expect.any(Date),
    });
    expect(await database.notificationsOf(contact.userId)).toEqual([]);
    expect(await database.notificationsOf(other.customerId)).toHaveLength(1);
  });

  test("is deleted at the database's time, whatever the clock of the process", async () => {
    const { userId } = userUpdate();
    skewClock(-24 * 3_600_000);
    try {
      await keep(userGone(userId));
    } finally {
      skewClock(0);
    }
    const deleted = await tables(database.newManager())
      .selectFrom('contacts')
      .select((contact) => contact('deletedAt', '>', secondsFromNow(-3_600)).as('isRecent'))
      .where('userId', '=', userId)
      .executeTakeFirst();
    expect(deleted).toEqual({ isRecent: true });
  });

  test('stays deleted when an older version or an order arrives late', async () => {
    const late = userUpdate();
    await keep(userGone(late.userId));
    await keep(late);
    await notifyOfOrders(database.newManager(), [orderUpdate({ customerId: late.userId })]);
    expect(await contactOf(late.userId)).toMatchObject({ email: null, name: null, deletedAt: expect.any(Date) });
    expect(await database.notificationsOf(late.userId)).toEqual([]);
  });

  test('is deleted when the deletion arrives together with an older version', async () => {
    const contact = userUpdate();
    await keep(userGone(contact.userId), contact);
    expect(await contactOf(contact.userId)).toMatchObject({ version: 2, email: null });
  });

  test('stays deleted when the deletion arrives twice', async () => {
    const { userId } = userUpdate();
    await keep(userGone(userId));
    const before = await contactOf(userId);
    await keep(userGone(userId));
    expect(await contactOf(userId)).toEqual(before);
  });
});

/** The number of transactions that wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await sql`
    select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())
  `.execute(database.newManager().getKysely());
  return rows.length;
}

describe('a notification that is written while its user is being deleted', () => {
  test('is erased if its transaction began first', async () => {
    const update = orderUpdate();
    let deletion: Promise<void> | undefined;
    await database.newManager().transactional(async (em) => {
      await notifyOfOrders(em, [update]);
      deletion = keep(userGone(update.customerId));
      await until('the deletion to wait for the lock', async () => (await waiting()) === 1);
    });
    await deletion;
    expect(await database.notificationsOf(update.customerId)).toEqual([]);
  });

  test('is not written if the deletion began first', async () => {
    const update = orderUpdate();
    let notified: Promise<unknown> | undefined;
    await database.newManager().transactional(async (em) => {
      await keepContacts(em, [userGone(update.customerId)]);
      notified = notifyOfOrders(database.newManager(), [update]);
      await until('the notification to wait for the lock', async () => (await waiting()) === 1);
    });
    expect(await notified).toEqual([]);
    expect(await database.notificationsOf(update.customerId)).toEqual([]);
  });
});
