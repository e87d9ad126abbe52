import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeProtectedHeader, type JWK } from 'jose';
import { Client } from 'pg';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { graphql, graphqlData } from '#test/graphql.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { signAccessToken } from '#user/services/access-tokens.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';

const rotations = 3;
const clients = 4;
/** The processes that verify tokens with the published keys of the user subgraph. */
const verifiers = ['router', 'billing', 'order', 'notification'] as const;

let system: TestSystem;
let database: Client;
beforeAll(async () => {
  system = await startSystem();
  database = new Client({ connectionString: system.databases.user });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await system.stop();
});

const everywhere = () => (['router', ...subgraphNames] as const).map((part) => `${system.origins[part]}/graphql`);

const ofAllSubgraphs =
  '{ viewer { email account(currency: USD) { id } orders(first: 1) { nodes { id } } notifications(first: 1) { nodes { id } } } }';

/** Uses a token at the router, which forwards it to every subgraph, and at each subgraph. @returns the refusals. */
async function refusalsOf(token: string): Promise<string[]> {
  const answers = await Promise.all(
    everywhere().map(async (url) => {
      const query = url === system.url ? ofAllSubgraphs : '{ viewer { id } }';
      const { data, errors } = await graphql<{ viewer: object | null }>(url, { query, token });
      return data?.viewer != null && errors === undefined ? [] : [`${url}: ${JSON.stringify({ data, errors })}`];
    }),
  );
  return answers.flat();
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid!;

/** Number of unused tokens kept per key until the key is old: verified tokens are cached and prove nothing. */
const reserve = 12;

/** A client that requests tokens and uses them continuously. */
function startClient({ refreshToken: first }: Customer) {
  let refreshToken = first;
  const unshown = new Map<string, string[]>();
  const refusals: string[] = [];
  const shown = new Map<string, number>();

  async function renew(): Promise<void> {
    const { refreshToken: renewed } = await graphqlData<
      Record<'refreshToken', { accessToken: string; refreshToken: string }>
    >(system.url, {
      query: 'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken refreshToken } }',
      variables: { input: { refreshToken } },
    });
    refreshToken = renewed.refreshToken;
    const kid = kidOf(renewed.accessToken);
    unshown.set(kid, [...(unshown.get(kid) ?? []), renewed.accessToken]);
  }

  async function show(kid: string): Promise<void> {
    const token = unshown.get(kid)!.pop();
    if (token === undefined) return;
    refusals.push(...(await refusalsOf(token)));
    shown.set(kid, (shown.get(kid) ?? 0) + 1);
  }

  const over = new AbortController();
  async function work(): Promise<void> {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      // A client that never pauses takes the processors from the system that it waits for.
      await delay(150);
      await renew();
      const kids = [...unshown.keys()];
      for (const kid of turn % 10 === 0 ? kids : kids.slice(-1)) {
        if (kid !== kids.at(-1) || unshown.get(kid)!.length > reserve) await show(kid);
      }
    }
    for (const kid of unshown.keys()) await show(kid);
  }

  const working = work();
  return {
    refusals,
    shown,
    kids: () => [...unshown.keys()],
    finish: async () => {
      over.abort();
      await working;
    },
  };
}

interface StoredKey {
  readonly kid: string;
  readonly private_jwk: JWK;
}

async function storedKeys(): Promise<StoredKey[]> {
  return (await database.query<StoredKey>('select kid, private_jwk from signing_keys order by created_at')).rows;
}

/** @returns an access token of the customer, signed with this key. */
async function tokenBy(kid: string, privateKey: KeyObject, { id, email }: Customer): Promise<string> {
  const rules = { TOKEN_ISSUER: 'wallet-and-orders', TOKEN_AUDIENCE: 'wallet-and-orders-api', ACCESS_TOKEN_TTL_S: 600 };
  const user = {
    id,
    email,
    emailProvedAt: null,
    emailKey: email,
    name: 'Ada',
    passwordHash: '',
    version: 1,
    createdAt: new Date(),
  };
  return (await signAccessToken(user, { id: randomUUID(), roles: [] }, { kid, privateKey }, rules)).accessToken;
}

/** A token of an unknown key: it makes its verifier fetch the keys, unless it fetched them just before. */
async function unknownKeyToken(customer: Customer): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  return await tokenBy(`unknown-${Math.random()}`, privateKey, customer);
}

/** Makes the signing key too old, and skips the minute before its successor signs. @returns the next key's id. */
async function rotate(customer: Customer): Promise<string> {
  const before = await storedKeys();
  await database.query(`update signing_keys set created_at = created_at - interval '31 days' where retired_at is null`);
  const after = await until('the next key', async () => {
    await graphql(`${system.origins.user}/graphql`, {
      query: '{ viewer { id } }',
      token: await unknownKeyToken(customer),
    });
    const keys = await storedKeys();
    return keys.length > before.length && keys;
  });
  await database.query('update signing_keys set retired_at = now() where retired_at > now()');
  return after.find(({ kid }) => before.every((key) => key.kid !== kid))!.kid;
}

async function keyFetches(): Promise<number> {
  const metrics = await (await fetch(`${system.management.user}/metrics`)).text();
  const counts = metrics.match(/^wallet_requests_total\{.*jwks\.json.*\} \d+$/gm) ?? [];
  return counts.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

test('keys rotate under load, and no token is refused before it expires', async () => {
  const beganMs = performance.now();
  const customers = await Promise.all(Array.from({ length: clients }, async () => await registerCustomer(system.url)));
  const activeClients = customers.map(startClient);
  const kids = [(await storedKeys())[0]!.kid];
  const haveTokensOf = (kid: string) => activeClients.every((client) => client.kids().includes(kid));
  await until('tokens of the first key', () => haveTokensOf(kids[0]!));
  for (let rotation = 1; rotation <= rotations; rotation += 1) {
    kids.push(await rotate(customers[0]!));
    await until('tokens of the next key', () => haveTokensOf(kids.at(-1)!));
  }
  await Promise.all(activeClients.map(async ({ finish }) => await finish()));

  expect(activeClients.flatMap(({ refusals }) => refusals)).toEqual([]);
  for (const client of activeClients) expect([...client.shown.keys()].toSorted()).toEqual(kids.toSorted());
  // At most one fetch per second and verifier, whatever the number of tokens.
  const seconds = Math.ceil((performance.now() - beganMs) / 1_000);
  expect(await keyFetches()).toBeLessThanOrEqual(verifiers.length * (1 + rotations + seconds));
});

test('tokens of a key are refused after it has been retired for longer than the lifetime of a token', async () => {
  const ada = await registerCustomer(system.url);
  const [{ kid, private_jwk }] = (await storedKeys()) as [StoredKey];
  const stolen = createPrivateKey({ key: private_jwk, format: 'jwk' });
  expect(await refusalsOf(await tokenBy(kid, stolen, ada))).toEqual([]);

  await database.query(`update signing_keys set retired_at = retired_at - interval '12 minutes' where kid = $1`, [kid]);
  await until('all verifiers to drop the key', async () => {
    await refusalsOf(await unknownKeyToken(ada));
    return (await refusalsOf(await tokenBy(kid, stolen, ada))).length === everywhere().length;
  });
  expect(await refusalsOf(ada.token)).toEqual([]);
});
