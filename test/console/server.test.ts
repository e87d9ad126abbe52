import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { graphql } from '#test/graphql.ts';
import { sharedSystem } from '#test/shared-system.ts';

let origin: string;
let graph: string;

beforeAll(async () => {
  ({
    url: graph,
    origins: { router: origin },
  } = await sharedSystem());
});

interface SessionAnswer {
  readonly session: { accessToken: string; expiresInS: number; user: { name: string } } | null;
  readonly userErrors?: { code: string; field: string[] }[];
}

const password = 'correct horse battery staple';

/** Sends a request as the console's page does. `headers` replace its own; null removes one. */
async function request(method: string, path: string, body?: object, headers: Record<string, string | null> = {}) {
  const sent = Object.entries({
    'x-console': '1',
    origin,
    'sec-fetch-site': 'same-origin',
    'content-type': body === undefined ? null : 'application/json',
    ...headers,
  }).filter((header): header is [string, string] => header[1] !== null);
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: Object.fromEntries(sent),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    cookie: response.headers.get('set-cookie'),
    cacheControl: response.headers.get('cache-control'),
    answer: (text === '' ? {} : JSON.parse(text)) as SessionAnswer,
  };
}

async function register(headers: Record<string, string | null> = {}) {
  const registration = { email: `${randomUUID()}@example.com`, name: 'Ada', password };
  return { ...(await request('POST', '/session', { register: registration }, headers)), email: registration.email };
}

/** The cookie as a browser sends it back. */
function cookieOf({ cookie }: { cookie: string | null }): string {
  return cookie?.split(';')[0] ?? '';
}

describe('the session of a browser', () => {
  test('begins with an access token for the page, and a refresh token that the page never sees', async () => {
    const { status, answer, cookie, cacheControl } = await register();
    expect([status, cacheControl]).toEqual([200, 'no-store']);
    expect(cookie).toMatch(/^refresh_token=[^;]+; Max-Age=2592000; Path=\/session; HttpOnly; SameSite=Strict$/);
    expect(Object.keys(answer.session ?? {}).toSorted()).toEqual(['accessToken', 'expiresInS', 'user']);
    expect(answer.session?.expiresInS).toBeGreaterThan(500);
    const { data } = await graphql(graph, { query: '{ viewer { name } }', token: answer.session!.accessToken });
    expect(data).toEqual({ viewer: { name: 'Ada' } });
  });

  test('has a cookie for https only if the page was loaded over https', async () => {
    const secure = origin.replace('http:', 'https:');
    expect((await register({ origin: secure })).cookie).toMatch(/; Secure;/);
  });

  test('is refused with an error for each field, and without a cookie', async () => {
    const { status, answer, cookie } = await request('POST', '/session', {
      register: { email: 'nobody', name: '', password: 'short' },
    });
    expect([status, cookie, answer.session]).toEqual([200, null, null]);
    expect(answer.userErrors?.map(({ code, field }) => [code, field])).toEqual([
      ['INVALID_EMAIL', ['input', 'email']],
      ['INVALID_NAME', ['input', 'name']],
      ['WEAK_PASSWORD', ['input', 'password']],
    ]);
  });

  test('is refreshed with the cookie, which the server then rotates', async () => {
    const begun = await register();
    const refreshed = await request('POST', '/session/refresh', undefined, { cookie: cookieOf(begun) });
    expect(refreshed.answer.session?.user.name).toBe('Ada');
    expect(cookieOf(refreshed)).toMatch(/^refresh_token=.+/);
    expect(cookieOf(refreshed)).not.toBe(cookieOf(begun));
  });

  test('survives many concurrent requests with one cookie', async () => {
    const cookie = cookieOf(await register());
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => await request('POST', '/session/refresh', undefined, { cookie })),
    );
    expect(new Set(answers.map(cookieOf)).size).toBe(1);
    const next = await request('POST', '/session/refresh', undefined, { cookie: cookieOf(answers[0]!) });
    expect(next.answer.session).not.toBeNull();
  });

  test('does not exist without a cookie; the server removes an invalid cookie', async () => {
    const without = await request('POST', '/session/refresh');
    expect([without.status, without.answer, without.cookie]).toEqual([200, { session: null }, null]);
    const forged = await request('POST', '/session/refresh', undefined, { cookie: 'refresh_token=forged' });
    expect([forged.status, forged.answer]).toEqual([200, { session: null }]);
    expect(forged.cookie).toMatch(/^refresh_token=; .*Max-Age=0/);
  });

  test('ends with its cookie and its refresh token', async () => {
    const cookie = cookieOf(await register());
    const ended = await request('DELETE', '/session', undefined, { cookie });
    expect(ended.status).toBe(204);
    expect(ended.cookie).toMatch(/^refresh_token=; .*Max-Age=0/);
    expect((await request('POST', '/session/refresh', undefined, { cookie })).answer.session).toBeNull();
  });

  test.each([
    ['without the header that only its own page sends', { 'x-console': null }],
    ['from another site', { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }],
    ['from another site by an old browser', { origin: 'https://elsewhere.example', 'sec-fetch-site': null }],
    ['from another subdomain of the site', { 'sec-fetch-site': 'same-site' }],
    ['from a page without an origin', { origin: 'null', 'sec-fetch-site': null }],
    ['by a client that names no origin', { origin: null, 'sec-fetch-site': null }],
  ])('is neither begun, refreshed nor ended %s', async (_name, headers) => {
    const cookie = cookieOf(await register());
    const answers = [
      await register(headers),
      await request('POST', '/session/refresh', undefined, { ...headers, cookie }),
      await request('DELETE', '/session', undefined, { ...headers, cookie }),
    ];
    expect(answers.map(({ status, cookie }) => [status, cookie])).toEqual([
      [403, null],
      [403, null],
      [403, null],
    ]);
    expect((await request('POST', '/session/refresh', undefined, { cookie })).answer.session).not.toBeNull();
  });

  test.each([
    [{}],
    [{ login: { email: 'a@example.com', password }, register: {} }],
    [{ login: 'me' }],
    [{ login: { email: 5, password } }],
    [{ refreshToken: { refreshToken: 'x' } }],
  ])('is not begun by %j', async (body) => {
    expect(await request('POST', '/session', body)).toMatchObject({ status: 400, cookie: null });
  });
});

describe('the console', () => {
  const get = async (path: string, headers: Record<string, string> = {}) =>
    await fetch(`${origin}${path}`, { headers: { 'accept-encoding': 'identity', ...headers } });

  test.each(['/', '/sign-in', '/history?kind=TRANSFER', '/accounts/1', '/orders/new'])(
    'answers %s with its page, which browsers revalidate each time',
    async (path) => {
      const response = await get(path);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('<div id="root"></div>');
      // Without an explicit cache-control header, fetch requests a reload.
      const revalidation = { 'if-none-match': response.headers.get('etag')!, 'cache-control': 'max-age=0' };
      const again = await get(path, revalidation);
      expect([again.status, await again.text()]).toEqual([304, '']);
    },
  );

  test('allows no scripts, styles or frames of other origins', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|http:|https:/);
  });

  test('has files that browsers cache forever, compressed', async () => {
    const page = await (await get('/')).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)![1]!;
    const plain = await get(script);
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
    const text = await plain.text();
    for (const encoding of ['br', 'gzip']) {
      const compressed = await get(script, { 'accept-encoding': encoding });
      expect(compressed.headers.get('content-encoding')).toBe(encoding);
      expect(Number(compressed.headers.get('content-length'))).toBeLessThan(text.length / 2);
      expect(await compressed.text()).toBe(text);
    }
    const refused = await get(script, { 'accept-encoding': 'br;q=0, identity' });
    expect(refused.headers.get('content-encoding')).toBeNull();
  });

  test.each([
    '/graphql/x',
    '/assets/none.js',
    '/assets/../package.json',
    '/index.html.br',
    '/.built-from',
    '/anything',
  ])('does not answer %s', async (path) => {
    const response = await get(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
  });

  test('answers an unknown path with its page and 404', async () => {
    const response = await get('/anything', { accept: 'text/html,application/xhtml+xml' });
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await response.text()).toContain('<div id="root"></div>');
  });

  test('answers the paths of health and metrics with its page: only the management port serves them', async () => {
    for (const path of ['/health/ready', '/metrics']) expect((await get(path)).status).toBe(404);
  });
});
