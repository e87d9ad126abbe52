import type { Case, Expectation } from '../case.ts';
import type { Answer, Client } from '../client.ts';
import { type SubgraphName, subgraphNames, type World } from '../world.ts';

/** What a subgraph answers to whoever reaches it past the router, in both of its protocols. */

const json = { 'content-type': 'application/json' };
const refused: Expectation = { status: 400, code: 'BAD_REQUEST' };
const unsupported: Expectation = { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' };
const nothing: Expectation = {
  code: ['UNAUTHENTICATED', 'FORBIDDEN'],
  also: ({ data }) => (isEmpty(data) ? null : 'something was shown'),
};

/** A field of each entity that a subgraph resolves, and whose of Ada's. */
export const entities: Readonly<Record<SubgraphName, readonly Entity[]>> = {
  user: [['User', ({ ada }) => ada.id, 'email name']],
  billing: [
    ['User', ({ ada }) => ada.id, 'accounts { number balance { amount } } transactions { totalCount }'],
    ['Account', ({ ada }) => ada.accounts['USD']!, 'number balance { amount }'],
    ['Transaction', ({ transaction }) => transaction, 'kind amount { amount }'],
    ['Order', ({ order }) => order, 'transactions { kind amount { amount } }'],
  ],
  order: [
    ['User', ({ ada }) => ada.id, 'orders { nodes { productId } }'],
    ['Order', ({ order }) => order, 'productId status'],
  ],
  notification: [
    ['User', ({ ada }) => ada.id, 'notifications { nodes { subject } }'],
    ['Order', ({ order }) => order, 'notifications { subject }'],
    ['Notification', ({ notification }) => notification, 'subject body recipient'],
  ],
};

type Entity = readonly [type: string, idOf: (world: World) => string, selection: string];

const call = [0, {}, null, null];
const bodyOf = (...operations: readonly unknown[]) =>
  JSON.stringify({ documents: [{ query: '{ __typename }' }], operations });

const misshapen: readonly [what: string, body: string][] = [
  ['truncated JSON', '{"documents":['],
  ['null', 'null'],
  ['an operation as clients send it', '{"query":"{ __typename }"}'],
  ['a place past the documents', bodyOf([1, {}, null, null])],
  ['a negative place', bodyOf([-1, {}, null, null])],
  ['a place between two', bodyOf([0.5, {}, null, null])],
  ['a prototype for a place', bodyOf(['__proto__', {}, null, null])],
  ['variables that are a list', bodyOf([0, [], null, null])],
  ['a variable that names a prototype', '{"documents":[],"operations":[[0,{"__proto__":{}},null,null]]}'],
  ['documents that are there twice', '{"documents":[{"query":"{ __typename }"}],"documents":[],"operations":[]}'],
  ['a variable that is there twice', '{"documents":[{"query":"{a}"}],"operations":[[0,{"a":1,"a":2},null,null]]}'],
  ['101 operations', bodyOf(...Array.from({ length: 101 }, () => call))],
];

const endless = `{ viewer { ${'... { '.repeat(200)} id ${'} '.repeat(200)} } }`;
const representations = 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }';
const misread: Expectation = { code: 'BAD_USER_INPUT' };
const odd: readonly [what: string, representation: unknown, expected: Expectation][] = [
  ['of no entity', { __typename: 'UserError', id: '1' }, misread],
  ['of a prototype', { __typename: '__proto__', id: '1' }, misread],
  ['without a type', { id: '1' }, misread],
  ['without an id', { __typename: 'User' }, misread],
  ['with an object for an id', { __typename: 'User', id: { $ne: null } }, misread],
  ['that is a text', 'User', misread],
  [
    'with a statement for an id',
    { __typename: 'User', id: "' or 1=1 --" },
    { also: ({ data, codes }) => (codes.includes('INTERNAL_SERVER_ERROR') || !isEmpty(data) ? 'it was taken' : null) },
  ],
];

type Ask = (client: Client, query: string, options: Parameters<Client['ask']>[1]) => Promise<Answer>;
const ways: readonly [way: string, ask: Ask][] = [
  ['as a client', async ({ ask }, query, options) => await ask(query, options)],
  ['as the router', async ({ requestAsRouter }, query, options) => await requestAsRouter(query, options)],
];

export const subgraphCases: readonly Case[] = subgraphNames.flatMap((name): Case[] => [
  ...misshapen.map(([what, body]) => sent(name, what, '/operations', { body }, refused)),
  sent(
    name,
    'plain text',
    '/operations',
    { body: bodyOf(call), headers: { 'content-type': 'text/plain' } },
    unsupported,
  ),
  sent(name, 'a GET of operations', '/operations', { method: 'GET', body: null }, { status: 404 }),
  sent(
    name,
    'operations over 1 MB',
    '/operations',
    { body: bodyOf([0, { a: 'x'.repeat(1_000_000) }, null, null]) },
    { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  ),
  sent(name, 'a batch of clients’ operations', '/graphql', { body: '[{"query":"{a}"}]' }, refused),
  sent(name, 'a form', '/graphql', { body: 'query={a}', headers: {} }, refused),
  sent(
    name,
    'a browser that looks for a page',
    '/graphql',
    { method: 'GET', body: null, headers: { accept: 'text/html' } },
    refused,
  ),
  ...ways.flatMap(([way, ask]): Case[] => [
    {
      what: `${name}: 200 levels, ${way}`,
      ask: async (world) => await ask(clientOf(world, name), endless, {}),
      expected: { code: 'QUERY_TOO_COMPLEX' },
    },
    ...entities[name].flatMap((entity) => ofAda(name, entity, way, ask)),
    ...odd.map(([what, representation, expected]) => ({
      what: `${name}: an entity ${what}, ${way}`,
      ask: async (world: World) =>
        await ask(clientOf(world, name), representations, {
          variables: { of: [representation] },
          token: world.eve.token,
        }),
      expected,
    })),
  ]),
  {
    what: `${name}: a token of one operation for another`,
    ask: async (world) =>
      await clientOf(world, name).send('/operations', {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${world.ada.token}` },
        body: JSON.stringify({
          documents: [{ query: '{ viewer { id } }' }],
          operations: [
            [0, {}, `Bearer ${world.ada.token}`, null],
            [0, {}, null, null],
          ],
        }),
      }),
    expected: {
      status: 200,
      code: null,
      also: ({ data }, { ada }) => {
        const ids = [data?.['0'], data?.['1']].map((one) => (one as { viewer: { id: string } | null }).viewer?.id);
        return ids[0] === ada.id && ids[1] === undefined ? null : 'somebody was taken for somebody else';
      },
    },
  },
]);

function ofAda(name: SubgraphName, [type, idOf, selection]: Entity, way: string, ask: Ask): Case[] {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`;
  const askAs = (tokenOf: (world: World) => string | undefined) => async (world: World) =>
    await ask(clientOf(world, name), query, {
      variables: { of: [{ __typename: type, id: idOf(world) }] },
      token: tokenOf(world),
    });
  return [
    { what: `${name}: a ${type} to nobody, ${way}`, ask: askAs(() => undefined), expected: nothing },
    { what: `${name}: a ${type} to a bad token, ${way}`, ask: askAs(() => 'bad'), expected: nothing },
    {
      what: `${name}: a ${type} to somebody else, ${way}`,
      ask: askAs(({ eve }) => eve.token),
      expected: { also: ({ data }) => (isEmpty(data) ? null : 'something was shown') },
    },
  ];
}

function sent(name: SubgraphName, what: string, path: string, init: RequestInit, expected: Expectation): Case {
  return {
    what: `${name}: ${what}`,
    ask: async (world) => await clientOf(world, name).send(path, { method: 'POST', headers: json, ...init }),
    expected,
  };
}

function clientOf({ subgraphs }: World, name: SubgraphName): Client {
  if (subgraphs === null) throw new Error('the subgraphs are out of reach');
  return subgraphs[name];
}

/** Whether there is no value in it, however many objects are around. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}
