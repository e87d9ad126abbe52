import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { database as definition } from '#order/database.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { testJobKeys } from '#test/job-keys.ts';
import { type Database, openDatabase } from '../postgres/database.ts';
import { openOutbox } from '#subgraphs/outbox.ts';
import { outboxKinds } from '#subgraphs/outbox-kinds.ts';
import { claimDue, type ClaimPolicy } from './outbox-relay.ts';
import { signStale } from './outbox-signing.ts';

const policy: ClaimPolicy = { batch: 900, inFlight: 4_500, firstRetryS: 15, longestRetryS: 30 };

let databases: TestDatabases;
let database: Database;
beforeAll(async () => {
  databases = await createDatabases('order');
  database = await openDatabase(definition, { url: databases.urls.order, poolSize: 1, applicationName: 'test' });
});
afterAll(async () => {
  await database.close();
  await databases.drop();
});

test('a claim reads each row at most once, even after claims that found the outbox empty', async () => {
  const em = database.em.fork();
  const kysely = em.getKysely();
  await databases.asOwner('order', 'vacuum outbox');
  // PostgreSQL keeps the plan of a prepared statement from its sixth execution on.
  for (let time = 0; time < 6; time += 1) expect(await claimDue(em, policy)).toEqual([]);
  const entries = Array.from({ length: 2_000 }, (_, number) => {
    return { kind: 'order-placed', payload: { orderId: String(number) } } as const;
  });
  await openOutbox(em, testJobKeys('order')).note(em, entries);

  expect(await claimDue(em, policy)).toHaveLength(900);
  await sql`select pg_stat_force_next_flush()`.execute(kysely);
  const { rows } = await sql<{ rowsRead: bigint }>`
    select seq_tup_read as "rowsRead" from pg_stat_user_tables where relname = 'outbox'
  `.execute(kysely);
  expect(rows[0]!.rowsRead).toBeLessThanOrEqual(entries.length);
});

test('a row whose columns hold other JSON than an object is claimed with the rest of its batch', async () => {
  const em = database.em.fork();
  await databases.asOwner('order', 'delete from outbox');
  await openOutbox(em, testJobKeys('order')).note(em, [{ kind: 'order-placed', payload: { orderId: 'good' } }]);
  await databases.asOwner(
    'order',
    `insert into outbox (kind, key, payload, signatures)
      values ('order-placed', 'a list', '[]', '{"billing": 1}'), ('order-placed', 'a text', '"text"', '[]')`,
  );

  await signStale(em, testJobKeys('order'), outboxKinds);
  expect((await claimDue(em, policy)).map(({ key, payload }) => [key, payload])).toEqual([
    ['good', expect.objectContaining({ orderId: 'good' })],
    ['a list', {}],
    ['a text', {}],
  ]);
});
