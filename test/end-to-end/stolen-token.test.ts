import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { codeOf, setUpAppOf } from '#test/authenticator-app.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { graphql, graphqlData } from '#test/graphql.ts';
import { subgraphSchema } from '#test/subgraph-schemas.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { waitingRows } from '#test/waiting-rows.ts';
import { allowed } from './token-alone.ts';

/**
 * A thief has Ada's access token, and neither her password nor her second factor. Each mutation of the schema is in one
 * of the two tables below: a token alone may do it, for the reason given, or it is refused and changes nothing.
 */

interface Refused {
  readonly subgraph: SubgraphName;
  /** The fields of the input without the confirmation, as a thief would fill them. */
  readonly input: () => object;
  readonly type: string;
}

/** What needs a confirmation. */
const refused: Readonly<Record<string, Refused>> = {
  updateProfile: { subgraph: 'user', type: 'UpdateProfileInput!', input: () => ({ email: newAddress() }) },
  // Even with the password: it needs the second factor, which is set.
  changePassword: {
    subgraph: 'user',
    type: 'ChangePasswordInput!',
    input: () => ({ currentPassword: ada.password, newPassword: 'another horse battery staple' }),
  },
  deleteUser: { subgraph: 'user', type: 'DeleteUserInput!', input: () => ({ password: ada.password }) },
  enableTotp: { subgraph: 'user', type: 'EnableTotpInput!', input: () => ({ code: codeOf(secret) }) },
  disableTotp: { subgraph: 'user', type: 'ConfirmedInput!', input: () => ({}) },
  beginPasskeyRegistration: { subgraph: 'user', type: 'ConfirmedInput!', input: () => ({}) },
  removePasskey: { subgraph: 'user', type: 'RemovePasskeyInput!', input: () => ({ passkeyId: randomUUID() }) },
  createApiClient: {
    subgraph: 'user',
    type: 'CreateApiClientInput!',
    input: () => ({ name: 'A thief', scopes: ['transfers:write'] }),
  },
  rotateApiClientSecret: {
    subgraph: 'user',
    type: 'RotateApiClientSecretInput!',
    input: () => ({ clientId: randomUUID() }),
  },
  revokeApiClient: { subgraph: 'user', type: 'RevokeApiClientInput!', input: () => ({ clientId: randomUUID() }) },
  renewRecoveryCodes: { subgraph: 'user', type: 'ConfirmedInput!', input: () => ({}) },
  exportMyData: { subgraph: 'user', type: 'ConfirmedInput', input: () => ({}) },
  downloadMyData: { subgraph: 'user', type: 'DownloadMyDataInput!', input: () => ({ exportId }) },
  giveShopConsent: {
    subgraph: 'billing',
    type: 'GiveShopConsentInput!',
    input: () => ({
      shopId: randomUUID(),
      shopName: 'A thief',
      orderLimit: { amount: '10.00', currency: 'USD' },
      monthLimit: { amount: '10.00', currency: 'USD' },
      idempotencyKey: randomUUID(),
    }),
  },
  createWebhookEndpoint: {
    subgraph: 'notification',
    type: 'CreateWebhookEndpointInput!',
    input: () => ({ url: 'https://thief.example/', eventTypes: ['ORDER_PAID'] }),
  },
  updateWebhookEndpoint: {
    subgraph: 'notification',
    type: 'UpdateWebhookEndpointInput!',
    input: () => ({ endpointId: randomUUID(), url: 'https://thief.example/' }),
  },
  deleteWebhookEndpoint: {
    subgraph: 'notification',
    type: 'DeleteWebhookEndpointInput!',
    input: () => ({ endpointId: randomUUID() }),
  },
  rotateWebhookSecret: {
    subgraph: 'notification',
    type: 'RotateWebhookSecretInput!',
    input: () => ({ endpointId: randomUUID() }),
  },
  closeAccounts: { subgraph: 'billing', type: 'ConfirmedInput', input: () => ({}) },
  transfer: {
    subgraph: 'billing',
    type: 'TransferInput!',
    input: () => ({
      fromAccountId: accountId,
      toAccountId: thiefsAccount,
      amount: { amount: '1000.00', currency: 'USD' },
      idempotencyKey: randomUUID(),
    }),
  },
};

const newAddress = () => `thief.${randomUUID()}@example.com`;

let system: TestSystem;
let ada: Customer;
let secret: string;
let accountId: string;
let thiefsAccount: string;
let exportId: string;
/** Of another session of Ada, and of another customer. */
let foreignConfirmations: readonly string[];

beforeAll(async () => {
  system = await startSystem();
  ada = await registerCustomer(system.url);
  await ada.deposit('5000.00');
  accountId = (await ada.account('USD')).id;
  const mallory = await registerCustomer(system.url, 'Mallory');
  thiefsAccount = (await mallory.account('USD')).number;
  const confirmation = await ada.confirm();
  const { exportMyData } = await ada.request<{ exportMyData: { dataExport: { id: string } } }>(
    'mutation ($input: ConfirmedInput) { exportMyData(input: $input) { dataExport { id } } }',
    { input: { confirmation } },
  );
  exportId = exportMyData.dataExport.id;
  foreignConfirmations = [await mallory.confirm(), await confirmedInAnotherSession()];
  secret = await setUpAppOf(ada);
  await until('the jobs to end', async () => (await waitingRows(system)) === 0);
});

afterAll(async () => await system.stop());

async function confirmedInAnotherSession(): Promise<string> {
  const { login } = await graphqlData<{ login: { accessToken: string } }>(system.url, {
    query: 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }',
    variables: { input: { email: ada.email, password: ada.password } },
  });
  const { confirmIdentity } = await graphqlData<{ confirmIdentity: { confirmation: string } }>(system.url, {
    query: 'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { confirmation } }',
    variables: { input: { password: ada.password } },
    token: login.accessToken,
  });
  return confirmIdentity.confirmation;
}

async function inDatabase<Result>(name: SubgraphName, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: system.databases[name] });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A refused transfer may leave a row here that counts nothing. */
const uncounted = 'unconfirmed_transfers';

/** A digest of every other table of every database. */
async function everything(): Promise<Record<string, string>> {
  const digests = await Promise.all(
    subgraphNames.map(
      async (name) =>
        await inDatabase(name, async (client) => {
          const { rows: tables } = await client.query<{ table: string }>(
            `select relname as table from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
          );
          const found: [string, string][] = [];
          for (const { table } of tables.filter((one) => one.table !== uncounted)) {
            const { rows } = await client.query<{ digest: string }>(
              `select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as digest from "${table}" as t`,
            );
            found.push([`${name}.${table}`, rows[0]!.digest]);
          }
          return found;
        }),
    ),
  );
  return Object.fromEntries(digests.flat());
}

interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

async function attempt(url: string, mutation: string, confirmation?: string | null) {
  const { type, input } = refused[mutation]!;
  const { data, errors } = await graphql<Record<string, Payload>>(url, {
    query: `mutation ($input: ${type}) { ${mutation}(input: $input) { userErrors { code field } } }`,
    variables: { input: { ...input(), ...(confirmation === undefined ? {} : { confirmation }) } },
    token: ada.token,
  });
  return errors ?? data?.[mutation]?.userErrors;
}

const refusal = [{ code: 'CONFIRMATION_REQUIRED', field: ['input', 'confirmation'] }];

test('every mutation is in one of the tables', () => {
  const mutations = new Set(subgraphNames.flatMap(mutationsOf));
  expect([...Object.keys(allowed), ...Object.keys(refused)].toSorted()).toEqual([...mutations].toSorted());
});

const mutationsOf = (name: SubgraphName) => Object.keys(subgraphSchema(name).getMutationType()?.getFields() ?? {});

describe.each(Object.keys(refused))('%s with the access token alone', (mutation) => {
  test('is refused through the router and past it, and changes nothing', async () => {
    const before = await everything();
    for (const origin of [system.origins.router, system.origins[refused[mutation]!.subgraph]]) {
      const url = `${origin}/graphql`;
      expect(await attempt(url, mutation)).toEqual(refusal);
      expect(await attempt(url, mutation, null)).toEqual(refusal);
      for (const confirmation of ['', 'x'.repeat(3_000), ada.token, ...foreignConfirmations]) {
        expect(await attempt(url, mutation, confirmation)).toEqual(refusal);
      }
    }
    expect(await everything()).toEqual(before);
  });
});
