import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fault } from '#platform/errors/faults.ts';
import { scopes } from '#platform/identity/scopes.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

interface Input {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
}

const refused = (code: string) => ({ userErrors: [{ code, message: 'No.' }] });

/** The double of the user subgraph knows one client, whose id and secret need encoding. */
const user = {
  Mutation: {
    issueClientToken: (_root: unknown, { input: { clientId, clientSecret, scope = 'a b' } }: { input: Input }) => {
      if (clientId === 'down') throw fault('SERVICE_UNAVAILABLE', 'Not now.');
      if (clientId !== 'cli ent:1' || clientSecret !== 's+e%c') return refused('INVALID_CLIENT');
      if (scope === 'other') return refused('INVALID_SCOPE');
      return { accessToken: 'a.b.c', expiresAt: new Date(Date.now() + 300_500), scope, userErrors: [] };
    },
  },
};

let router: RunningRouter;
beforeAll(async () => {
  router = await startRouterWithDoubles(
    { user },
    { RATE_LIMITS: 'true', SIGN_IN_LIMIT: '30', PUBLIC_URL: 'https://wallet.example/console/' },
  );
});
afterAll(async () => await router.stop());

const form = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();
const good = { grant_type: 'client_credentials', client_id: 'cli ent:1', client_secret: 's+e%c' };
const encode = (text: string) => encodeURIComponent(text);
const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`;

async function send(body: string, headers: Record<string, string> = {}, method = 'POST') {
  const response = await fetch(`${router.origin}/oauth/token`, {
    method,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    ...(method === 'POST' && { body }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as object };
}

const token = { access_token: 'a.b.c', token_type: 'Bearer', expires_in: 300, scope: 'a b' };

test.each<[string, string, Record<string, string>]>([
  ['in the body', form(good), {}],
  ['in the header', 'grant_type=client_credentials', { authorization: basic(good.client_id, good.client_secret) }],
  [
    'in the header, with the same id in the body',
    form({ grant_type: 'client_credentials', client_id: good.client_id }),
    { authorization: basic(good.client_id, good.client_secret) },
  ],
  ['with an empty scope', form({ ...good, scope: '' }), {}],
  ['with an unknown parameter', form({ ...good, resource: 'x' }), {}],
])('issues a token for credentials %s', async (_what, body, headers) => {
  const answer = await send(body, headers);
  expect([answer.status, answer.body]).toEqual([200, token]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

describe('refuses', () => {
  test.each<[string, string, Record<string, string>, number, string]>([
    ['no body', '', {}, 400, 'invalid_request'],
    ['another grant type', form({ ...good, grant_type: 'password' }), {}, 400, 'unsupported_grant_type'],
    ['a repeated parameter', `${form(good)}&scope=a&scope=b`, {}, 400, 'invalid_request'],
    ['no credentials', 'grant_type=client_credentials', {}, 401, 'invalid_client'],
    ['a wrong secret', form({ ...good, client_secret: 'x' }), {}, 401, 'invalid_client'],
    [
      'a wrong secret in the header',
      'grant_type=client_credentials',
      { authorization: basic('a', 'b') },
      401,
      'invalid_client',
    ],
    [
      'a header without a colon',
      'grant_type=client_credentials',
      { authorization: 'Basic YQ==' },
      401,
      'invalid_client',
    ],
    [
      'a header with a wrong escape',
      'grant_type=client_credentials',
      { authorization: `Basic ${btoa('%E0:b')}` },
      401,
      'invalid_client',
    ],
    ['a bearer token', 'grant_type=client_credentials', { authorization: 'Bearer a.b.c' }, 401, 'invalid_client'],
    ['credentials in both places', form(good), { authorization: basic('cli ent:1', 's+e%c') }, 400, 'invalid_request'],
    ['another scope', form({ ...good, scope: 'other' }), {}, 400, 'invalid_scope'],
    ['JSON', JSON.stringify(good), { 'content-type': 'application/json' }, 415, 'invalid_request'],
    ['a long form', form({ ...good, scope: 'x'.repeat(5_000) }), {}, 413, 'invalid_request'],
    ['anything while the users are down', form({ ...good, client_id: 'down' }), {}, 503, 'temporarily_unavailable'],
  ])('%s', async (_what, body, headers, status, error) => {
    const answer = await send(body, headers);
    expect([answer.status, answer.body]).toMatchObject([status, { error, error_description: expect.any(String) }]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Basic realm="wallet-and-orders"' : null);
  });

  test('another method, and names the right one', async () => {
    const answer = await send('', {}, 'GET');
    expect([answer.status, answer.headers.get('allow'), answer.body]).toMatchObject([
      405,
      'POST',
      { error: 'invalid_request' },
    ]);
  });

  test('more attempts of one address than its limit, without a look at the secret', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 31; attempt += 1) {
      statuses.push((await send(form({ ...good, client_secret: 'guess' }))).status);
    }
    expect(statuses).toContain(429);
    expect((await send(form(good))).status).toBe(429);
  });
});

test('the metadata names the public address, the scopes and how a client proves its identity', async () => {
  const answer = await fetch(`${router.origin}/.well-known/oauth-authorization-server`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(await answer.json()).toEqual({
    issuer: 'https://wallet.example',
    token_endpoint: 'https://wallet.example/oauth/token',
    scopes_supported: scopes,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  });
});

describe('WWW-Authenticate', () => {
  const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const viewer = { method: 'POST', headers: json, body: '{"query":"{ viewer { id } }"}' };
  test.each<[string, Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }]>([
    ['/graphql', viewer],
    ['/statements/1.csv', {}],
    ['/my-data/none', {}],
    ['/api/v1/orders', {}],
  ])('names the scheme, and a refused token, at %s', async (path, init) => {
    const headers = { ...init.headers, authorization: 'Bearer x' };
    const refused = await fetch(`${router.origin}${path}`, { ...init, headers });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="wallet-and-orders", error="invalid_token"',
    ]);
  });

  test.each(['/statements/1.csv', '/my-data/none', '/api/v1/orders'])(
    'has no error without a token at %s',
    async (path) => {
      const refused = await fetch(`${router.origin}${path}`);
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer realm="wallet-and-orders"',
      ]);
    },
  );
});
