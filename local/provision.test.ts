import { beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { given } from '#test/given.ts';
import { databaseOwners, type DatabaseUrls, provision } from './provision.ts';

const adminUrl = given('WALLET_TEST_DATABASE_URL');
/** What bears the run's name goes with the run. */
const prefix = `${given('WALLET_TEST_PREFIX')}provision_`;
const creator = `${prefix}creator`;

let urls: DatabaseUrls;

beforeAll(async () => {
  urls = await provision(adminUrl, prefix);
});

describe('provision', () => {
  test('gives each owner a database in which it may make tables', async () => {
    for (const owner of databaseOwners) {
      await expect(query(urls[owner], 'create table mine ()', 'drop table mine')).resolves.toBeUndefined();
    }
  });

  test('lets no owner into the database of another', async () => {
    const trespass = Object.assign(new URL(urls.order), { pathname: new URL(urls.billing).pathname });

    await expect(query(trespass.href, 'select')).rejects.toThrow('permission denied for database');
  });

  test('answers the same when it is repeated', async () => {
    expect(await provision(adminUrl, prefix)).toEqual(urls);
  });

  test('makes everything once where it runs several times at once', async () => {
    const other = `${prefix}race_`;

    const answers = await Promise.all([1, 2, 3].map(async () => await provision(adminUrl, other)));
    expect(new Set(answers.map(({ billing }) => billing)).size).toBe(1);
  });

  test('needs no superuser, only one who may create databases and roles', async () => {
    await query(adminUrl, `create role ${creator} login createdb createrole password 'secret'`);
    const asCreator = Object.assign(new URL(adminUrl), { username: creator, password: 'secret' });
    const other = `${prefix}other_`;

    const others = await provision(asCreator.href, other);
    await expect(query(others.user, 'create table mine ()')).resolves.toBeUndefined();
  });

  test('refuses an administrator without a password, from which it would derive guessable ones', async () => {
    const url = Object.assign(new URL(adminUrl), { password: '' });

    await expect(provision(url.href, prefix)).rejects.toThrow('DATABASE_URL has no password');
  });
});

async function query(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
