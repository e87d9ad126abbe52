import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type VerifiedSubgraph, verifiedSubgraphs } from '#subgraphs/manifest.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';

let databases: TestDatabases;

beforeAll(async () => {
  databases = await createDatabases();
});

afterAll(async () => {
  await databases.drop();
});

describe('the role of verify', () => {
  test('can read the tables that it verifies', async () => {
    for (const table of ['accounts', 'transactions', 'entries', 'settlements', 'idempotency', 'outbox']) {
      await expect(asReader('billing', `select * from ${table}`)).resolves.toBeUndefined();
    }
    await expect(asReader('order', 'select * from orders')).resolves.toBeUndefined();
    await expect(asReader('notification', 'select * from notifications, contacts')).resolves.toBeUndefined();
    await expect(asReader('user', 'select * from outbox')).resolves.toBeUndefined();
  });

  test.each(['users', 'refresh_tokens', 'signing_keys'])('cannot read secrets: %s', async (table) => {
    await expect(asReader('user', `select * from ${table}`)).rejects.toThrow('permission denied for table');
  });

  test.each(verifiedSubgraphs)('has read-only transactions by default, in %s', async (owner) => {
    await expect(asReader(owner, 'create table mine ()')).rejects.toThrow('read-only transaction');
  });

  const writes = [
    ['billing', 'update accounts set balance_minor = 1'],
    ['billing', `insert into idempotency values (gen_random_uuid(), 'deposit', 'key', ''::bytea, gen_random_uuid())`],
    ['billing', 'delete from quotes'],
    ['billing', 'truncate outbox'],
    ['billing', `select nextval('account_numbers')`],
    ['order', `update orders set status = 'PAID'`],
    ['order', 'select from orders for update'],
    ['notification', 'delete from notifications'],
    ['user', 'delete from outbox'],
  ] as const;
  test.each(writes)('cannot write in a read-write transaction: in %s, %s', async (owner, statement) => {
    await expect(asReader(owner, 'set default_transaction_read_only = off', statement)).rejects.toThrow(
      /permission denied for (?:table|sequence)/,
    );
  });

  test.each(verifiedSubgraphs)('cannot create objects in %s', async (owner) => {
    for (const statement of ['create table mine ()', 'create temporary table mine ()', 'create schema mine']) {
      await expect(asReader(owner, 'set default_transaction_read_only = off', statement)).rejects.toThrow(
        'permission denied',
      );
    }
  });

  test("cannot connect to the jobs' database", async () => {
    const { pathname } = new URL(databases.urls.jobs);
    const url = Object.assign(new URL(databases.verifierUrls.billing), { pathname });

    await expect(query(url.href, ['select'])).rejects.toThrow('permission denied for database');
  });
});

async function asReader(owner: VerifiedSubgraph, ...statements: readonly string[]): Promise<void> {
  await query(databases.verifierUrls[owner], statements);
}

async function query(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
