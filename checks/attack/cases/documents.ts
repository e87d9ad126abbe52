import type { Case, Expectation } from '../case.ts';
import type { World } from '../world.ts';

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');
const sevenTimes = (next: string) => times(7, (index) => `a${index}: account(currency: USD) { owner { ${next} } }`);
const invalid: Expectation = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' };
const unresolved: Expectation = { status: 400, code: 'OPERATION_RESOLUTION_FAILURE' };
const two = 'query A { __typename } query B { __typename }';

type Body = Readonly<Record<string, unknown>>;

const large: readonly (readonly [what: string, body: Body])[] = [
  ['31 aliases of one field', { query: `{ ${times(31, (index) => `a${index}: order(id: ${index}) { id }`)} }` }],
  ['31 aliases of __typename', { query: `{ ${times(31, (index) => `a${index}: __typename`)} }` }],
  ['10 duplicate directives', { query: `{ viewer { id ${'@include(if: true) '.repeat(10)} } }` }],
  ['500 copies of one field', { query: `{ viewer { ${'id '.repeat(500)} } }` }],
  ['13 levels', { query: `{ viewer ${'{ account(currency: USD) { owner '.repeat(6)}{ id }${' } }'.repeat(6)} }` }],
  ['10,000 levels', { query: `${'{ a '.repeat(10_000)}${'}'.repeat(10_000)}` }],
  ['10,000 levels of a list', { query: `{ order(id: ${'['.repeat(10_000)}${']'.repeat(10_000)}) { id } }` }],
  ['more than 2,000 tokens', { query: `{ viewer { ${'id name '.repeat(1_100)} } }` }],
  [
    'four levels of fragments, each spread seven times',
    {
      query: `{ viewer { ...A } } fragment A on User { ${sevenTimes('...B')} } fragment B on User { ${sevenTimes('...C')} }
     fragment C on User { ${sevenTimes('...D')} } fragment D on User { ${times(7, (index) => `a${index}: name`)} }`,
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
    '52 jumps from one subgraph to another',
    {
      query: `{ viewer { ${times(26, (index) => `a${index}: account(currency: USD) { owner { name orders { totalCount } } }`)} } }`,
    },
  ],
  [
    'a long literal in a fragment that is spread often',
    {
      query: `{ viewer { ${times(25, (index) => `a${index}: account(currency: USD) { owner { ...F } }`)} } }
     fragment F on User { orders(filter: { productIds: ["${'x'.repeat(9_000)}"] }) { totalCount } }`,
    },
  ],
  [
    'variables of 10,000 levels',
    { query: 'query ($id: ID!) { order(id: $id) { id } }', variables: { id: deep(10_000) } },
  ],
];

/** What is refused before it is planned, as bodies of requests. */
export const tooLarge: readonly (readonly [what: string, body: string])[] = large.map(([what, body]) => [
  what,
  textOf(body),
]);

export const documentCases: readonly Case[] = [
  ...tooLarge.map(([what, body]) => ({
    what,
    ask: async ({ post }: World) => await post(body),
    expected: { status: 400, code: 'QUERY_TOO_COMPLEX' },
  })),
  asked('a syntax error', '{ viewer { name }', { status: 400, code: 'GRAPHQL_PARSE_FAILED' }),
  posted('an unknown operation', { query: two, operationName: 'C' }, unresolved),
  posted('an ambiguous operation', { query: two }, unresolved),
  asked('a subscription as a plain POST', 'subscription { orderUpdated(id: 1) { id } }', {
    status: 400,
    also: ({ codes }) => (codes.length > 0 ? null : 'an error was expected'),
  }),
  asked(
    'what can be planned in a million ways',
    `{ viewer { name account(currency: USD) { id } orders { totalCount } notifications { totalCount }
       ${times(29, (index) => `a${index}: id`)} } }`,
    { status: 200 },
  ),
  {
    what: 'names that every object has',
    ask: async ({ ask, ada: { token } }) =>
      await ask('{ constructor: viewer { prototype: account(currency: USD) { __proto__: id } __proto__: id } }', {
        token,
      }),
    expected: {
      status: 200,
      code: null,
      also: ({ text }, { ada }) => {
        const answer = `{"constructor":{"prototype":{"__proto__":"${ada.accounts['USD']}"},"__proto__":"${ada.id}"}}`;
        return text.includes(answer) ? null : 'they were not answered as others are';
      },
    },
  },
  {
    what: 'a misspelt field where the schema is hidden',
    ask: async ({ ask }) => {
      const schema = await ask('{ __schema { queryType { name } } }');
      return schema.status === 200 ? schema : await ask('{ viewer { nmae } }');
    },
    expected: { also: ({ text }) => (/did you mean/i.test(text) ? 'it is told what there is' : null) },
  },
  asked('a fragment cycle', '{ viewer { ...F } } fragment F on User { ...F }', invalid),
  asked('an unknown field', '{ viewer { nmae } }', invalid),
  asked('_entities', '{ _entities(representations: []) { __typename } }', invalid),
  asked('_service', '{ _service { sdl } }', invalid),
  posted(
    'a wrong hash of a persisted query',
    { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } } },
    { status: 400, code: 'PERSISTED_QUERY_NOT_FOUND' },
  ),
  posted(
    'an unknown hash of a persisted query',
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'e'.repeat(64) } } },
    { code: 'PERSISTED_QUERY_NOT_FOUND' },
  ),
];

/** Written by hand: what writes JSON calls itself for each level. */
function deep(levels: number): { readonly json: string } {
  return { json: `${'['.repeat(levels)}${']'.repeat(levels)}` };
}

function asked(what: string, query: string, expected: Expectation): Case {
  return posted(what, { query }, expected);
}

function posted(what: string, body: Body, expected: Expectation): Case {
  return { what, ask: async ({ post }) => await post(textOf(body)), expected };
}

function textOf(body: Body): string {
  return JSON.stringify(body).replace(/\{"json":"([^"]*)"\}/, '$1');
}
