import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  accepted,
  Accounts,
  clientCredentials,
  ConnectionLost,
  createSession,
  createWallet,
  Deposit,
  memoryStore,
  newIdempotencyKey,
  Notifications,
  Order,
  OrderUpdated,
  PlaceOrder,
  Profile,
  Refused,
  RefundOrder,
  RequestFailed,
  storageStore,
  TokenRefused,
  Transactions,
  type Wallet,
} from '../../clients/typescript/src/index.ts';
import { answering, counting, fault } from '#test/answering-fetch.ts';
import { createApiClient } from '#test/api-client.ts';
import { codeOf, setUpAppOf } from '#test/authenticator-app.ts';
import { type Customer, registerCustomer, settled } from '#test/customer.ts';
import { graphqlData } from '#test/graphql.ts';
import { type Proxy, startProxy } from '#test/proxy.ts';
import { sharedSystem } from '#test/shared-system.ts';
import { until } from '#test/until.ts';

/** The typed client of clients/typescript, against a running system. */

const password = 'correct horse battery staple';
const newEmail = () => `typed.${randomUUID()}@example.com`;

let origin: string;
let proxy: Proxy;
beforeAll(async () => {
  ({
    origins: { router: origin },
  } = await sharedSystem());
  proxy = await startProxy(Number(new URL(origin).port));
});
afterAll(async () => await proxy.stop());

/** A new customer with a session. */
async function signUp(options: Partial<Parameters<typeof createSession>[0]> = {}) {
  const session = createSession({ origin, ...options });
  const email = newEmail();
  await session.register({ email, name: 'Ada', password });
  const request: Customer['request'] = async (query, variables = {}) =>
    await graphqlData(`${origin}/graphql`, { query, variables, token: (await session.token())! });
  return { session, email, request, wallet: createWallet({ origin, auth: session, ...options }) };
}

async function dollars(wallet: Wallet) {
  const { viewer } = await wallet.execute(Accounts);
  return viewer!.accounts!.find(({ currency }) => currency === 'USD')!;
}

const tenDollars = { amount: '10.00', currency: 'USD' } as const;

describe('a customer', () => {
  test('registers, pays an order, follows it, refunds it and reads the lists page by page', async () => {
    const { wallet, request } = await signUp({ client: { name: 'typed-client', version: '1.0.0' } });
    const account = await dollars(wallet);
    expect(account.balance).toEqual({ amount: '100.00', currency: 'USD' });

    const { deposit } = await wallet.execute(Deposit, { input: { accountId: account.id, amount: tenDollars } });
    expect(accepted(deposit).transaction).toMatchObject({ kind: 'DEPOSIT', amount: tenDollars });
    const placed = await wallet.execute(PlaceOrder, {
      input: { productId: 'book', unitPrice: tenDollars, quantity: 2 },
    });
    const { id } = accepted(placed.placeOrder).order!;
    const statuses = [];
    for await (const { data } of wallet.subscribe(OrderUpdated, { id })) statuses.push(data.orderUpdated.status);
    expect(statuses.at(-1)).toBe('PAID');
    accepted((await wallet.execute(RefundOrder, { input: { orderId: id } })).refundOrder);
    await settled({ request }, id, 'REFUNDED');

    const kinds = [];
    const pages = wallet.list(Transactions, ({ viewer }) => viewer?.transactions, { first: 1 });
    for await (const { kind } of pages) kinds.push(kind);
    expect(kinds).toEqual(['REFUND', 'ORDER_PAYMENT', 'DEPOSIT', 'OPENING_DEPOSIT']);
    const messages: string[] = [];
    for await (const { kind } of wallet.list(Notifications, ({ viewer }) => viewer?.notifications)) messages.push(kind);
    expect(messages.toSorted()).toEqual(['ORDER_PAID', 'ORDER_REFUNDED']);
  });

  test('gets refusals as values with codes, and faults as errors', async () => {
    const { wallet } = await signUp();
    const order = { productId: 'book', unitPrice: tenDollars, quantity: 0 };
    const { placeOrder } = await wallet.execute(PlaceOrder, { input: order });

    expect(placeOrder?.userErrors).toMatchObject([{ code: 'INVALID_QUANTITY', field: ['input', 'quantity'] }]);
    expect(() => accepted(placeOrder)).toThrow(Refused);
    await expect(createWallet({ origin }).execute(Order, { id: 'x' })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const list = createWallet({ origin }).list(Transactions, ({ viewer }) => viewer?.transactions);
    await expect(list.next()).rejects.toThrow('not signed in');
  });

  test('signs in with a second factor', async () => {
    const ada = await registerCustomer(`${origin}/graphql`);
    const { email } = ada;
    const secret = await setUpAppOf(ada);
    const again = createSession({ origin });
    const { customer, challenge } = await again.login({ email, password: ada.password });

    expect([customer, challenge?.means]).toEqual([null, ['TOTP', 'RECOVERY_CODE']]);
    const input = { challenge: challenge!.token, code: codeOf(secret, 1) };
    expect(await again.completeLogin(input)).toMatchObject({ email });
    expect(await createWallet({ origin, auth: again }).execute(Profile)).toMatchObject({ viewer: { email } });
    await again.logout();
    expect(await again.token()).toBeNull();
    const other = createWallet({ origin, auth: { token: async () => ada.token, replacementFor: async () => null } });
    expect((await other.execute(Profile)).viewer).toMatchObject({ email });
  });
});

describe('a session', () => {
  /** A storage with a session whose access token is over. */
  async function staleStorage() {
    const store = memoryStore();
    const { email } = await signUp({ store });
    const items = new Map([['wallet-session', JSON.stringify({ ...(await store.load())!, renewAtMs: 0 })]]);
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
    return { email, storage };
  }

  test('is refreshed once, however many requests and tabs need it at once', async () => {
    const { email, storage } = await staleStorage();
    const refreshes = counting('mutation RefreshToken');
    const tabs = [1, 2, 3].map(() => {
      const session = createSession({ origin, store: storageStore(storage), fetch: refreshes.fetch });
      return { session, wallet: createWallet({ origin, auth: session }) };
    });

    const profiles = await Promise.all(
      tabs.flatMap(({ wallet }) => [1, 2, 3].map(async () => await wallet.execute(Profile))),
    );
    expect(profiles.map(({ viewer }) => viewer?.email)).toEqual(Array.from({ length: 9 }, () => email));
    expect(refreshes.count()).toBe(1);

    // A token that the server refuses is replaced once, too.
    const stored = JSON.parse(storage.getItem('wallet-session')!) as { accessToken: string };
    storage.setItem(
      'wallet-session',
      JSON.stringify({ ...stored, accessToken: `${stored.accessToken.slice(0, -8)}AAAAAAAA` }),
    );
    await Promise.all(tabs.map(async ({ wallet }) => await wallet.execute(Profile)));
    expect(refreshes.count()).toBe(2);

    await tabs[0]!.session.logout();
    expect((await tabs[1]!.wallet.execute(Profile)).viewer).toBeNull();
  });

  test('is over when its refresh token was used before', async () => {
    const { storage } = await staleStorage();
    const used = storage.getItem('wallet-session')!;
    const session = createSession({ origin, store: storageStore(storage) });
    expect(await session.token()).not.toBeNull();
    storage.setItem('wallet-session', used);

    expect([await session.token(), storage.getItem('wallet-session')]).toEqual([null, null]);
  });
});

describe('a mutation', () => {
  test('whose answer is lost is repeated with the same key, and pays once', async () => {
    const { wallet, session } = await signUp();
    const account = await dollars(wallet);
    const lossy = createWallet({ origin: `http://127.0.0.1:${proxy.port}`, auth: session, retry: { attempts: 50 } });
    proxy.truncateAnswers(true);
    const paying = lossy.execute(Deposit, { input: { accountId: account.id, amount: tenDollars } });
    await until('lost answers', () => proxy.truncatedAnswers() > 1);
    proxy.truncateAnswers(false);

    expect(await paying).toMatchObject({ deposit: { repeated: true, userErrors: [] } });
    expect((await dollars(wallet)).balance.amount).toBe('110.00');
  });

  test('whose outcome is unknown names its key', async () => {
    const { session } = await signUp();
    const silent = createWallet({
      origin: `http://127.0.0.1:${proxy.port}`,
      auth: session,
      retry: { attempts: 2, firstPauseMs: 1 },
      timeoutMs: 300,
    });
    proxy.goSilent();
    const input = { accountId: 'x', amount: tenDollars, idempotencyKey: newIdempotencyKey() };
    try {
      await expect(silent.execute(Deposit, { input })).rejects.toMatchObject({
        name: 'ConnectionLost',
        idempotencyKey: input.idempotencyKey,
      });
      const leaving = new AbortController();
      const request = silent.execute(Deposit, { input }, { signal: leaving.signal, timeoutMs: 60_000 });
      leaving.abort(new Error('I leave.'));
      await expect(request).rejects.toThrow('I leave.');
    } finally {
      proxy.forwardTo(Number(new URL(origin).port));
    }
  });

  test('is repeated after 429 and 503, and with a key only after an answer that is none', async () => {
    const { wallet, session } = await signUp();
    const { id } = await dollars(wallet);
    const page = () => new Response('<h1>Bad gateway</h1>', { status: 502 });
    const soon = { 'retry-after': '0' };
    const server = answering([fault(503, 'SERVICE_UNAVAILABLE', soon), fault(429, 'RATE_LIMITED', soon), page]);
    const answered = createWallet({ origin, auth: session, fetch: server.fetch });
    const { deposit } = await answered.execute(Deposit, { input: { accountId: id, amount: tenDollars } });

    expect(deposit).toMatchObject({ repeated: false, userErrors: [] });
    expect([server.bodies.length, new Set(server.bodies).size]).toEqual([4, 1]);
    const unkeyed = answering([page]);
    await expect(
      createSession({ origin, fetch: unkeyed.fetch }).login({ email: newEmail(), password }),
    ).rejects.toThrow(ConnectionLost);
    expect(unkeyed.bodies).toHaveLength(1);
  });

  test.each([
    ['a fault that stays', 400, 'BAD_USER_INPUT', {}],
    ['a pause that is too long', 429, 'RATE_LIMITED', { 'retry-after': '3600' }],
    ['a pause until a day', 503, 'SERVICE_UNAVAILABLE', { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' }],
  ])('is not repeated after %s', async (_what, status, code, headers) => {
    const server = answering([fault(status, code, headers)]);
    const request = createWallet({ origin, fetch: server.fetch }).execute(Profile);

    await expect(request).rejects.toBeInstanceOf(RequestFailed);
    await expect(request).rejects.toMatchObject({ code });
    expect(server.bodies).toHaveLength(1);
  });
});

describe('an API client', () => {
  test('gets one token for many requests, and acts within its scopes', async () => {
    const customer = await registerCustomer(`${origin}/graphql`);
    const { id, secret } = await createApiClient(origin, customer, ['accounts:read', 'deposits:write']);
    const tokens = counting('grant_type');
    const credentials = { origin, clientId: id, clientSecret: secret, fetch: tokens.fetch };
    const wallet = createWallet({ origin, auth: clientCredentials(credentials) });

    const [{ balance }] = await Promise.all([dollars(wallet), dollars(wallet), dollars(wallet)]);
    expect([balance.amount, tokens.count()]).toEqual(['100.00', 1]);
    await expect(wallet.execute(Order, { id: 'x' })).rejects.toMatchObject({ code: 'INSUFFICIENT_SCOPE' });
    const narrow = createWallet({ origin, auth: clientCredentials({ ...credentials, scopes: ['deposits:write'] }) });
    await expect(dollars(narrow)).rejects.toMatchObject({ code: 'INSUFFICIENT_SCOPE' });
    const wrong = clientCredentials({ ...credentials, clientSecret: 'wcs_wrong' });
    await expect(wrong.token()).rejects.toThrow(TokenRefused);
  });
});
