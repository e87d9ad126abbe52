import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { newKey, restClient, type RestClient } from '#test/rest-client.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { until } from '#test/until.ts';

let system: SystemAddresses;

beforeAll(async () => {
  system = await sharedSystem();
});

const password = 'correct horse battery staple';
const usd = (amount: string) => ({ amount, currency: 'USD' });

interface RestCustomer {
  readonly rest: RestClient;
  readonly email: string;
  readonly refreshToken: string;
  /** The ids of the accounts, by currency. */
  readonly accounts: Readonly<Record<string, string>>;
}

async function register(name = 'Ada'): Promise<RestCustomer> {
  const email = `${name.toLowerCase()}.${randomUUID()}@example.com`;
  const registered = await restClient(system.origins.router, null)('/users', { body: { email, name, password } });
  expect([registered.status, registered.headers.get('location')]).toEqual([201, '/api/v1/users/me']);
  const rest = restClient(system.origins.router, registered.body!.accessToken);
  const accounts = await until('the accounts', async () => {
    const { body } = await rest('/accounts');
    return body!.items.length === 3 ? body!.items : null;
  });
  return {
    rest,
    email,
    refreshToken: registered.body!.refreshToken,
    accounts: Object.fromEntries(accounts.map(({ id, currency }) => [currency, id])),
  };
}

const balanceOf = async ({ rest, accounts }: RestCustomer, currency = 'USD') =>
  (await rest(`/accounts/${accounts[currency]}`)).body!.balance.amount;

const order = (amount: string) => ({ productId: 'book', unitPrice: usd(amount), quantity: 1 });
const wait = { prefer: 'wait=20' };

describe('over REST', () => {
  test('a customer registers, deposits, pays an order, is refused one and reads the messages', async () => {
    const ada = await register();
    const deposit = await ada.rest('/deposits', {
      body: { accountId: ada.accounts['USD'], amount: usd('50.00') },
      key: newKey(),
    });
    expect(deposit).toMatchObject({ status: 201, body: { kind: 'DEPOSIT', received: usd('50.00') } });
    expect(await ada.rest(new URL(deposit.headers.get('location')!, system.origins.router).href)).toMatchObject({
      status: 200,
      body: deposit.body,
    });

    const paid = await ada.rest('/orders', { body: order('120.50'), key: newKey(), headers: wait });
    expect(paid).toMatchObject({ status: 201, body: { status: 'PAID', total: usd('120.50') } });
    expect(paid.headers.get('preference-applied')).toBe('wait=20');
    expect(paid.headers.get('location')).toBe(`/api/v1/orders/${paid.body!.id}`);
    const rejected = await ada.rest('/orders', { body: order('30.00'), key: newKey(), headers: wait });
    expect(rejected).toMatchObject({
      status: 201,
      body: { status: 'REJECTED', rejectionReason: 'INSUFFICIENT_FUNDS' },
    });
    expect(await balanceOf(ada)).toBe('29.50');

    await until('both messages', async () => (await ada.rest('/notifications')).body!.items.length === 2);
    const { body } = await ada.rest('/notifications?kinds=ORDER_REJECTED&totalCount=true&unreadCount=true');
    expect(body).toMatchObject({
      items: [{ kind: 'ORDER_REJECTED', order: { id: rejected.body!.id }, readAt: null }],
      totalCount: 1,
      unreadCount: 2,
      next: null,
    });
    const { id } = body!.items[0]!;
    expect(await ada.rest(`/notifications/${id}/read`, { method: 'PUT' })).toMatchObject({
      status: 200,
      body: { id, readAt: expect.any(String) },
    });
    expect((await ada.rest('/notifications?unread=true')).body!.items).toHaveLength(1);
  });

  test('an order is accepted with 202, decided at its location, and refunded', async () => {
    const ada = await register();
    const placed = await ada.rest('/orders', { body: order('10.00'), key: newKey() });
    expect(placed.status).toBe(202);
    const path = placed.headers.get('location')!.replace('/api/v1', '');
    expect((await ada.rest(path, { headers: wait })).body).toMatchObject({ status: 'PAID' });

    const part = { amount: { amount: '4.00', currency: 'USD' }, reason: 'one was broken' };
    expect(await ada.rest(`${path}/refund`, { body: part, key: newKey(), headers: wait })).toMatchObject({
      status: 200,
      body: { status: 'PARTIALLY_REFUNDED', refunded: { amount: '4.00' } },
    });
    const refunded = await ada.rest(`${path}/refund`, { method: 'POST', key: newKey(), headers: wait });
    expect(refunded).toMatchObject({ status: 200, body: { status: 'REFUNDED', refunded: { amount: '10.00' } } });
    expect(await ada.rest(`${path}/cancel`, { method: 'POST', key: newKey() })).toMatchObject({ status: 409 });
    expect(await balanceOf(ada)).toBe('100.00');
    expect(await ada.rest(`${path}/refund`, { method: 'POST', key: newKey() })).toMatchObject({
      status: 409,
      body: { code: 'INVALID_STATE', errors: [{ code: 'INVALID_STATE', parameter: 'orderId' }] },
    });
  });

  test('a transfer does what its quote says, once, and uses the quote up', async () => {
    const [ada, bob] = [await register(), await register('Bob')];
    const terms = { fromAccountId: ada.accounts['USD'], toAccountId: bob.accounts['USD'], amount: usd('10.00') };
    const quote = await ada.rest('/quotes', { body: terms });
    expect(quote).toMatchObject({ status: 200, body: { fee: usd('0.10'), total: usd('10.10') } });
    const body = { ...terms, quoteId: quote.body!.id, description: 'Lunch' };
    const key = newKey();

    const made = await ada.rest('/transfers', { body, key });
    expect(made).toMatchObject({ status: 201, body: { kind: 'TRANSFER', fee: usd('0.10'), description: 'Lunch' } });
    const again = await ada.rest('/transfers', { body, key });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect(again.body).toEqual(made.body);
    expect(again.headers.get('location')).toBe(made.headers.get('location'));
    expect(await ada.rest('/transfers', { body, key: newKey() })).toMatchObject({
      status: 410,
      body: { code: 'QUOTE_EXPIRED' },
    });
    expect(await ada.rest('/transfers', { body: { ...body, amount: usd('11.00') }, key })).toMatchObject({
      status: 409,
      body: { code: 'IDEMPOTENCY_KEY_REUSED', errors: [{ header: 'Idempotency-Key' }] },
    });
    expect([await balanceOf(ada), await balanceOf(bob)]).toEqual(['89.90', '110.00']);
  });

  test('64 requests with one key make one deposit, and exactly one is the first', async () => {
    const ada = await register();
    const request = { body: { accountId: ada.accounts['USD'], amount: usd('1.00') }, key: newKey() };
    const answers = await Promise.all(Array.from({ length: 64 }, async () => await ada.rest('/deposits', request)));

    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      ...Array.from({ length: 63 }, () => 200),
      201,
    ]);
    expect(new Set(answers.map(({ body }) => body!.id)).size).toBe(1);
    expect(await balanceOf(ada)).toBe('101.00');
  });

  test('a list is followed page by page with its link, and filtered and sorted', async () => {
    const ada = await register();
    for (const amount of ['3.00', '1.00', '2.00']) {
      await ada.rest('/deposits', {
        body: { accountId: ada.accounts['EUR'], amount: { amount, currency: 'EUR' } },
        key: newKey(),
      });
    }
    const amounts: string[] = [];
    const first = '/transactions?kinds=DEPOSIT&currencies=EUR,CNY&minAmount=1.50&sort=amount&first=1&totalCount=true';
    for (let url: string | null = first; url !== null;) {
      const { status, body, headers } = await ada.rest(url.replace('/api/v1', ''));
      expect([status, body!.totalCount]).toEqual([200, 2]);
      amounts.push(...body!.items.map(({ amount }) => amount.amount));
      expect(headers.get('link')).toBe(body!.next === null ? null : `<${body!.next}>; rel="next"`);
      url = body!.next;
    }

    expect(amounts).toEqual(['2.00', '3.00']);
    const { body } = await ada.rest(`/accounts/${ada.accounts['EUR']}/entries?sort=createdAt&first=2`);
    expect(body).toMatchObject({
      items: [{ sequence: 1 }, { sequence: 2 }],
      openingBalance: { amount: '0.00' },
      closingBalance: { amount: '6.00' },
    });
  });

  test('a customer signs in, renews the session, ends it, changes the name, and is deleted', async () => {
    const ada = await register();
    const anyone = restClient(system.origins.router, null);
    const wrong = await anyone('/sessions', { body: { email: ada.email, password: 'wrong' } });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'INVALID_CREDENTIALS' } });
    expect(wrong.headers.get('www-authenticate')).toContain('Bearer');
    const { status, body } = await anyone('/sessions', { body: { email: ada.email, password } });
    expect(status).toBe(201);
    const renewed = await anyone('/sessions/refresh', { body: { refreshToken: body!.refreshToken } });
    expect(renewed.status).toBe(200);
    expect((await ada.rest('/sessions')).body!.items).toHaveLength(2);
    const logout = { body: { refreshToken: renewed.body!.refreshToken } };
    expect((await anyone('/sessions/logout', logout)).status).toBe(204);
    expect(await anyone('/sessions/refresh', logout)).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });

    expect(await ada.rest('/users/me', { method: 'PATCH', body: { name: 'Ada L.' } })).toMatchObject({
      status: 200,
      body: { email: ada.email, name: 'Ada L.' },
    });
    const remove = async (given: string) =>
      await ada.rest('/users/me', { method: 'DELETE', body: { password: given } });
    expect(await remove('wrong')).toMatchObject({ status: 403, body: { code: 'INVALID_CREDENTIALS' } });
    expect(await remove(password)).toMatchObject({ status: 409, body: { code: 'ACCOUNT_NOT_EMPTY' } });
    const withdrawn = { accountId: ada.accounts['USD'], amount: usd('100.00') };
    expect((await ada.rest('/withdrawals', { body: withdrawn, key: newKey() })).status).toBe(201);
    expect((await remove(password)).status).toBe(204);
  });

  test.each(['account', 'transaction', 'order', 'notification'])(
    'the %s of another customer answers as one that does not exist',
    async (kind) => {
      const [ada, bob] = [await register(), await register('Bob')];
      await ada.rest('/orders', { body: order('1.00'), key: newKey(), headers: wait });
      const list = async () => (await ada.rest(`/${kind}s`)).body!.items[0]?.id;
      const id = await until(`the ${kind}`, async () => await list());
      const paths = [`/${kind}s/${id}`, `/${kind}s/${randomUUID()}`];
      if (kind === 'account') paths.push(`/accounts/${id}/entries`, `/accounts/${randomUUID()}/entries`);
      const answers = await Promise.all(paths.map(async (path) => await bob.rest(path)));

      expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 404));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect((await ada.rest(paths[0]!)).status).toBe(200);
    },
  );

  test('an object that the client has already is not sent again', async () => {
    const ada = await register();
    const { headers, status } = await ada.rest(`/accounts/${ada.accounts['USD']}`);
    const tag = headers.get('etag')!;
    expect(status).toBe(200);
    for (const given of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await ada.rest(`/accounts/${ada.accounts['USD']}`, { headers: { 'if-none-match': given } });
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, undefined, tag]);
    }
    await ada.rest('/deposits', { body: { accountId: ada.accounts['USD'], amount: usd('1.00') }, key: newKey() });
    const changed = await ada.rest(`/accounts/${ada.accounts['USD']}`, { headers: { 'if-none-match': tag } });
    expect(changed).toMatchObject({ status: 200, body: { balance: usd('101.00') } });
  });
});
