import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { JSONWebKeySet } from 'jose';
import { sql } from 'kysely';
import { type Database, openDatabase } from '#platform/postgres/database.ts';
import { identityReader } from '#platform/identity/identity.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { until } from '#test/until.ts';
import { database as definition } from '#user/database.ts';
import type { UserRow } from '#user/entities/user.ts';
import { signAccessToken } from './access-tokens.ts';
import { createKeyring, type Keyring } from './signing-keys.ts';

const session = { id: randomUUID(), roles: [] };
const rules = {
  TOKEN_ISSUER: 'issuer',
  TOKEN_AUDIENCE: 'audience',
  ACCESS_TOKEN_TTL_S: 600,
  SIGNING_KEY_MAX_AGE_S: 30 * 24 * 60 * 60,
};
const ada: UserRow = {
  id: '0190d5a8-7c1e-7b3a-9f52-0123456789ab',
  email: 'ada@example.com',
  emailProvedAt: null,
  emailKey: 'ada@example.com',
  name: 'Ada',
  passwordHash: '',
  version: 1,
  createdAt: new Date(),
};

let databases: TestDatabases;
let database: Database;

beforeAll(async () => {
  databases = await createDatabases('user');
  database = await openDatabase(definition, {
    url: databases.processes.user.service,
    poolSize: 10,
    applicationName: 'test',
  });
});

afterAll(async () => {
  await database.close();
  await databases.drop();
});

beforeEach(async () => {
  await query(`delete from signing_keys`);
});

async function query(statement: string): Promise<void> {
  await databases.asOwner('user', statement);
}

/** A new process, without cached keys. */
function newKeyring(): Keyring {
  return createKeyring(database.em, rules, createLog('test', 'silent'));
}

/** Moves all times of the keys this far into the past. */
async function letPass(interval: string): Promise<void> {
  await query(
    `update signing_keys set created_at = created_at - interval '${interval}', retired_at = retired_at - interval '${interval}'`,
  );
}

async function publishedKids(keyring = newKeyring()): Promise<(string | undefined)[]> {
  return (await keyring.published()).keys.map(({ kid }) => kid);
}

test('creates one key for many processes that start at once, and keeps it', async () => {
  const kids = await Promise.all(Array.from({ length: 8 }, async () => (await newKeyring().signingKey()).kid));
  expect(new Set(kids).size).toBe(1);
  expect((await newKeyring().signingKey()).kid).toBe(kids[0]);
  expect(await publishedKids()).toEqual([kids[0]]);
});

test('publishes the public keys, and no private key', async () => {
  const published: JSONWebKeySet = await newKeyring().published();
  expect(published.keys).toEqual([
    { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', x: expect.any(String), kid: expect.any(String) },
  ]);
});

test('creates the next key when the newest is too old, publishes it at once, and signs with it a minute later', async () => {
  const before = (await newKeyring().signingKey()).kid;
  await letPass('31 days');

  const meanwhile = newKeyring();
  const [older, next] = await publishedKids(meanwhile);
  expect(older).toBe(before);
  expect(next).toEqual(expect.any(String));
  expect((await meanwhile.signingKey()).kid).toBe(before);

  await letPass('61 seconds');
  expect((await newKeyring().signingKey()).kid).toBe(next);
  expect(await publishedKids()).toEqual([before, next]);
});

test('publishes a retired key until the last token that it signed has expired', async () => {
  await newKeyring().signingKey();
  await letPass('31 days');
  const [before, next] = await publishedKids();
  await letPass('11 minutes');
  expect(await publishedKids()).toEqual([before, next]);
  await letPass('2 minutes');
  expect(await publishedKids()).toEqual([next]);
});

test('deletes expired keys when it creates another', async () => {
  await newKeyring().signingKey();
  await letPass('31 days');
  await newKeyring().signingKey();
  await letPass('31 days');
  await newKeyring().signingKey();
  const { rows } = await sql`select kid from signing_keys`.execute(database.em.fork().getKysely());
  expect(rows).toHaveLength(2);
});

test('creates one next key when many processes find the newest too old', async () => {
  await newKeyring().signingKey();
  await letPass('31 days');
  const sets = await Promise.all(Array.from({ length: 8 }, async () => await publishedKids()));
  expect(new Set(sets.map(String)).size).toBe(1);
  expect(sets[0]).toHaveLength(2);
});

const reader = ({ verificationKey }: Keyring) =>
  identityReader({ key: verificationKey, isRevoked: async () => false }, rules);

test('verifies tokens of the current key and of a retired key', async () => {
  const { accessToken: older } = await signAccessToken(ada, session, await newKeyring().signingKey(), rules);
  await letPass('31 days');
  await newKeyring().signingKey();
  await letPass('2 minutes');

  const keyring = newKeyring();
  const read = reader(keyring);
  const { accessToken: newer, expiresAt } = await signAccessToken(ada, session, await keyring.signingKey(), rules);
  const viewer = { id: ada.id, email: ada.email, name: ada.name, sessionId: session.id, roles: [] };
  expect(await read(`Bearer ${older}`)).toMatchObject({ token: 'valid', viewer });
  expect(await read(`Bearer ${newer}`)).toMatchObject({ token: 'valid', viewer, expiresAt });
});

test('refuses a token that names a published key but is signed with another', async () => {
  const keyring = newKeyring();
  const { kid } = await keyring.signingKey();
  await query('delete from signing_keys');
  const { privateKey } = await newKeyring().signingKey();
  const { accessToken } = await signAccessToken(ada, session, { kid, privateKey }, rules);
  expect(await reader(keyring)(`Bearer ${accessToken}`)).toEqual({ token: 'bad' });
});

test('accepts a key that another process created after the last read', async () => {
  const keyring = newKeyring();
  await keyring.signingKey();
  await query('delete from signing_keys');
  const { accessToken } = await signAccessToken(ada, session, await newKeyring().signingKey(), rules);
  const read = reader(keyring);
  // The process reads the keys again at most once per second.
  const identity = await until('the key to be known', async () => {
    const { token, ...rest } = await read(`Bearer ${accessToken}`);
    return token === 'valid' && rest;
  });
  expect(identity).toMatchObject({ viewer: { id: ada.id } });
});

test('uses the cached keys while a read fails, and fails without cached keys', async () => {
  const log = createLog('test', 'silent');
  const warnings: string[] = [];
  const keyring = createKeyring(
    database.em,
    rules,
    Object.assign(log, { warn: () => warnings.push('cannot be read') }),
  );
  const known = await keyring.published();
  const { accessToken } = await signAccessToken(ada, session, await keyring.signingKey(), rules);
  const { accessToken: unknown } = await signAccessToken(
    ada,
    session,
    { ...(await keyring.signingKey()), kid: 'x' },
    rules,
  );

  await query('alter table signing_keys rename to unreadable');
  try {
    await until('a read of the keys', async () => {
      await reader(keyring)(`Bearer ${unknown}`);
      return warnings.length > 0;
    });
    expect(await keyring.published()).toEqual(known);
    const read = reader(keyring);
    expect(await read(`Bearer ${accessToken}`)).toMatchObject({ token: 'valid' });
    await expect(newKeyring().published()).rejects.toThrow('signing_keys');
  } finally {
    await query('alter table unreadable rename to signing_keys');
  }
});
