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

test('a process that is idle in a transaction loses its locks, and continues on another connection', async () => {
  const options = { url: databases.urls.billing, poolSize: 1, applicationName: 'test' };
  const [idle, other] = [await openDatabase(billing, options), await openDatabase(billing, options)];
  const lock = sql`select pg_advisory_xact_lock(1)`;
  try {
    const { promise: locked, resolve: reportLocked } = Promise.withResolvers<void>();
    const { promise: pause, resolve: resume } = Promise.withResolvers<void>();
    const lost = idle.em
      .fork()
      .transactional(async (em) => {
        await lock.execute(em.getKysely());
        reportLocked();
        await pause;
        await lock.execute(em.getKysely());
      })
      .catch((error: unknown) => error);
    await locked;
    // Waits until the server has ended the idle transaction, which releases its lock.
    await lock.execute(other.em.fork().getKysely());
    resume();
    expect(isTransient(await lost)).toBe(true);
    await lock.execute(idle.em.fork().getKysely());
  } finally {
    await idle.close();
    await other.close();
  }
});

describe('a server that disconnects while a transaction', () => {
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

  test('begins makes it fail before its work, and the pool loses no connection', async () => {
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

  test('is rolled back makes the rollback fail, and the pool loses no connection', async () => {
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

  test('runs makes it fail with the error of the statement, not with that of its rollback', async () => {
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

  test('commits makes the commit fail with a transient error, and the pool loses no connection', async () => {
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
