import { readFileSync } from 'node:fs';
import type { GraphQLError } from 'graphql';
import { METHODS } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badArgument, fault } from '#platform/errors/faults.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { sendRaw } from '#test/raw-http.ts';
import { newKey, restClient, type RestClient } from '#test/rest-client.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { routes } from './routes.ts';

const money = { amount: '1.00', currency: 'USD' };
const made = { id: 'made', kind: 'DEPOSIT', amount: money, createdAt: new Date(1_770_000_000_000) };
/** What the double of billing answers, as a payload of `deposit`. */
let payload: object = {};

function transfer() {
  if (refusal !== null) throw refusal;
  return payload;
}

const billing = {
  Query: {
    transaction: () => null,
    account: () => {
      throw new Error('select secret from accounts');
    },
  },
  Mutation: { deposit: () => payload, quoteTransfer: () => payload, transfer },
};

/** Every page of the double of orders has a next one. */
const order = {
  Query: { viewer: () => ({ id: 'ada' }) },
  User: {
    orders: () => {
      if (refusal !== null) throw refusal;
      return { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'a+b&c' } };
    },
  },
  Mutation: { refundOrder: () => ({ order: null, userErrors: [{ code: 'INVALID_STATE', message: 'No.' }] }) },
};
/** Why the doubles refuse a list of orders and a transfer; null if they do not. */
let refusal: GraphQLError | null = null;
const notification = {
  Mutation: {
    markNotificationRead: () => ({ notification: null, userErrors: [{ code: 'NOT_FOUND', message: 'No.' }] }),
  },
};
/** What the double of users answers, as a payload of a sign-in. */
let signedIn: object = {};
const user = { Mutation: { login: () => signedIn, completeLogin: () => signedIn, updateProfile: () => signedIn } };

let router: RunningRouter;
let ada: RestClient;
let anyone: RestClient;

beforeAll(async () => {
  router = await startRouterWithDoubles(
    { billing, order, user, notification },
    { CORS_ORIGINS: 'https://shop.example', ONLY_REGISTERED_OPERATIONS: 'true' },
  );
  ada = restClient(router.origin, (await router.issuer.authorization({ userId: 'ada' })).slice('Bearer '.length));
  anyone = restClient(router.origin, null);
});
afterAll(async () => await router.stop());

const deposit = { accountId: 'account', amount: money };
const post = async (body: unknown, headers: Record<string, string> = {}) =>
  await ada('/deposits', { body, key: newKey(), headers });

const urlOf = ({ path }: { path: string }) => path.replaceAll(/\{\w+\}/g, 'some-id');

test('docs/rest.md lists exactly the routes of the table, which are all served and registered', async () => {
  const docs = readFileSync(new URL('../../docs/rest.md', import.meta.url), 'utf8');
  const [own = ''] = docs.split('## Paths of earlier systems');
  const rows = [...own.matchAll(/^\| `([A-Z]+) (\/\S*)` /gm)].map(([, method, path]) => `${method} ${path}`);
  expect(rows).toEqual(routes.map(({ method, path }) => `${method} ${path}`));

  for (const [path, ofPath] of Map.groupBy(routes, ({ path }) => path)) {
    const { status, headers } = await anyone(urlOf({ path }), { method: 'OPTIONS' });
    expect([path, status]).toEqual([path, 204]);
    expect(headers.get('allow')!.split(', ')).toEqual(expect.arrayContaining(ofPath.map(({ method }) => method)));
  }
});

describe('wrong input is refused with its place', () => {
  test.each<[what: string, body: unknown, causes: object[]]>([
    ['no body', '', [{ code: 'BAD_USER_INPUT', pointer: '#' }]],
    ['malformed JSON', '{"accountId":', [{ code: 'BAD_REQUEST' }]],
    ['a repeated key', '{"accountId":"a","accountId":"b"}', [{ code: 'BAD_REQUEST' }]],
    ['null', 'null', [{ pointer: '#' }]],
    ['an array', [], [{ pointer: '#' }]],
    ['a string', '"a"', [{ pointer: '#' }]],
    ['no members', {}, [{ pointer: '#/accountId' }, { pointer: '#/amount' }]],
    ['a null member', { ...deposit, amount: null }, [{ pointer: '#/amount' }]],
    ['an unknown member', { ...deposit, constructor: 1 }, [{ pointer: '#/constructor' }]],
    ['the key as a member', { ...deposit, idempotencyKey: 'k' }, [{ pointer: '#/idempotencyKey' }]],
    [
      'a member of an object that is unknown',
      { ...deposit, amount: { ...money, 'a/b~': 1 } },
      [{ pointer: '#/amount/a~1b~0' }],
    ],
    ['a number as id', { ...deposit, accountId: 5 }, [{ pointer: '#/accountId' }]],
    ['a number as amount', { ...deposit, amount: { ...money, amount: 1 } }, [{ pointer: '#/amount/amount' }]],
    ['leading zeros', { ...deposit, amount: { ...money, amount: '01.00' } }, [{ pointer: '#/amount/amount' }]],
    ['a NUL', { ...deposit, accountId: 'a\0' }, [{ pointer: '#/accountId' }]],
    ['an unpaired surrogate', { ...deposit, accountId: '\ud800' }, [{ pointer: '#/accountId' }]],
    ['a float as amount', { ...deposit, amount: { ...money, amount: 1.5 } }, [{ pointer: '#/amount/amount' }]],
    ['an exponent', { ...deposit, amount: { ...money, amount: '1e3' } }, [{ pointer: '#/amount/amount' }]],
    ['an unknown currency', { ...deposit, amount: { ...money, currency: 'usd' } }, [{ pointer: '#/amount/currency' }]],
    ['an object as id', { ...deposit, accountId: { a: 1 } }, [{ pointer: '#/accountId' }]],
    ['a list with one amount', { ...deposit, amount: [money] }, [{ pointer: '#/amount' }]],
  ])('%s', async (_what, body, causes) => {
    const answer = await post(body);

    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'about:blank', title: 'Bad Request', status: 400, errors: causes },
    });
  });

  test('of many wrong members, 20 are named', async () => {
    const members = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`x${index}`, 1]));
    expect((await post({ ...deposit, ...members })).body!.errors).toHaveLength(20);
  });

  test.each([
    ['first=x', 'first'],
    ['first=', 'first'],
    ['first=1.5', 'first'],
    ['first=99999999999', 'first'],
    ['first=2147483648', 'first'],
    ['first=0', 'first'],
    ['first=101', 'first'],
    ['first=-1', 'first'],
    ['accountIds=a,%00', 'accountIds'],
    ['kinds=deposit', 'kinds'],
    ['kinds=', 'kinds'],
    ['betweenOwnAccounts=yes', 'betweenOwnAccounts'],
    ['createdAfter=yesterday', 'createdAfter'],
    ['minAmount=1e3', 'minAmount'],
    ['sort=AMOUNT', 'sort'],
    ['filter={}', 'filter'],
    ['orderBy=x', 'orderBy'],
    ['__proto__=1', '__proto__'],
    ['totalCount', 'totalCount'],
  ])('the parameter %s', async (search, parameter) => {
    expect(await ada(`/transactions?${search}`)).toMatchObject({
      status: 400,
      body: { code: 'BAD_USER_INPUT', errors: [{ parameter }] },
    });
  });

  test('an id in the path with a NUL, and a number of more than 32 bits, are named', async () => {
    expect(await ada('/transactions/%00')).toMatchObject({ status: 400, body: { errors: [{ parameter: 'id' }] } });
    const body = { productId: 'book', unitPrice: money, quantity: 2_147_483_648 };
    expect(await ada('/orders', { body, key: newKey() })).toMatchObject({
      status: 400,
      body: { detail: '#/quantity: This must be an integer of 32 bits.', errors: [{ pointer: '#/quantity' }] },
    });
  });

  test.each<[graph: string, field: string[], path: string, detail: string, part: object]>([
    ['"after" is no cursor.', ['after'], '/orders', '"after" is no cursor.', { parameter: 'after' }],
    [
      '"x" is after "first".',
      ['filter', 'placedAfter'],
      '/orders',
      '"x" is after "first".',
      { parameter: 'placedAfter' },
    ],
    [
      'Each of "productIds" is long.',
      ['filter', 'productIds'],
      '/orders',
      'Each of "productIds" is long.',
      { parameter: 'productIds' },
    ],
    [
      '`filter.productIds.0` is bad.',
      ['filter', 'productIds', '0'],
      '/orders',
      '`productIds.0` is bad.',
      { parameter: 'productIds' },
    ],
    [
      '"description" is long.',
      ['input', 'description'],
      '/transfers',
      '"description" is long.',
      { pointer: '#/description' },
    ],
    [
      'No such currency.',
      ['input', 'amount', 'currency'],
      '/transfers',
      'No such currency.',
      { pointer: '#/amount/currency' },
    ],
    [
      '`input.idempotencyKey` is bad.',
      ['input', 'idempotencyKey'],
      '/transfers',
      '`idempotencyKey` is bad.',
      { header: 'Idempotency-Key' },
    ],
    ['"nothing" is bad.', ['nothing'], '/orders', '"nothing" is bad.', {}],
    ['"first" is only a word here.', [], '/orders', '"first" is only a word here.', {}],
  ])('where the graph says %s of %j, too', async (graph, field, path, detail, part) => {
    refusal = field.length === 0 ? fault('BAD_USER_INPUT', graph) : badArgument(field, graph);
    const body = { fromAccountId: 'a', toAccountId: 'b', amount: money };
    const answer = await ada(path, path === '/orders' ? {} : { body, key: newKey() });
    refusal = null;

    expect([answer.status, answer.body!.errors]).toEqual([400, [{ code: 'BAD_USER_INPUT', detail, ...part }]]);
  });

  test('an empty body is no body, whatever its type', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ada('/notifications/x/read', { method: 'PUT', headers })).status).toBe(404);
    expect((await ada('/orders/x/refund', { method: 'POST', headers, key: newKey() })).status).toBe(409);
    for (const request of [{}, { headers }, { body: 'null' }]) {
      expect(await ada('/users/me', { method: 'PATCH', ...request })).toMatchObject({
        status: 400,
        body: { code: 'BAD_USER_INPUT', errors: [{ pointer: '#' }] },
      });
    }
  });

  test('a member that is not required may be null', async () => {
    const createdAt = new Date(1_770_000_000_000);
    signedIn = {
      user: { id: 'ada', email: 'ada@example.com', emailProved: true, name: 'Ada', createdAt },
      userErrors: [],
    };
    const { status, body } = await ada('/users/me', { method: 'PATCH', body: { name: null } });
    expect([status, body]).toEqual([200, expect.objectContaining({ name: 'Ada' })]);
  });

  test.each(['first=1&first=2', 'first=%zz', 'a=%ff'])('the ambiguous query %s', async (search) => {
    expect(await ada(`/transactions?${search}`)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  });

  test.each<[what: string, key: string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['not ASCII', 'é'],
  ])('an idempotency key that is %s', async (_what, key) => {
    const answer = await ada('/deposits', { body: deposit, ...(key === undefined ? {} : { key }) });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'INVALID_IDEMPOTENCY_KEY', errors: [{ header: 'Idempotency-Key' }] },
    });
  });
});

describe('a request is answered with its status', () => {
  test.each<[what: string, path: string, request: object, status: number, headers: Record<string, string>]>([
    ['another method', '/orders', { method: 'PUT' }, 405, { allow: 'POST, GET, HEAD, OPTIONS' }],
    [
      'an override of the method',
      '/orders/x',
      { method: 'POST', headers: { 'x-http-method-override': 'GET' } },
      405,
      {},
    ],
    ['no JSON accepted', '/orders', { headers: { accept: 'text/html' } }, 406, {}],
    ['a form', '/deposits', { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, {}],
    ['a compressed body', '/deposits', { body: deposit, headers: { 'content-encoding': 'gzip' } }, 415, {}],
    [
      'another charset',
      '/deposits',
      { body: deposit, headers: { 'content-type': 'application/json; charset=utf-16' } },
      400,
      {},
    ],
    ['a large body', '/deposits', { body: { a: 'x'.repeat(200_000) } }, 413, {}],
    ['an unknown path', '/nothing', {}, 404, {}],
    ['an unknown path of a browser', '/nothing', { headers: { accept: 'text/html' } }, 404, {}],
    ['a malformed path', '/orders/%zz', {}, 400, {}],
    ['a long id', `/orders/${'x'.repeat(500)}`, {}, 404, {}],
    ['an unknown id', '/transactions/x', {}, 404, {}],
  ])('%s', async (_what, path, request, status, headers) => {
    const answer = await ada(path, request);

    expect(answer).toMatchObject({ status, body: { status, title: expect.any(String), code: expect.any(String) } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toBe(value);
  });

  test.each([
    ['without a token', {}, 'Bearer realm="wallet-and-orders"'],
    ['with a bad token', { authorization: 'Bearer x' }, 'Bearer realm="wallet-and-orders", error="invalid_token"'],
    ['with a password', { authorization: 'Basic eDp5' }, 'Bearer realm="wallet-and-orders", error="invalid_token"'],
  ])('401 %s, at each route that needs one', async (_what, headers, challenge) => {
    for (const { method, path } of routes.filter(({ isPublic }) => isPublic !== true)) {
      const init = ['GET', 'DELETE'].includes(method) ? {} : { body: {} };
      const answer = await anyone(urlOf({ path }), { method, headers, key: 'k', ...init });
      // Without a token nothing else is read. With a bad one, a wrong part is refused first; neither reaches a subgraph.
      const outcomes = [[401, challenge], ...('authorization' in headers ? [[400, null]] : [])];
      expect(outcomes).toContainEqual([answer.status, answer.headers.get('www-authenticate')]);
    }
  });

  test('405 with Allow for every method of HTTP that a path does not have, and 404 elsewhere', async () => {
    for (const method of METHODS) {
      if (['CONNECT', 'GET', 'HEAD', 'POST', 'OPTIONS'].includes(method)) continue;
      const send = async (path: string) =>
        await sendRaw(router.origin, `${method} /api/v1${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      const [known, unknown] = [await send('/orders'), await send('/nothing')];
      expect([method, known.status, known.headers['allow']]).toEqual([method, 405, 'POST, GET, HEAD, OPTIONS']);
      expect([method, unknown.status]).toEqual([method, 404]);
    }
  });

  test.each([
    ['/%61pi/v1/nothing', 404],
    ['http://elsewhere.example/api/v1/nothing', 404],
    ['http://elsewhere.example/api/v1/orders?a=1&a=2', 400],
    ['/%61pi/v1/%zz', 400],
    [`/%61pi/v1/orders/${'x'.repeat(300)}`, 404],
  ])('%s with a problem', async (target, status) => {
    const answer = await sendRaw(router.origin, `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      expect.stringMatching(/^application\/problem/),
    ]);
  });

  test('HEAD has the headers of GET and no body', async () => {
    payload = {};
    const [get, head] = [await ada('/transactions/x'), await ada('/transactions/x', { method: 'HEAD' })];
    expect([head.status, head.body]).toEqual([get.status, undefined]);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
  });

  test('503 and 500 say nothing about the inside', async () => {
    const broken = await ada('/accounts/x');
    expect(broken).toMatchObject({ status: 500, body: { code: 'INTERNAL_SERVER_ERROR' } });
    expect(JSON.stringify(broken.body)).not.toContain('secret');
    router.subgraphs.order.misbehave((reply) => reply.raw.destroy());
    const down = await ada('/orders/x');
    router.subgraphs.order.misbehave(null);
    expect(down).toMatchObject({ status: 503, body: { code: 'SUBGRAPH_UNAVAILABLE' } });
  });
});

describe('a mutation is answered with its status', () => {
  test('201 with its location, and 200 for a repeated key', async () => {
    payload = { transaction: made, repeated: false, userErrors: [] };
    const first = await post(deposit);
    expect([first.status, first.headers.get('location')]).toEqual([201, '/api/v1/transactions/made']);
    payload = { transaction: made, repeated: true, userErrors: [] };
    const again = await post(deposit);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect(again.body).toEqual(first.body);
  });

  test.each<[code: string, field: string[] | null, status: number, cause: object]>([
    ['INSUFFICIENT_FUNDS', ['input', 'amount'], 422, { pointer: '#/amount' }],
    ['INVALID_AMOUNT', ['input', 'amount', 'amount'], 422, { pointer: '#/amount/amount' }],
    ['NOT_FOUND', ['input', 'accountId'], 422, { pointer: '#/accountId' }],
    ['ACCOUNT_CLOSED', null, 409, {}],
    ['IDEMPOTENCY_KEY_REUSED', ['input', 'idempotencyKey'], 409, { header: 'Idempotency-Key' }],
    ['INVALID_IDEMPOTENCY_KEY', ['input', 'idempotencyKey'], 400, { header: 'Idempotency-Key' }],
    ['QUOTE_EXPIRED', null, 410, {}],
    ['FUNDING_CLOSED', null, 403, {}],
    ['TOO_MANY_UNKNOWN_RECEIVERS', null, 429, {}],
    ['INVALID_REASON', null, 422, {}],
  ])('%s', async (code, field, status, cause) => {
    payload = {
      transaction: null,
      userErrors: [
        { code, message: 'No.', field },
        { code: 'INVALID_AMOUNT', message: 'Nor this.' },
      ],
    };

    expect(await post(deposit)).toMatchObject({
      status,
      body: { status, code, detail: 'No.', errors: [{ code, detail: 'No.', ...cause }, { code: 'INVALID_AMOUNT' }] },
    });
  });

  test.each(['k1', '"k1"', '"k\\"1"'])('the key %s reaches the graph', async (key) => {
    payload = { transaction: made, repeated: false, userErrors: [] };
    router.subgraphs.billing.received.length = 0;
    await ada('/deposits', { body: deposit, key });
    expect(JSON.stringify(router.subgraphs.billing.received[0]!.variables)).toContain(
      JSON.stringify(key === '"k\\"1"' ? 'k"1' : 'k1'),
    );
  });
});

describe('pages of other origins', () => {
  const origin = 'https://shop.example';

  test('may call the API if the settings list them', async () => {
    const preflight = await anyone('/deposits', { method: 'OPTIONS', headers: { origin } });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    const answer = await ada('/transactions/x', { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-expose-headers')).toContain('location');
    const refused = await ada('/transactions?first=1&first=2', { headers: { origin } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, origin]);
    expect(refused.headers.get('vary')).toBe('origin');
  });

  test('may not otherwise', async () => {
    const { headers } = await anyone('/deposits', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('the metrics name the route, never the URL', async () => {
  await ada('/transactions/an-id-in-the-path');
  const text = await (await fetch(`${router.management}/metrics`)).text();
  expect(text).toContain('operation="GET /api/v1/transactions/:id"');
  expect(text).not.toContain('an-id-in-the-path');
});

test('rate limits are those of the graph, with the time to wait', async () => {
  const limited = await startRouterWithDoubles({ billing }, { CUSTOMER_COST_PER_MINUTE: '1' });
  try {
    const token = (await limited.issuer.authorization()).slice('Bearer '.length);
    const answers = [];
    for (let index = 0; index < 3; index += 1) answers.push(await restClient(limited.origin, token)('/transactions/x'));
    const last = answers.at(-1)!;
    expect(last).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  } finally {
    await limited.stop();
  }
});

describe('the URL of the next page', () => {
  const after = 'after=a%2Bb%26c';

  test.each([
    ['/orders', `/api/v1/orders?${after}`],
    ['/orders?productIds=a?b&first=1', `/api/v1/orders?productIds=a%3Fb&first=1&${after}`],
    ['/orders?%61fter=old&first=1', `/api/v1/orders?${after}&first=1`],
    ['/orders?&productIds=a%26first=2+>"&', `/api/v1/orders?productIds=a%26first%3D2%20%3E%22&${after}`],
    ['/%6frders?sort=-placedAt', `/api/v1/orders?sort=-placedAt&${after}`],
  ])('of %s', async (path, next) => {
    const { status, body, headers } = await ada(path);
    expect([status, body!.next, headers.get('link')]).toEqual([200, next, `<${next}>; rel="next"`]);
  });

  test('is a path, also if the request names another host', async () => {
    const authorization = await router.issuer.authorization({ userId: 'ada' });
    const { body } = await sendRaw(
      router.origin,
      `GET http://evil.example/api/v1/orders?first=1 HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\nconnection: close\r\n\r\n`,
    );
    expect(body).toContain(`"next":"/api/v1/orders?first=1&${after}"`);
  });
});

describe('a sign-in that is refused', () => {
  const refused = (code: string) => ({ userErrors: [{ code, message: 'No.', field: null }] });
  const credentials = { email: 'ada@example.com', password: 'wrong' };

  test('says nothing about a token that was sent', async () => {
    signedIn = refused('INVALID_CREDENTIALS');
    const { status, headers } = await ada('/sessions', { body: credentials });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="wallet-and-orders"']);
  });

  test.each([
    ['/sessions/second-factor', { body: { challenge: 'none', code: '123456' } }, 61],
    ['/users/me', { method: 'PATCH', body: { email: 'ada@example.com' } }, null],
  ])('after too many attempts at %s, says when the bound opens', async (path, request, seconds) => {
    signedIn = { userErrors: [{ code: 'TOO_MANY_ATTEMPTS', message: 'No.', retryAfterS: seconds }] };
    const { status, headers } = await ada(path, request);
    expect([status, headers.get('retry-after')]).toEqual([429, seconds === null ? null : String(seconds)]);
  });
});

describe('the OpenAPI document', () => {
  const text = readFileSync(new URL('openapi.json', import.meta.url), 'utf8');

  test('has no words of the graph in its descriptions', () => {
    const descriptions = [...text.matchAll(/"(?:description|summary)": "((?:[^"\\\\]|\\\\.)*)"/g)].map(
      ([, one]) => one!,
    );
    const mutations = routes.flatMap(({ document }) => /payload: (\w+)\(/.exec(document)?.[1] ?? []);
    const words = new RegExp(`\\b(?:endCursor|userErrors|viewer|mutations?)\\b|\`(?:${mutations.join('|')})\``);
    expect(descriptions.length).toBeGreaterThan(100);
    expect(descriptions.filter((one) => words.test(one))).toEqual([]);
  });

  test.each(['0', '-0', '12.50', '01.00', '00', '1.', '.5', '1e3', '+1', '٣', '-1.0'])(
    'describes the amount %s as the API reads it',
    (amount) => {
      const { pattern } = JSON.parse(text).components.schemas.Money.properties.amount;
      expect(new RegExp(pattern).test(amount)).toBe(parseDecimal(amount) !== null);
    },
  );
});
