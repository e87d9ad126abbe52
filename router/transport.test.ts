import { connect } from 'node:net';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

let router: RunningRouter;
beforeAll(async () => {
  router = await startRouterWithDoubles({ user: { Query: { viewer: () => null } } });
});
afterAll(async () => await router.stop());

const good = JSON.stringify({ query: '{ viewer { name } }' });
const json = { 'content-type': 'application/json' };
const unsupported = 'UNSUPPORTED_MEDIA_TYPE';

const refused: [what: string, init: RequestInit, status: number, code: string][] = [
  ['truncated JSON', { body: '{"query":"{ viewer', headers: json }, 400, 'BAD_REQUEST'],
  ['null', { body: 'null', headers: json }, 400, 'BAD_REQUEST'],
  ['a number', { body: '5', headers: json }, 400, 'BAD_REQUEST'],
  ['an empty body', { body: '', headers: json }, 400, 'BAD_REQUEST'],
  ['no body and no type', {}, 400, 'BAD_REQUEST'],
  ['an empty object', { body: '{}', headers: json }, 400, 'BAD_REQUEST'],
  ['an empty list', { body: '[]', headers: json }, 400, 'BAD_REQUEST'],
  ['a query that is a number', { body: '{"query":5}', headers: json }, 400, 'BAD_REQUEST'],
  ['an empty query', { body: '{"query":""}', headers: json }, 400, 'BAD_REQUEST'],
  ['variables as a string', { body: '{"query":"{__typename}","variables":"{}"}', headers: json }, 400, 'BAD_REQUEST'],
  ['variables as a list', { body: '{"query":"{__typename}","variables":[]}', headers: json }, 400, 'BAD_REQUEST'],
  ['extensions as a list', { body: '{"query":"{__typename}","extensions":[]}', headers: json }, 400, 'BAD_REQUEST'],
  [
    'an operation name that is a number',
    { body: '{"query":"{__typename}","operationName":1}', headers: json },
    400,
    'BAD_REQUEST',
  ],
  [
    'a prototype in the body',
    { body: '{"query":"{__typename}","__proto__":{"a":1}}', headers: json },
    400,
    'BAD_REQUEST',
  ],
  [
    'UTF-16',
    { body: Buffer.from(good, 'utf16le'), headers: { 'content-type': 'application/json; charset=utf-16' } },
    400,
    'BAD_REQUEST',
  ],
  [
    'UTF-16 by name only',
    { body: good, headers: { 'content-type': 'application/json; charset="UTF-16"' } },
    400,
    'BAD_REQUEST',
  ],
  ['bad gzip', { body: 'not gzip', headers: { ...json, 'content-encoding': 'gzip' } }, 415, unsupported],
  ['JSON that says it is gzip', { body: good, headers: { ...json, 'content-encoding': 'GZip' } }, 415, unsupported],
  ['gzip', { body: gzipSync(good), headers: { ...json, 'content-encoding': 'gzip' } }, 415, unsupported],
  ['brotli', { body: good, headers: { ...json, 'content-encoding': 'br' } }, 415, unsupported],
  ['two codings', { body: good, headers: { ...json, 'content-encoding': 'identity, gzip' } }, 415, unsupported],
  [
    'a body of more than 100 kB',
    { body: JSON.stringify({ query: `{ viewer { name } } #${'x'.repeat(100_000)}` }), headers: json },
    413,
    'PAYLOAD_TOO_LARGE',
  ],
  ['a body of 5 MB', { body: 'x'.repeat(5_000_000), headers: json }, 413, 'PAYLOAD_TOO_LARGE'],
  ['a batch', { body: `[${good},${good}]`, headers: json }, 400, 'BAD_REQUEST'],
  ['PUT', { method: 'PUT', body: good, headers: json }, 405, 'METHOD_NOT_ALLOWED'],
  ['DELETE', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
  [
    'a form',
    { body: 'query={viewer{name}}', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    400,
    'BAD_REQUEST',
  ],
  ['plain text', { body: good, headers: { 'content-type': 'text/plain' } }, 400, 'BAD_REQUEST'],
  [
    'a multipart form',
    { body: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    400,
    'BAD_REQUEST',
  ],
  ['a type of its own', { body: good, headers: { 'content-type': 'application/graphql' } }, 415, unsupported],
  ['XML', { body: '<a/>', headers: { 'content-type': 'application/xml' } }, 415, unsupported],
  ['no type that a type can be', { body: good, headers: { 'content-type': 'json' } }, 415, unsupported],
  ['a long list of types', { body: good, headers: { ...json, accept: 'a/b,'.repeat(300) } }, 400, 'BAD_REQUEST'],
  ['only images', { body: good, headers: { ...json, accept: 'image/png' } }, 406, 'NOT_ACCEPTABLE'],
];

test.each(refused)('refuses %s', async (_what, init, status, code) => {
  const answer = await router.request('/graphql', { method: 'POST', ...init });

  expect(answer.status).toBe(status);
  expect(answer.errors).toEqual([{ message: expect.any(String), extensions: { code } }]);
  expect(answer.data).toBeUndefined();
});

test('reports that batching is disabled', async () => {
  const answer = await router.post(`[${good},${good}]`);

  expect(answer.errors?.[0]?.message).toMatch(/batching is disabled/);
});

test('lists the allowed methods', async () => {
  const answer = await router.request('/graphql', { method: 'PUT' });

  expect(answer.headers.get('allow')).toBe('GET, POST');
});

test('responds with JSON to bytes that are not HTTP, and closes', async () => {
  const socket = connect(Number(new URL(router.origin).port), '127.0.0.1');
  socket.end('NOT HTTP\r\n\r\n');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'close');

  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 /);
});

const get = async (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  await router.request(`/graphql?${new URLSearchParams(parameters)}`, { headers });
const preflighted = { 'apollo-require-preflight': 'true' };

describe('by GET', () => {
  test('a bare cross-site request is refused', async () => {
    const answer = await get({ query: '{ viewer { name } }' });

    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  });

  test('a query with a preflight header is executed', async () => {
    expect(await get({ query: '{ viewer { name } }' }, preflighted)).toMatchObject({
      status: 200,
      data: { viewer: null },
    });
  });

  test('a mutation is not allowed', async () => {
    const answer = await get({ query: 'mutation { closeAccounts { userErrors { code } } }' }, preflighted);

    expect(answer.status).toBe(405);
    expect(answer.errors?.[0]?.extensions.code).toBe('METHOD_NOT_ALLOWED');
    expect(router.subgraphs.billing.received).toEqual([]);
  });

  test('variables that are not JSON are refused', async () => {
    const answer = await get({ query: '{ viewer { name } }', variables: '{' }, preflighted);

    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});

test('an unknown path gets a JSON error', async () => {
  const answer = await router.request('/nothing', {});

  expect(answer).toMatchObject({ status: 404, errors: [{ extensions: { code: 'NOT_FOUND' } }] });
});

test('it is live and ready, whichever subgraphs are up', async () => {
  expect((await fetch(`${router.management}/health/live`)).status).toBe(200);
  expect((await fetch(`${router.management}/health/ready`)).status).toBe(200);
});
