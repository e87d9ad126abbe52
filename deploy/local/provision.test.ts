import { beforeAll, describe, expect, test } from '@jest/globals';
import { testSetting } from '#test/test-setting.ts';
import { query } from '#test/query.ts';
import { databaseNames, databaseUrls, type DatabaseUrls, settingsOf } from './credentials.ts';
import { migrateAll } from './migrations.ts';
import { provision } from './provision.ts';

const adminUrl = testSetting('WALLET_TEST_DATABASE_URL');
/** The test run drops all databases and roles with its prefix when it ends. */
const prefix = `${testSetting('WALLET_TEST_PREFIX')}provision_`;
const creator = `${prefix}creator`;

let urls: DatabaseUrls;

beforeAll(async () => {
  urls = await provision(adminUrl, prefix);
});

describe('provision', () => {
  test('gives each database an owner that can create tables', async () => {
    for (const name of databaseNames) {
      await expect(query(urls[name].owner, 'create table mine ()', 'drop table mine')).resolves.toEqual([]);
    }
  });

  test.each(Object.entries(settingsOf(databaseUrls(adminUrl, prefix))).filter(([name]) => !name.includes('_OWNER_')))(
    'gives the role of %s no right to create objects',
    async (_setting, url) => {
      await expect(query(url, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
      for (const what of ['table mine ()', 'temporary table mine ()', 'schema mine']) {
        await expect(query(url, `create ${what}`)).rejects.toThrow(/permission denied|read-only transaction/);
      }
    },
  );

  test('lets no role connect to another database', async () => {
    const addresses = Object.values(settingsOf(urls)).map((url) => new URL(url));
    const rolesOf = (database: string) =>
      addresses.filter(({ pathname }) => pathname === database).map(({ username }) => username);
    for (const { pathname: database } of addresses) {
      for (const address of addresses.filter(({ username }) => !rolesOf(database).includes(username))) {
        const trespass = Object.assign(new URL(address), { pathname: database });
        await expect(query(trespass.href, 'select')).rejects.toThrow('permission denied for database');
      }
    }
  });

  test('returns the same URLs when it is repeated', async () => {
    expect(await provision(adminUrl, prefix)).toEqual(urls);
  });

  test('creates everything once when it runs several times concurrently', async () => {
    const other = `${prefix}race_`;

    const answers = await Promise.all([1, 2, 3].map(async () => await provision(adminUrl, other)));
    expect(new Set(answers.map(({ billing }) => billing.owner)).size).toBe(1);
  });

  test('needs no superuser, only the rights to create databases and roles', async () => {
    await query(adminUrl, `create role ${creator} login createdb createrole password 'secret'`);
    const asCreator = Object.assign(new URL(adminUrl), { username: creator, password: 'secret' });
    const other = `${prefix}other_`;

    const others = await provision(asCreator.href, other);
    await expect(query(others.user.owner, 'create table mine ()')).resolves.toEqual([]);
    await expect(provision(asCreator.href, other)).resolves.toEqual(others);
  });

  test('refuses an administrator without a password: the derived passwords would be guessable', async () => {
    const url = Object.assign(new URL(adminUrl), { password: '' });

    await expect(provision(url.href, prefix)).rejects.toThrow('DATABASE_URL has no password');
  });
});

describe('an installation whose services own their databases', () => {
  test.each([
    ['the superuser', async () => adminUrl],
    ['an administrator that is no superuser', async () => await anotherAdmin()],
  ])('is transferred to the owner roles by %s', async (_who, admin) => {
    const administrator = await admin();
    const old = `${new URL(administrator).username}_old_`;
    const { billing } = databaseUrls(administrator, old);
    await createWithOneRole(administrator, billing.service);

    const transferred = await provision(administrator, old);
    await migrateAll({ billing: transferred.billing });

    const owners = `select distinct tableowner as owner from pg_tables where schemaname = 'public'`;
    expect(await query(transferred.billing.owner, owners)).toEqual([{ owner: `${old}billing_owner` }]);
    await expect(
      query(transferred.billing.service, 'select count(*)::integer as count from accounts'),
    ).resolves.toEqual([{ count: 0 }]);
    await expect(query(transferred.billing.service, 'alter table accounts disable trigger user')).rejects.toThrow(
      'must be owner of table accounts',
    );
    await expect(query(transferred.billing.verifier, 'select from entries')).resolves.toEqual([]);
  });
});

/** Creates an administrator without superuser rights, as on managed servers. */
async function anotherAdmin(): Promise<string> {
  const name = `${prefix}managed`;
  await query(adminUrl, `create role ${name} login createdb createrole password 'secret'`);
  return Object.assign(new URL(adminUrl), { username: name, password: 'secret' }).href;
}

/** Creates billing's database as an early release did, with one role for everything. */
async function createWithOneRole(administrator: string, serviceUrl: string): Promise<void> {
  const { username, password, pathname } = new URL(serviceUrl);
  await query(
    administrator,
    `create role ${username} login password '${password}'`,
    ...(administrator === adminUrl ? [] : [`grant ${username} to current_user`]),
    `create database ${pathname.slice(1)} owner ${username}`,
  );
  const { database } = await import('#billing/database.ts');
  const { openDatabase } = await import('#platform/postgres/database.ts');
  const orm = await openDatabase(database, { url: serviceUrl, poolSize: 1, applicationName: 'test', isPatient: true });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close();
  }
}
