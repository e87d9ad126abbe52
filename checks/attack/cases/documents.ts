import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

const repeat = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');
const sevenFold = (next: string) => repeat(7, (index) => `a${index}: account(currency: USD) { owner { ${next} } }`);
const invalid: Expectation = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' };
const unresolved: Expectation = { status: 400, code: 'OPERATION_RESOLUTION_FAILURE' };
const two = 'query A { __typename } query B { __typename }';

type Body = Readonly<Record<string, unknown>>;

const large: readonly (readonly [title: string, body: Body])[] = [
  ['31 aliases of one field', { query: `{ ${repeat(31, (index) => `a${index}: order(id: ${index}) { id }`)} }` }],
  ['31 aliases of __typename', { query: `{ ${repeat(31, (index) => `a${index}: __typename`)} }` }],
  ['10 duplicate directives', { query: `{ viewer { id ${'@include(if: true) '.repeat(10)} } }` }],
  ['500 copies of one field', { query: `{ viewer { ${'id '.repeat(500)} } }` }],
  ['13 levels', { query: `{ viewer ${'{ account(currency: USD) { owner '.repeat(6)}{ id }${' } }'.repeat(6)} }` }],
  ['10,000 levels', { query: `${'{ a '.repeat(10_000)}${'}'.repeat(10_000)}` }],
  ['10,000 levels of a list', { query: `{ order(id: ${'['.repeat(10_000)}${']'.repeat(10_000)}) { id } }` }],
  ['more than 2,000 tokens', { query: `{ viewer { ${'id name '.repeat(1_100)} } }` }],
  [
    'four levels of fragments, each spread seven times',
    {
      query: `{ viewer { ...A } } fragment A on User { ${sevenFold('...B')} } fragment B on User { ${sevenFold('...C')} }
     fragment C on User { ${sevenFold('...D')} } fragment D on User { ${repeat(7, (index) => `a${index}: name`)} }`,
    },
  ],
  [
    'pages within pages',
    {
      query:
        '{ viewer { accounts { entries(first: 100) { nodes { transaction { from { entries(first: 100) { nodes { id } } } } } } } } }',
    },
  ],
  [
    '52 hops between subgraphs',
    {
      query: `{ viewer { ${repeat(26, (index) => `a${index}: account(currency: USD) { owner { name orders { totalCount } } }`)} } }`,
    },
  ],
  [
    'a long literal in a fragment with many spreads',
    {
      query: `{ viewer { ${repeat(25, (index) => `a${index}: account(currency: USD) { owner { ...F } }`)} } }
     fragment F on User { orders(filter: { productIds: ["${'x'.repeat(9_000)}"] }) { totalCount } }`,
    },
  ],
  [
    'variables of 10,000 levels',
    { query: 'query ($id: ID!) { order(id: $id) { id } }', variables: { id: deep(10_000) } },
  ],
];

/** Bodies of requests that the router refuses before it plans them. */
export const tooLarge: readonly (readonly [title: string, body: string])[] = large.map(([title, body]) => [
  title,
  textOf(body),
]);

export const documentCases: readonly Case[] = [
  ...tooLarge.map(([title, body]) => ({
    title,
    request: async ({ post }: World) => await post(body),
    expected: { status: 400, code: 'QUERY_TOO_COMPLEX' },
  })),
  queryCase('a syntax error', '{ viewer { name }', { status: 400, code: 'GRAPHQL_PARSE_FAILED' }),
  bodyCase('an unknown operation', { query: two, operationName: 'C' }, unresolved),
  bodyCase('an ambiguous operation', { query: two }, unresolved),
  queryCase('a subscription as a plain POST', 'subscription { orderUpdated(id: 1) { id } }', {
    status: 400,
    also: ({ codes }) => (codes.length > 0 ? null : 'an error was expected'),
  }),
  queryCase(
    'an operation with a million possible plans',
    `{ viewer { name account(currency: USD) { id } orders { totalCount } notifications { totalCount }
       ${repeat(29, (index) => `a${index}: id`)} } }`,
    { status: 200 },
  ),
  {
    title: 'aliases that are names of Object.prototype',
    request: async ({ request, ada: { token } }) =>
      await request('{ constructor: viewer { prototype: account(currency: USD) { __proto__: id } __proto__: id } }', {
        token,
      }),
    expected: {
      status: 200,
      code: null,
      also: ({ text }, { ada }) => {
        const answer = `{"constructor":{"prototype":{"__proto__":"${ada.accounts['USD']}"},"__proto__":"${ada.id}"}}`;
        return text.includes(answer) ? null : 'the aliases were not returned like other aliases';
      },
    },
  },
  {
    title: 'a misspelled field, while the schema is hidden',
    request: async ({ request }) => {
      const schema = await request('{ __schema { queryType { name } } }');
      return schema.status === 200 ? schema : await request('{ viewer { nmae } }');
    },
    expected: {
      also: ({ text }) => (/did you mean/i.test(text) ? 'the message suggests a field of the schema' : null),
    },
  },
  queryCase('a fragment cycle', '{ viewer { ...F } } fragment F on User { ...F }', invalid),
  queryCase('an unknown field', '{ viewer { nmae } }', invalid),
  queryCase('_entities', '{ _entities(representations: []) { __typename } }', invalid),
  queryCase('_service', '{ _service { sdl } }', invalid),
  bodyCase(
    'a wrong hash of a persisted query',
    { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } } },
    { status: 400, code: 'PERSISTED_QUERY_NOT_FOUND' },
  ),
  bodyCase(
    'an unknown hash of a persisted query',
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'e'.repeat(64) } } },
    { code: 'PERSISTED_QUERY_NOT_FOUND' },
  ),
];

/** JSON text of nested lists. It avoids `JSON.stringify`, which recurses at each level. */
function deep(levels: number): { readonly json: string } {
  return { json: `${'['.repeat(levels)}${']'.repeat(levels)}` };
}

function queryCase(title: string, query: string, expected: Expectation): Case {
  return bodyCase(title, { query }, expected);
}

function bodyCase(title: string, body: Body, expected: Expectation): Case {
  return { title, request: async ({ post }) => await post(textOf(body)), expected };
}

function textOf(body: Body): string {
  return JSON.stringify(body).replace(/\{"json":"([^"]*)"\}/, '$1');
}
