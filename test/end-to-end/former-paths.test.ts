import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';

let system: SystemAddresses;

beforeAll(async () => {
  system = await sharedSystem();
});

const password = 'correct horse battery staple';

interface Sent {
  readonly method?: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>> | string;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send(path: string, { json, form, token, headers, method }: Sent = {}) {
  const body = json === undefined ? form && new URLSearchParams(form) : JSON.stringify(json);
  const response = await fetch(`${system.origins.router}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined || token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** The order at this location after its decision. */
async function decided(location: string, token: string) {
  return await until('the decision about the order', async () => {
    const { order } = (await send(location, { token })).body;
    return order.status === 'PAID' || order.status === 'REJECTED' ? order : null;
  });
}

const newEmail = () => `ada.${randomUUID()}@example.com`;

describe('the paths of a store', () => {
  test('a user registers, gets a token, adds and takes money, buys, and reads the orders', async () => {
    const email = newEmail();
    const made = await send('/user', {
      json: { username: email, password, first_name: 'Ada', last_name: 'King', phone: 4912345 },
    });
    expect(made).toMatchObject({ status: 201, body: { token: expect.any(String) } });
    const signedIn = await send('/token', { json: { username: email, password } });
    expect(signedIn.status).toBe(200);
    const { token } = signedIn.body;
    expect(await send('/user', { token })).toMatchObject({
      status: 200,
      body: { username: email, email, first_name: 'Ada', last_name: 'King' },
    });

    expect(await send('/billing/balance/add', { token, json: { username: email, amount: 100 } })).toMatchObject({
      status: 201,
      body: { balance: '200.00', currency: 'USD' },
    });
    expect((await send('/billing/balance/sub', { token, json: { amount: '0.50' } })).body.balance).toBe('199.50');
    const [key, wait] = [randomUUID(), { prefer: 'wait=20' }];
    const order = { price: 80, product_id: 7, count: 2 };
    const bought = await send('/buy', { token, json: order, headers: { ...wait, 'idempotency-key': key } });
    expect([201, 202]).toContain(bought.status);
    expect(bought.body).toMatchObject({ total_price: '160.00', product_id: '7' });
    const location = bought.headers.get('location')!;
    const paid = await decided(location, token);
    expect(paid.status).toBe('PAID');
    expect(await send('/buy', { token, json: order, headers: { 'idempotency-key': key } })).toMatchObject({
      status: 200,
      body: { order_id: bought.body.order_id },
    });
    const tooMuch = await send('/buy', { token, form: { price: '80', product_id: '7', count: '2' } });
    expect(await decided(tooMuch.headers.get('location')!, token)).toMatchObject({
      count: 2,
      status: 'REJECTED',
      rejection_reason: 'INSUFFICIENT_FUNDS',
    });
    expect((await send('/billing/balance', { token })).body).toEqual({ balance: '39.50', currency: 'USD' });

    expect((await send(`${location}&username=${email.toUpperCase()}`, { token })).body).toEqual({ order: paid });
    expect((await send(`${location}&username=eve@example.com`, { token })).body.code).toBe('FORBIDDEN');
    expect((await send('/orders?count=1', { token })).body.orders).toHaveLength(1);
    expect((await send('/orders?count=2', { token })).body.orders[1]).toEqual(paid);
  });

  test('a browser without a token gets the page at the same path', async () => {
    expect((await send('/orders', { headers: { accept: 'text/html' } })).body).toContain('<!doctype html>');
  });

  test('a user renames and deletes themselves', async () => {
    const email = newEmail();
    const { token } = (await send('/user', { json: { username: email, password } })).body;
    const renamed = await send('/user', { method: 'PUT', token, json: { first_name: 'Eve', last_name: 'Two Words' } });
    expect(renamed).toMatchObject({ status: 200, body: { first_name: 'Eve', last_name: 'Two Words' } });
    for (const [part, whole] of [
      [{ first_name: 'Ada' }, { first_name: 'Ada', last_name: 'Two Words' }],
      [{ last_name: 'King' }, { first_name: 'Ada', last_name: 'King' }],
    ]) {
      expect((await send('/user', { method: 'PUT', token, json: part })).body).toMatchObject(whole!);
    }
    const remove = { method: 'DELETE', token, json: { password } };
    expect(await send('/user', remove)).toMatchObject({ status: 409, body: { code: 'ACCOUNT_NOT_EMPTY' } });
    await send('/billing/balance/sub', { token, json: { amount: 100 } });
    expect((await send('/user', remove)).status).toBe(204);
    expect((await send('/token', { json: { username: email, password } })).status).toBe(401);
  });
});

describe('the paths of users and transactions', () => {
  test.each(['json', 'form'] as const)('a user signs in and moves money by %s', async (as) => {
    const [ada, bob] = await Promise.all([registerCustomer(system.url), registerCustomer(system.url, 'Bob')]);
    const signedIn = await send('/api/login/', { [as]: { username: ada.email, password: ada.password } });
    expect(signedIn.status).toBe(200);
    const { token, user_id: id } = signedIn.body;
    const path = `/api/user/${id}/transaction/`;
    expect((await send(path, { token, [as]: { amount: '25.00' } })).status).toBe(201);
    expect((await send(path, { token, [as]: { amount: '-5.00' } })).body).toMatchObject({ kind: 'WITHDRAWAL' });
    const { number } = await bob.account('USD');
    const paid = await send(path, { token, [as]: { amount: '10.00', recipient: number, description: 'lunch' } });
    expect(paid).toMatchObject({ status: 201, body: { kind: 'TRANSFER', description: 'lunch' } });

    const first = (await send(`${path}?limit=2`, { token })).body;
    expect(first.results.map(({ kind }: { kind: string }) => kind)).toEqual(['TRANSFER', 'WITHDRAWAL']);
    expect((await send(first.next, { token })).body).toMatchObject({
      results: [{ kind: 'DEPOSIT' }, { kind: 'OPENING_DEPOSIT' }],
      next: null,
    });
    expect((await send(`/api/user/${id}`, { token })).body.email).toBe(ada.email);
    expect((await send(`/api/user/${bob.id}/`, { token })).status).toBe(404);
    expect((await send(`/api/user/${bob.id}/transaction/`, { token, [as]: { amount: '1' } })).status).toBe(404);
  });
});

test('wrong requests name what is wrong, and change nothing', async () => {
  const ada = await registerCustomer(system.url);
  const { token } = (await send('/token', { json: { username: ada.email, password: ada.password } })).body;
  const add = '/billing/balance/add';
  const refused: readonly [path: string, sent: Sent, status: number, body: object][] = [
    [add, { token: null, json: { amount: 1 } }, 401, { code: 'UNAUTHENTICATED' }],
    [add, { token: 'forged', json: { amount: 1 } }, 401, { code: 'UNAUTHENTICATED' }],
    [add, { json: {} }, 400, { errors: [{ pointer: '#/amount' }] }],
    [add, { json: { amount: 0.1 } }, 400, { errors: [{ pointer: '#/amount' }] }],
    [add, { json: { amount: 1e300 } }, 400, { errors: [{ pointer: '#/amount' }] }],
    [add, { json: { amount: '-1' } }, 422, { code: 'INVALID_AMOUNT', errors: [{ parameter: 'amount' }] }],
    [add, { json: { amount: 1, currency: 'XXX' } }, 400, { errors: [{ pointer: '#/currency' }] }],
    [add, { json: { amount: 1, more: 1 } }, 400, { errors: [{ pointer: '#/more' }] }],
    [add, { json: [] }, 400, { code: 'BAD_USER_INPUT' }],
    [add, { json: 'x' }, 400, { code: 'BAD_USER_INPUT' }],
    [add, { form: 'amount=1&amount=2' }, 400, { code: 'BAD_REQUEST' }],
    [add, { json: { amount: 1, username: 'eve@example.com' } }, 403, { code: 'FORBIDDEN' }],
    ['/billing/balance/sub', { json: { amount: 1, username: 'eve@example.com' } }, 403, { code: 'FORBIDDEN' }],
    ['/buy', { form: { product_id: 'a', price: '1', count: '1234567890' } }, 400, { errors: [{ pointer: '#/count' }] }],
    [add, { method: 'PATCH', json: { amount: 1 } }, 405, { code: 'METHOD_NOT_ALLOWED' }],
    ['/billing/balance/sub', { json: { amount: 101 } }, 422, { code: 'INSUFFICIENT_FUNDS' }],
    ['/buy', { json: { product_id: 'a', price: 1, count: 0 } }, 422, { errors: [{ parameter: 'count' }] }],
    ['/buy', { json: { product_id: 'a', price: '1', count: 'two' } }, 400, { errors: [{ pointer: '#/count' }] }],
    ['/order?order_id=none', {}, 404, { code: 'NOT_FOUND' }],
    ['/orders?count=0', {}, 400, { errors: [{ parameter: 'count' }] }],
    ['/orders?count=101', {}, 400, { errors: [{ parameter: 'count' }] }],
    ['/orders?count=', {}, 400, { errors: [{ parameter: 'count' }] }],
    ['/token', { token: null, json: { username: ada.email, password: 'wrong' } }, 401, { code: 'INVALID_CREDENTIALS' }],
    ['/token', { token: null, form: { username: ada.email } }, 400, { errors: [{ pointer: '#/password' }] }],
    ['/user', { token: null, json: { username: 'no', password } }, 422, { errors: [{ parameter: 'username' }] }],
    ['/user', { token: null, json: { username: ada.email, password } }, 409, { code: 'EMAIL_TAKEN' }],
  ];
  for (const [path, sent, status, body] of refused) {
    const answer = await send(path, { token, ...sent });
    expect([path, sent, answer.status]).toEqual([path, sent, status]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject(body);
  }
  expect((await send('/billing/balance', { token })).body.balance).toBe('100.00');
});
