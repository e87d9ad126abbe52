import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { graphql, type GraphQLSchema } from 'graphql';
import { type Database, openDatabase } from '#platform/postgres/database.ts';
import { openOutbox } from '#subgraphs/outbox.ts';
import { buildSchema } from '#platform/graphql/subgraph.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { callerFrom, requestOf, someone } from '#test/factories.ts';
import { jobKeySettings, testJobKeys } from '#test/job-keys.ts';
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

const ada = someone();
const password = 'correct horse battery staple';
const passwords = createPasswords({ PASSWORD_QUEUE_LENGTH: 10, PASSWORD_QUEUE_WAIT_MS: 20_000 });
let passwordHash: string;
let databases: TestDatabases;
let orm: Database;
let schema: GraphQLSchema;

beforeAll(async () => {
  databases = await createDatabases('user');
  orm = await openDatabase(database, { url: databases.urls.user, poolSize: 2, applicationName: 'test' });
  schema = buildSchema({ name: 'user', schemaUrl: new URL('schema.graphql', import.meta.url), resolvers, permissions });
  passwordHash = await passwords.hash(callerFrom(), password);
  await tables(orm.em.fork())
    .insertInto('users')
    .values({ id: ada.id, email: ada.email, name: ada.name, emailKey: emailKey(ada.email), passwordHash, version: 1 })
    .execute();
});
afterAll(async () => {
  await orm.close();
  await databases.drop();
});

/** The registered users with their columns, and the number of sessions. */
async function stored() {
  const users = await tables(orm.em.fork()).selectFrom('users').select(['id', 'passwordHash']).execute();
  const sessions = await tables(orm.em.fork()).selectFrom('refresh_tokens').select('id').execute();
  return { users, sessions };
}

test.each([
  `register(input: { email: "${someone().email}", name: "Grace", password: "${password}" })`,
  `login(input: { email: "${ada.email}", password: "${password}" })`,
  `changePassword(input: { currentPassword: "${password}", newPassword: "another ${password}" })`,
  `deleteUser(input: { password: "${password}" })`,
])('nothing is done for a client that has gone: %s', async (field) => {
  const config = readConfig({ USER_DATABASE_URL: databases.urls.user, ...jobKeySettings });
  const base = { ...requestOf(ada), caller: callerFrom('192.0.2.1', AbortSignal.abort()) };
  const parts = {
    keyring: createKeyring(orm.em, config, base.log),
    passwords,
    revocations: trackRevocations(orm.em, config, base.log),
    site: relyingParty(config),
    rules: config,
    factorSecrets: factorSecrets(config.USER_FACTOR_KEYS),
    billingUrl: config.BILLING_URL,
    orderUrl: config.ORDER_URL,
    notificationUrl: config.NOTIFICATION_URL,
    outbox: openOutbox(orm.em, testJobKeys('user')),
  };
  const contextValue = createContext(base, orm.em.fork(), parts);
  const { errors } = await graphql({ schema, source: `mutation { ${field} { userErrors { code } } }`, contextValue });

  expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_REQUEST']);
  expect(await stored()).toEqual({ users: [{ id: ada.id, passwordHash }], sessions: [] });
});
