import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { type Database, openDatabase } from '#platform/postgres/database.ts';
import { openOutbox } from '#subgraphs/outbox.ts';
import { buildSchema } from '#platform/graphql/subgraph.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { requestOf, someone } from '#test/factories.ts';
import { jobKeySettings, testJobKeys } from '#test/job-keys.ts';
import { countStatements, entitiesOf } from '#test/statements.ts';
import { readConfig } from './config.ts';
import { createContext } from './context.ts';
import { database, tables } from './database.ts';
import { emailKey } from './domain/email.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { trackRevocations } from './services/revocations.ts';
import { createPasswords } from './services/passwords.ts';
import { factorSecrets } from './services/factor-secrets.ts';
import { relyingParty } from './services/relying-party.ts';
import { createKeyring } from './services/signing-keys.ts';

/** The number of statements per request does not depend on the number of references to a user. */

const ada = someone();
let databases: TestDatabases;
let orm: Database;
let schema: GraphQLSchema;

beforeAll(async () => {
  databases = await createDatabases('user');
  orm = await openDatabase(database, { url: databases.urls.user, poolSize: 10, applicationName: 'test' });
  schema = buildSchema({
    name: 'user',
    schemaUrl: new URL('schema.graphql', import.meta.url),
    resolvers,
    permissions,
  });
  await tables(orm.em.fork())
    .insertInto('users')
    .values({
      id: ada.id,
      email: ada.email,
      name: ada.name,
      emailKey: emailKey(ada.email),
      passwordHash: 'none',
      version: 1,
    })
    .execute();
});

afterAll(async () => {
  await orm.close();
  await databases.drop();
});

async function cost(request: { readonly source: string; readonly variableValues?: Record<string, unknown> }) {
  const config = readConfig({ USER_DATABASE_URL: databases.urls.user, ...jobKeySettings });
  const base = requestOf(ada);
  const parts = {
    keyring: createKeyring(orm.em, config, base.log),
    passwords: createPasswords(config),
    revocations: trackRevocations(orm.em, config, base.log),
    site: relyingParty(config),
    rules: config,
    factorSecrets: factorSecrets(config.USER_FACTOR_KEYS),
    billingUrl: config.BILLING_URL,
    orderUrl: config.ORDER_URL,
    notificationUrl: config.NOTIFICATION_URL,
    outbox: openOutbox(orm.em, testJobKeys('user')),
  };
  return await countStatements({ schema, contextValue: createContext(base, orm.em.fork(), parts), ...request });
}

test('the viewer costs one statement, under any number of aliases', async () => {
  expect(await cost({ source: '{ viewer { id email name createdAt } }' })).toBe(1);
  expect(await cost({ source: '{ one: viewer { email } two: viewer { name } }' })).toBe(1);
});

test.each([1, 50])('%d references to the viewer cost one statement', async (count) => {
  const ids = Array.from({ length: count }, () => ada.id);
  expect(await cost(entitiesOf('User', 'id email name createdAt', ids))).toBe(1);
});

test.each([1, 50])('%d references to other users cost no statement', async (count) => {
  const ids = Array.from({ length: count }, () => someone().id);
  expect(await cost(entitiesOf('User', 'email', ids))).toBe(0);
});
