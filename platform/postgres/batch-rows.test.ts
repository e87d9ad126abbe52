import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { database as billing, tables } from '#billing/database.ts';
import { Settlement } from '#billing/entities/settlement.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { insertRows, setFromExcluded, unnestRows } from './batch-rows.ts';
import { columnsOf, type Database, type NewValues, openDatabase } from './database.ts';
import { bytes, columnsOfSchema, readRow, readRows, type RowSchema } from './read-rows.ts';

let databases: TestDatabases;
let orm: Database;
beforeAll(async () => {
  databases = await createDatabases('billing');
  orm = await openDatabase(billing, { url: databases.urls.billing, poolSize: 2, applicationName: 'test' });
});
afterAll(async () => {
  await orm.close();
  await databases.drop();
});

const settledAt = new Date('2026-01-02T03:04:05.678Z');
const rejected = () => ({
  settledAt,
  rejectionReason: 'ACCOUNT_CLOSED' as const,
  transactionId: null,
  refundId: null,
  kind: 'PAYMENT' as const,
  orderId: randomUUID(),
});

test('inserts each value into the column of its name, regardless of the order of the properties', async () => {
  const em = orm.em.fork();
  const rows = [rejected(), { ...rejected(), rejectionReason: 'INSUFFICIENT_FUNDS' as const }];
  await insertRows(em, Settlement, rows).execute(em.getKysely());
  const ids = rows.map(({ orderId }) => orderId);
  const stored = await tables(em)
    .selectFrom('settlements')
    .select(columnsOf(Settlement))
    .where('orderId', 'in', ids)
    .orderBy('rejectionReason')
    .execute();
  expect(stored).toEqual(rows);
});

test('updates every column of the entity but the conflicting key', () => {
  const em = orm.em.fork();
  const { sql: text } = sql`set ${setFromExcluded(em, Settlement, ['orderId', 'kind'])}`.compile(em.getKysely());
  const updated = [...text.matchAll(/"(\w+)" = excluded\."\1"/g)].map(([, column]) => column);
  expect(updated).toHaveLength(4);
  expect(new Set(updated)).toEqual(new Set(['refund_id', 'rejection_reason', 'settled_at', 'transaction_id']));
  // @ts-expect-error a key that is not a property of the entity
  void setFromExcluded(em, Settlement, ['customerId']);
});

test('keeps values of every type', async () => {
  const id: string = randomUUID();
  const row = {
    id,
    text: `quotes ' " and \\ and {}, NULL`,
    amountMinor: 9_007_199_254_740_993n,
    count: -1,
    isOpen: false,
    hash: Buffer.from([0, 255, 92]) as Buffer,
    payload: { name: 'a "b"', list: [1, null] as unknown[] },
    at: settledAt,
    missing: null as string | null,
  };
  const schema = z.object({
    id: z.string(),
    text: z.string(),
    amountMinor: z.bigint(),
    count: z.int(),
    isOpen: z.boolean(),
    hash: bytes,
    payload: z.object({ name: z.string(), list: z.array(z.unknown()) }),
    at: z.date(),
    missing: z.string().nullable(),
  }) satisfies RowSchema<typeof row>;
  const types = {
    id: 'uuid',
    text: 'text',
    amountMinor: 'bigint',
    count: 'integer',
    isOpen: 'boolean',
    hash: 'bytea',
    payload: 'jsonb',
    at: 'timestamptz',
    missing: 'text',
  } as const;
  const statement = sql`select ${columnsOfSchema(schema)} from ${unnestRows('given', [row, row], types)}`;
  expect(await readRows(orm.em.fork(), schema, statement)).toEqual([row, row]);
});

test('refuses a row that its schema does not describe', async () => {
  const em = orm.em.fork();
  const amount = z.object({ amountMinor: z.bigint() });
  await expect(readRow(em, amount, sql`select 1::bigint as other`)).rejects.toThrow('amountMinor');
  await expect(readRow(em, amount, sql`select 1::integer as "amountMinor"`)).rejects.toThrow('bigint');
  await expect(readRow(em, amount, sql`select 1 where false`)).rejects.toThrow('0 rows instead of one');
});

test('does not compile where a statement leaves out a column', () => {
  const em = orm.em.fork();
  const { settledAt: _, ...withoutTime } = rejected();
  // @ts-expect-error a batch without a column of the entity
  void insertRows(em, Settlement, [withoutTime]);
  // @ts-expect-error a batch with a type for each column but one
  void unnestRows('given', [rejected()], {
    orderId: 'uuid',
    kind: 'text',
    rejectionReason: 'text',
    settledAt: 'timestamptz',
  });
  // @ts-expect-error a time that is sent as a number
  void unnestRows('given', [{ settledAt }], { settledAt: 'integer' });
  // @ts-expect-error a single insert without a column of the entity
  void (withoutTime satisfies NewValues<typeof Settlement>);
  // @ts-expect-error a schema without a column of the row
  void (z.object({ kind: z.string() }) satisfies RowSchema<{ kind: string; orderId: string }>);
  expect(withoutTime).not.toHaveProperty('settledAt');
});
