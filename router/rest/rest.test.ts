import { readFileSync } from 'node:fs';
import { METHODS } from 'node:http';
import { afterAll, describe, expect, test } from '@jest/globals';
import { sendRaw } from '#test/raw-http.ts';
import { restClient } from '#test/rest-client.ts';
import { deposit, money, startRestRouter } from '#test/router/rest-router.ts';
import { startRouterWithDoubles } from '#test/router/running-router.ts';
import { routes } from './routes.ts';

const made = { id: 'made', receiptNumber: 'R', kind: 'DEPOSIT', amount: money, createdAt: new Date(1_770_000_000_000) };

const { router, answers, ada, anyone, postDeposit } = await startRestRouter();
afterAll(async () => await router.stop());

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
    answers.payload = {};
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
    answers.payload = { transaction: made, repeated: false, userErrors: [] };
    const first = await postDeposit(deposit);
    expect([first.status, first.headers.get('location')]).toEqual([201, '/api/v1/transactions/made']);
    answers.payload = { transaction: made, repeated: true, userErrors: [] };
    const again = await postDeposit(deposit);
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
    answers.payload = {
      transaction: null,
      userErrors: [
        { code, message: 'No.', field },
        { code: 'INVALID_AMOUNT', message: 'Nor this.' },
      ],
    };

    expect(await postDeposit(deposit)).toMatchObject({
      status,
      body: { status, code, detail: 'No.', errors: [{ code, detail: 'No.', ...cause }, { code: 'INVALID_AMOUNT' }] },
    });
  });

  test.each(['k1', '"k1"', '"k\\"1"'])('the key %s reaches the graph', async (key) => {
    answers.payload = { transaction: made, repeated: false, userErrors: [] };
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
  const limited = await startRouterWithDoubles(
    { billing: { Query: { transaction: () => null } } },
    { CUSTOMER_COST_PER_MINUTE: '1' },
  );
  try {
    const token = (await limited.issuer.authorization()).slice('Bearer '.length);
    const seen = [];
    for (let index = 0; index < 3; index += 1) seen.push(await restClient(limited.origin, token)('/transactions/x'));
    const last = seen.at(-1)!;
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
    answers.signedIn = refused('INVALID_CREDENTIALS');
    const { status, headers } = await ada('/sessions', { body: credentials });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="wallet-and-orders"']);
  });

  test.each([
    ['/sessions/second-factor', { body: { challenge: 'none', code: '123456' } }, 61],
    ['/users/me', { method: 'PATCH', body: { email: 'ada@example.com' } }, null],
  ])('after too many attempts at %s, says when the bound opens', async (path, request, seconds) => {
    answers.signedIn = { userErrors: [{ code: 'TOO_MANY_ATTEMPTS', message: 'No.', retryAfterS: seconds }] };
    const { status, headers } = await ada(path, request);
    expect([status, headers.get('retry-after')]).toEqual([429, seconds === null ? null : String(seconds)]);
  });
});
