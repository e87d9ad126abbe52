import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

const good = JSON.stringify({ query: '{ __typename }' });
const json = { 'content-type': 'application/json' };
const badRequest: Expectation = { status: 400, code: 'BAD_REQUEST' };

/** Bodies that two parsers may read differently. The router could then check one document and execute another. */
const ambiguousBodies: readonly (readonly [title: string, body: string])[] = [
  ['a duplicate query', '{"query":"{ __typename }","query":"{ viewer { id } }"}'],
  ['a duplicate variable', '{"query":"{ __typename }","variables":{"a":1,"a":2}}'],
  ['a byte order mark', `\ufeff${good}`],
  ['text after the JSON', `${good}x`],
];
const ambiguousUrls: readonly (readonly [title: string, search: string])[] = [
  ['a malformed escape', 'query=%7B__typename%7D%23%ZZ'],
  ['an escape that is not UTF-8', 'query=%7B__typename%7D%23%C3%28'],
  ['a duplicate parameter in a URL', 'query=%7B__typename%7D&query=%7Bviewer%7Bid%7D%7D'],
  ['a duplicate variable in a URL', 'query=%7B__typename%7D&variables=%7B%22a%22:1,%22a%22:2%7D'],
];

/** The management port serves these paths. The public port must not. */
const managementPaths = ['/metrics', '/health', '/health/live', '/health/ready', '/metrics?a=b', '/METRICS'];

export const transportCases: readonly Case[] = [
  ...managementPaths.map((path): Case => ({
    title: `GET ${path}`,
    request: async ({ send }) => await send(path, {}),
    expected: { status: 404, code: 'NOT_FOUND' },
  })),
  refused('truncated JSON', { body: '{"query":"{ viewer', headers: json }),
  refused('null', { body: 'null', headers: json }),
  refused('an empty body', { body: '', headers: json }),
  refused('an empty list', { body: '[]', headers: json }),
  refused('a query that is a number', { body: '{"query":5}', headers: json }),
  refused('variables as a string', { body: '{"query":"{__typename}","variables":"{}"}', headers: json }),
  refused('variables as a list', { body: '{"query":"{__typename}","variables":[]}', headers: json }),
  refused('UTF-16', {
    body: Buffer.from(good, 'utf16le'),
    headers: { 'content-type': 'application/json; charset=utf-16' },
  }),
  refused(
    'a compressed body',
    { body: 'no gzip', headers: { ...json, 'content-encoding': 'gzip' } },
    { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
  ),
  refused('a key __proto__', { body: '{"query":"{__typename}","__proto__":{"a":1}}', headers: json }),
  refused('a key constructor', { body: '{"query":"{__typename}","constructor":{"prototype":{"a":1}}}', headers: json }),
  {
    title: 'a key __proto__ in variables of a URL',
    request: async ({ send }) =>
      await send(
        `/graphql?${new URLSearchParams({ query: '{ __typename }', variables: '{"a":{"__proto__":{"b":1}}}' })}`,
        { headers: { 'apollo-require-preflight': 'true' } },
      ),
    expected: badRequest,
  },
  refused(
    'a body over 100 kB',
    { body: JSON.stringify({ query: `{ __typename } #${'x'.repeat(100_000)}` }), headers: json },
    { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  ),
  refused('PUT', { method: 'PUT', body: good, headers: json }, { status: 405, code: 'METHOD_NOT_ALLOWED' }),
  refused(
    'a batch',
    { body: `[${good},${good}]`, headers: json },
    {
      ...badRequest,
      also: ({ text }) =>
        /batching is disabled/i.test(text) ? null : 'the message does not say that batching is disabled',
    },
  ),
  refused('a form', {
    body: 'query={__typename}',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }),
  refused('plain text', { body: good, headers: { 'content-type': 'text/plain' } }),
  refused('a multipart form', { body: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
  {
    title: 'a mutation by GET',
    request: async ({ send, ada }) =>
      await send(`/graphql?${new URLSearchParams({ query: 'mutation { closeAccounts { userErrors { code } } }' })}`, {
        headers: { authorization: `Bearer ${ada.token}`, 'apollo-require-preflight': 'true' },
      }),
    expected: { status: 405, code: 'METHOD_NOT_ALLOWED' },
  },
  {
    title: 'a GET without a preflight header, as from another site',
    request: async ({ send }) => await send('/graphql?query=%7B__typename%7D', {}),
    expected: badRequest,
  },
  ...ambiguousBodies.map(([title, body]) => refused(title, { body, headers: json })),
  ...ambiguousUrls.map(([title, search]) => ({
    title,
    request: async ({ send }: World) =>
      await send(`/graphql?${search}`, { headers: { 'apollo-require-preflight': 'true' } }),
    expected: badRequest,
  })),
  {
    title: 'an unknown path',
    request: async ({ send }) => await send('/../../etc/passwd', {}),
    expected: { status: 404, code: 'NOT_FOUND' },
  },
];

function refused(title: string, init: RequestInit, expected: Expectation = badRequest): Case {
  return { title, request: async ({ send }) => await send('/graphql', { method: 'POST', ...init }), expected };
}
