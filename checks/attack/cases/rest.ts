import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

/** Attacks on the REST API below `/api/v1`. */

const json = { 'content-type': 'application/json' };
const as = ({ token }: { readonly token: string }) => ({ authorization: `Bearer ${token}` });
const rest = (path: string) => `/api/v1${path}`;

interface RestRequest {
  readonly path: string | ((world: World) => string);
  readonly method?: string;
  readonly body?: string | ((world: World) => object);
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose token is sent. */
  readonly from?: 'ada' | 'eve' | null;
}

function restCase(title: string, request: RestRequest, expected: Expectation): Case {
  const { path, body, method = body === undefined ? 'GET' : 'POST', headers = {}, from = 'eve' } = request;
  return {
    title: `REST: ${title}`,
    request: async (world) =>
      await world.send(rest(typeof path === 'string' ? path : path(world)), {
        method,
        headers: {
          ...(from === null ? {} : as(world[from])),
          'idempotency-key': randomUUID(),
          ...(body === undefined ? {} : json),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body(world)) }),
      }),
    expected,
  };
}

const isProblem: Expectation['also'] = ({ type }) =>
  type.startsWith('application/problem+json') ? null : 'the answer is no problem';
const problem = (status: number, code: string): Expectation => ({ status, code, also: isProblem });
const notFound = problem(404, 'NOT_FOUND');
const badInput = problem(400, 'BAD_USER_INPUT');
const badRequest = problem(400, 'BAD_REQUEST');

const usd = (amount: unknown) => ({ amount, currency: 'USD' });
const depositOf = (accountId: unknown, amount: unknown = usd('1.00')) => ({ accountId, amount });

/** Paths with the ids of Ada's data. */
const foreignPaths: readonly (readonly [title: string, method: string, path: (world: World) => string])[] = [
  ['the account', 'GET', ({ ada }) => `/accounts/${ada.accounts['USD']}`],
  ['the entries', 'GET', ({ ada }) => `/accounts/${ada.accounts['USD']}/entries`],
  ['the transaction', 'GET', ({ transaction }) => `/transactions/${transaction}`],
  ['the order', 'GET', ({ order }) => `/orders/${order}`],
  ['a refund', 'POST', ({ order }) => `/orders/${order}/refund`],
  ['a cancellation', 'POST', ({ order }) => `/orders/${order}/cancel`],
  ['the message', 'GET', ({ notification }) => `/notifications/${notification}`],
  ['the mark on the message', 'PUT', ({ notification }) => `/notifications/${notification}/read`],
];

const wrongBodies: readonly (readonly [title: string, body: (world: World) => object, expected: Expectation])[] = [
  ['a float', ({ eve }) => depositOf(eve.accounts['USD'], usd(1.5)), badInput],
  ['a number', ({ eve }) => depositOf(eve.accounts['USD'], usd(1)), badInput],
  ['an exponent', ({ eve }) => depositOf(eve.accounts['USD'], usd('1e3')), badInput],
  ['NaN', ({ eve }) => depositOf(eve.accounts['USD'], usd('NaN')), badInput],
  ['a foreign digit', ({ eve }) => depositOf(eve.accounts['USD'], usd('٣')), badInput],
  ['a list of amounts', ({ eve }) => depositOf(eve.accounts['USD'], [usd('1.00')]), badInput],
  ['an id that is an object', () => depositOf({ $ne: null }), badInput],
  ['a customer id as well', ({ ada, eve }) => ({ ...depositOf(eve.accounts['USD']), customerId: ada.id }), badInput],
  ['the key in the body', ({ eve }) => ({ ...depositOf(eve.accounts['USD']), idempotencyKey: 'k' }), badInput],
  ['nothing', ({ eve }) => depositOf(eve.accounts['USD'], usd('0')), problem(422, 'INVALID_AMOUNT')],
  ['a negative amount', ({ eve }) => depositOf(eve.accounts['USD'], usd('-1.00')), problem(422, 'INVALID_AMOUNT')],
  ['half a cent', ({ eve }) => depositOf(eve.accounts['USD'], usd('0.005')), problem(422, 'INVALID_AMOUNT')],
  ["another customer's account", ({ ada }) => depositOf(ada.accounts['USD']), problem(422, 'NOT_FOUND')],
];

const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override'];

export const restCases: readonly Case[] = [
  ...foreignPaths.map(([title, method, path]) => restCase(`${title} of another customer`, { method, path }, notFound)),
  ...wrongBodies.map(([title, body, expected]) =>
    restCase(`a deposit of ${title}`, { path: '/deposits', body }, expected),
  ),
  ...overrides.map((header) =>
    restCase(
      `a GET that ${header} calls DELETE`,
      { path: '/users/me', headers: { [header]: 'DELETE' } },
      { status: 200 },
    ),
  ),
  restCase('a method in a parameter', { path: '/users/me?_method=DELETE' }, badInput),
  ...['PUT', 'DELETE', 'PATCH'].map((method) =>
    restCase(`${method} of a list`, { path: '/orders', method }, problem(405, 'METHOD_NOT_ALLOWED')),
  ),
  restCase('no token', { path: '/accounts', from: null }, problem(401, 'UNAUTHENTICATED')),
  restCase(
    'a token that is none',
    { path: '/accounts', from: null, headers: { authorization: 'Bearer a.b.c' } },
    problem(401, 'UNAUTHENTICATED'),
  ),
  restCase(
    'a user in a header',
    { path: '/accounts', from: null, headers: { 'x-user-id': randomUUID() } },
    problem(401, 'UNAUTHENTICATED'),
  ),
  restCase(
    'a body over 100 kB',
    { path: '/deposits', body: `{"x":"${'x'.repeat(150_000)}"}` },
    problem(413, 'PAYLOAD_TOO_LARGE'),
  ),
  restCase('deep JSON', { path: '/deposits', body: '['.repeat(40_000) + ']'.repeat(40_000) }, badInput),
  restCase('8,000 members', { path: '/deposits', body: `{${manyMembers(8_000)}}` }, badInput),
  restCase('a repeated member', { path: '/deposits', body: '{"accountId":"a","accountId":"b"}' }, badRequest),
  restCase('a member __proto__', { path: '/deposits', body: '{"__proto__":{"a":1}}' }, badRequest),
  restCase(
    'a form',
    { path: '/deposits', body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    problem(415, 'UNSUPPORTED_MEDIA_TYPE'),
  ),
  restCase('a repeated parameter', { path: '/orders?first=1&first=2' }, badRequest),
  restCase('a page of 100,000', { path: '/orders?first=100000' }, badInput),
  restCase('a forged cursor', { path: '/orders?after=bm90aGluZw' }, badInput),
  restCase("another list's cursor", { path: '/transactions?after=WyJvcmRlcnMiXQ' }, badInput),
  restCase('a path that climbs', { path: '/orders/..%2f..%2fusers%2fme' }, notFound),
  restCase('SQL as an id', { path: `/orders/${encodeURIComponent("' or 1=1 --")}` }, notFound),
  restCase(
    'no idempotency key',
    { path: '/deposits', body: ({ eve }) => depositOf(eve.accounts['USD']), headers: { 'idempotency-key': '' } },
    problem(400, 'INVALID_IDEMPOTENCY_KEY'),
  ),
];

function manyMembers(count: number): string {
  return Array.from({ length: count }, (_, index) => `"m${index}":1`).join(',');
}
