import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { database as billing } from '#billing/database.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { isTransient, openDatabase } from './database.ts';

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
    const { promise: locked, resolve: tellLocked } = Promise.withResolvers<void>();
    const { promise: silence, resolve: speak } = Promise.withResolvers<void>();
    const lost = silent.em
      .fork()
      .transactional(async (em) => {
        await lock.execute(em.getKysely());
        tellLocked();
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
}, 30_000);
