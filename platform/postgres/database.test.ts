import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { database as billing } from '#billing/database.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { type Proxy, startProxy } from '../../test/proxy.ts';
import { type Database, isTransient, openDatabase } from './database.ts';

let databases: TestDatabases;

beforeAll(async () => {
  databases = await createDatabases();
});

afterAll(async () => {
  await databases.drop();
});

test('whoever is silent in a transaction loses its locks, and goes on with another connection', async () => {
  const options = { url: databases.urls.billing, poolSize: 1, applicationName: 'test' };
  const [silent, other] = [await openDatabase(billing, options), await openDatabase(billing, options)];
  const lock = sql`select pg_advisory_xact_lock(1)`;
  try {
    const { promise: locked, resolve: reportLocked } = Promise.withResolvers<void>();
    const { promise: silence, resolve: speak } = Promise.withResolvers<void>();
    const lost = silent.em
      .fork()
      .transactional(async (em) => {
        await lock.execute(em.getKysely());
        reportLocked();
        await silence;
        await lock.execute(em.getKysely());
      })
      .catch((error: unknown) => error);
    await locked;
    // Waits until the server has let go of the silent one.
    await lock.execute(other.em.fork().getKysely());
    speak();
    expect(isTransient(await lost)).toBe(true);
    await lock.execute(silent.em.fork().getKysely());
  } finally {
    await silent.close();
    await other.close();
  }
});

describe('a server that goes away while a transaction', () => {
  let proxy: Proxy;
  let database: Database;

  beforeEach(async () => {
    const url = new URL(databases.urls.billing);
    proxy = await startProxy(Number(url.port), url.hostname);
    url.port = String(proxy.port);
    database = await openDatabase(billing, { url: url.href, poolSize: 1, applicationName: 'test' });
    await answers();
  });

  afterEach(async () => {
    await database.close();
    await proxy.stop();
  });

  const answers = async () => await sql`select 1`.execute(database.em.fork().getKysely());

  test('begins fails the transaction before its work, and costs the pool nothing', async () => {
    proxy.truncateAnswers(true);
    const work = jest.fn(async () => undefined);
    const failure = await database.em
      .fork()
      .transactional(work)
      .catch((error: unknown) => error);
    proxy.truncateAnswers(false);

    expect(isTransient(failure)).toBe(true);
    expect(work).not.toHaveBeenCalled();
    await expect(answers()).resolves.toBeDefined();
  });

  test('is rolled back says so, and costs the pool nothing', async () => {
    const transaction = await database.em.fork().getKysely().startTransaction().execute();
    proxy.truncateAnswers(true);
    const failure = await transaction
      .rollback()
      .execute()
      .catch((error: unknown) => error);
    proxy.truncateAnswers(false);

    expect(isTransient(failure)).toBe(true);
    await expect(answers()).resolves.toBeDefined();
  });

  test('works fails it with what went wrong, not with what its rollback met', async () => {
    const failure = await database.em
      .fork()
      .transactional(async (em) => {
        proxy.truncateAnswers(true);
        await sql`select 'torn'`.execute(em.getKysely());
      })
      .catch((error: unknown) => error);
    proxy.truncateAnswers(false);

    expect(isTransient(failure)).toBe(true);
    await expect(answers()).resolves.toBeDefined();
  });

  test('commits leaves what became of it open, and costs the pool nothing', async () => {
    const failure = await database.em
      .fork()
      .transactional(async (em) => {
        await sql`select 1`.execute(em.getKysely());
        proxy.truncateAnswers(true);
      })
      .catch((error: unknown) => error);
    proxy.truncateAnswers(false);

    expect(isTransient(failure)).toBe(true);
    await expect(answers()).resolves.toBeDefined();
  });
});
