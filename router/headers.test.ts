import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sendRaw } from '#test/raw-http.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ query: '{ viewer { id } }' });
const friend = 'https://friend.example';

let router: RunningRouter;
let folder: string;
beforeAll(async () => {
  const resolvers = { user: { Query: { viewer: () => null } } };
  folder = mkdtempSync(join(tmpdir(), 'console-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  const settings = { CORS_ORIGINS: `${friend}, https://other.example`, CONSOLE_FOLDER: folder };
  router = await startRouterWithDoubles(resolvers, settings);
});
afterAll(async () => {
  await router.stop();
  rmSync(folder, { recursive: true });
});

const strict = {
  'content-security-policy': expect.stringContaining("default-src 'none'"),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': expect.stringContaining('max-age='),
};

test.each(['/graphql', '/nothing', '/health/live', '/session'])(
  'every answer is strict with browsers: %s',
  async (path) => {
    const { headers } = await router.request(path, { method: 'POST', headers: json, body });

    expect(Object.fromEntries(headers)).toMatchObject(strict);
    expect(headers.get('x-powered-by') ?? headers.get('server')).toBeNull();
  },
);

describe.each([
  ['the router', () => router.origin],
  ['a subgraph', () => router.subgraphs.user.url],
])('what never reaches a handler of %s', (_who, address) => {
  const head = 'Host: a\r\nConnection: close\r\n';
  const unreadable: [what: string, text: string, status: number, code: string][] = [
    ['an address with a broken escape', `GET /%c3 HTTP/1.1\r\n${head}\r\n`, 400, 'BAD_REQUEST'],
    [
      'an address with a broken escape below a known one',
      `GET /accounts/%c3%28 HTTP/1.1\r\n${head}\r\n`,
      400,
      'BAD_REQUEST',
    ],
    [
      'a part of an address that is too long',
      `GET /accounts/${'1'.repeat(500)} HTTP/1.1\r\n${head}\r\n`,
      404,
      'NOT_FOUND',
    ],
    ['an address that there is not', `GET /nothing HTTP/1.1\r\n${head}\r\n`, 404, 'NOT_FOUND'],
    ['the server as a whole', `OPTIONS * HTTP/1.1\r\n${head}\r\n`, 404, 'NOT_FOUND'],
    ['a method that there is not', `JUMP /graphql HTTP/1.1\r\n${head}\r\n`, 400, 'BAD_REQUEST'],
    ['a header without a name', `GET /graphql HTTP/1.1\r\n${head}: nobody\r\n\r\n`, 400, 'BAD_REQUEST'],
    [
      'headers that are too large',
      `GET /graphql HTTP/1.1\r\n${head}X-A: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'BAD_REQUEST',
    ],
    [
      'two lengths of one body',
      `POST /graphql HTTP/1.1\r\n${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'BAD_REQUEST',
    ],
    [
      'a body that is announced too large',
      `POST /graphql HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 9000000\r\n\r\n`,
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['what is no HTTP', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n', 400, 'BAD_REQUEST'],
  ];

  test.each(unreadable)('gets the strict headers, and is not echoed: %s', async (_what, text, status, code) => {
    const answer = await sendRaw(address(), text);

    expect(answer).toMatchObject({
      status,
      headers: { ...strict, 'content-type': 'application/json; charset=utf-8' },
    });
    expect(JSON.parse(answer.body)).toEqual({ errors: [{ message: expect.any(String), extensions: { code } }] });
    expect(answer.body).not.toMatch(/%c3|FST_|HPE_/);
  });

  test('gets an empty response without a Host header', async () => {
    const empty = { status: 400, headers: { 'transfer-encoding': 'chunked' }, body: '0\r\n\r\n' };
    expect(await sendRaw(address(), 'GET /graphql HTTP/1.1\r\n\r\n')).toMatchObject(empty);
  });
});

test('invalid bytes after a request do not affect its response', async () => {
  const request = `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const answer = await sendRaw(router.origin, `${request}NOT HTTP\r\n\r\n`);

  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('BAD_REQUEST')]);
});

describe('a page of another site', () => {
  const post = async (origin: string, path = '/graphql') =>
    await router.request(path, { method: 'POST', headers: { ...json, origin }, body });
  const preflight = async (origin: string) =>
    await router.request('/graphql', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });

  test('may read the graph if its origin is configured', async () => {
    const [allowed, answer] = [await preflight(friend), await post(friend)];

    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(answer).toMatchObject({ status: 200, data: { viewer: null } });
    for (const { headers } of [allowed, answer]) {
      expect(headers.get('access-control-allow-origin')).toBe(friend);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test.each(['https://evil.example', 'null', `${friend}.evil.example`])(
    'may not where they do not: %s',
    async (origin) => {
      const answers = [await preflight(origin), await post(origin)];

      expect(answers[0]!.status).toBe(405);
      expect(answers.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([null, null]);
    },
  );

  test('may never read a session', async () => {
    expect((await post(friend, '/session')).headers.get('access-control-allow-origin')).toBeNull();
  });
});
