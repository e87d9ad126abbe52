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

const keep = async (...news: UserUpdate[]) => await keepContacts(database.newManager(), news);

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
    ['again and again', [[second], [first], [second], [first, second], [first]]],
  ])('is kept at its newest version when the versions arrive %s', async (_how, batches) => {
    const userId = userUpdate().userId;
    for (const batch of batches) await keep(...batch.map((news) => ({ ...news, userId })));
    expect(await contactOf(userId)).toEqual({
      userId,
      version: 2,
      email: 'countess@example.com',
      name: 'Countess',
      deletedAt: null,
    });
  });
});

describe('somebody who is gone', () => {
  test('leaves a tombstone, and nothing personal', async () => {
    const contact = userUpdate();
    await keep(contact);
    const news = orderUpdate({ customerId: contact.userId });
    await notifyOfOrders(database.newManager(), [news]);
    await notifyOfTransfers(database.newManager(), [transferUpdate({ customerId: contact.userId })]);
    const other = orderUpdate();
    await notifyOfOrders(database.newManager(), [other]);

    await keep(userGone(contact.userId));
    expect(await contactOf(contact.userId)).toEqual({
      userId: contact.userId,
      version: 2,
      email: null,
      name: null,
      deletedAt: expect.any(Date),
    });
    expect(await database.notificationsOf(contact.userId)).toEqual([]);
    expect(await database.notificationsOf(other.customerId)).toHaveLength(1);
  });

  test('is not brought back by what comes late', async () => {
    const late = userUpdate();
    await keep(userGone(late.userId));
    await keep(late);
    await notifyOfOrders(database.newManager(), [orderUpdate({ customerId: late.userId })]);
    expect(await contactOf(late.userId)).toMatchObject({ email: null, name: null, deletedAt: expect.any(Date) });
    expect(await database.notificationsOf(late.userId)).toEqual([]);
  });

  test('is gone although the news of it arrives together with older news', async () => {
    const contact = userUpdate();
    await keep(userGone(contact.userId), contact);
    expect(await contactOf(contact.userId)).toMatchObject({ version: 2, email: null });
  });

  test('stays gone where the news of it arrives twice', async () => {
    const { userId } = userUpdate();
    await keep(userGone(userId));
    const before = await contactOf(userId);
    await keep(userGone(userId));
    expect(await contactOf(userId)).toEqual(before);
  });
});

/** How many transactions wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await sql`
    select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())
  `.execute(database.newManager().getKysely());
  return rows.length;
}

describe('a notification that is written while somebody leaves', () => {
  test('is erased where it was first', async () => {
    const news = orderUpdate();
    let leaving: Promise<void> | undefined;
    await database.newManager().transactional(async (em) => {
      await notifyOfOrders(em, [news]);
      leaving = keep(userGone(news.customerId));
      await until('the leaving to wait', async () => (await waiting()) === 1);
    });
    await leaving;
    expect(await database.notificationsOf(news.customerId)).toEqual([]);
  });

  test('is not written where it was second', async () => {
    const news = orderUpdate();
    let notified: Promise<unknown> | undefined;
    await database.newManager().transactional(async (em) => {
      await keepContacts(em, [userGone(news.customerId)]);
      notified = notifyOfOrders(database.newManager(), [news]);
      await until('the notification to wait', async () => (await waiting()) === 1);
    });
    expect(await notified).toEqual([]);
    expect(await database.notificationsOf(news.customerId)).toEqual([]);
  });
});
