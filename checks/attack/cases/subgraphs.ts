import type { Case, Expectation } from '../case.ts';
import type { Answer, Client } from '../client.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import type { World } from '../world.ts';

/** A client bypasses the router and calls a subgraph in both protocols: `/graphql` and `/operations`. */

const json = { 'content-type': 'application/json' };
const refused: Expectation = { status: 400, code: 'BAD_REQUEST' };
const unsupported: Expectation = { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' };
const noData: Expectation = {
  code: ['UNAUTHENTICATED', 'FORBIDDEN'],
  also: ({ data }) => (holdsNoValue(data) ? null : 'the answer contains data'),
};

/** For each entity that a subgraph resolves: its type, an id of Ada's, and a selection. */
export const entities: Readonly<Partial<Record<SubgraphName, readonly Entity[]>>> = {
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

const malformedBodies: readonly [title: string, body: string][] = [
  ['truncated JSON', '{"documents":['],
  ['null', 'null'],
  ['an operation as clients send it', '{"query":"{ __typename }"}'],
  ['a document index out of range', bodyOf([1, {}, null, null])],
  ['a negative document index', bodyOf([-1, {}, null, null])],
  ['a fractional document index', bodyOf([0.5, {}, null, null])],
  ['__proto__ as a document index', bodyOf(['__proto__', {}, null, null])],
  ['variables as a list', bodyOf([0, [], null, null])],
  ['a variable named __proto__', '{"documents":[],"operations":[[0,{"__proto__":{}},null,null]]}'],
  ['a duplicate key documents', '{"documents":[{"query":"{ __typename }"}],"documents":[],"operations":[]}'],
  ['a duplicate variable', '{"documents":[{"query":"{a}"}],"operations":[[0,{"a":1,"a":2},null,null]]}'],
  ['101 operations', bodyOf(...Array.from({ length: 101 }, () => call))],
];

const endless = `{ viewer { ${'... { '.repeat(200)} id ${'} '.repeat(200)} } }`;
const representations = 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }';
const badInput: Expectation = { code: 'BAD_USER_INPUT' };
const oddRepresentations: readonly [title: string, representation: unknown, expected: Expectation][] = [
  ['of a type that is not an entity', { __typename: 'UserError', id: '1' }, badInput],
  ['with the type __proto__', { __typename: '__proto__', id: '1' }, badInput],
  ['without a type', { id: '1' }, badInput],
  ['without an id', { __typename: 'User' }, badInput],
  ['with an object as its id', { __typename: 'User', id: { $ne: null } }, badInput],
  ['given as a string', 'User', badInput],
  [
    'with an SQL injection as its id',
    { __typename: 'User', id: "' or 1=1 --" },
    {
      also: ({ data, codes }) =>
        codes.includes('INTERNAL_SERVER_ERROR') || !holdsNoValue(data) ? 'the id was accepted' : null,
    },
  ],
];

type SendRequest = (client: Client, query: string, options: Parameters<Client['request']>[1]) => Promise<Answer>;
const protocols: readonly [protocol: string, request: SendRequest][] = [
  ['as a client', async ({ request }, query, options) => await request(query, options)],
  ['as the router', async ({ requestAsRouter }, query, options) => await requestAsRouter(query, options)],
];

export const subgraphCases: readonly Case[] = subgraphNames.flatMap((name): Case[] => [
  ...malformedBodies.map(([title, body]) => sent(name, title, '/operations', { body }, refused)),
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
    'a browser that requests a page',
    '/graphql',
    { method: 'GET', body: null, headers: { accept: 'text/html' } },
    refused,
  ),
  ...protocols.flatMap(([protocol, request]): Case[] => [
    {
      title: `${name}: 200 levels, ${protocol}`,
      request: async (world) => await request(clientOf(world, name), endless, {}),
      expected: { code: 'QUERY_TOO_COMPLEX' },
    },
    ...(entities[name] ?? []).flatMap((entity) => entityCases(name, entity, protocol, request)),
    ...oddRepresentations.map(([title, representation, expected]) => ({
      title: `${name}: an entity ${title}, ${protocol}`,
      request: async (world: World) =>
        await request(clientOf(world, name), representations, {
          variables: { of: [representation] },
          token: world.eve.token,
        }),
      expected,
    })),
  ]),
  {
    title: `${name}: a token of one operation in a request with another`,
    request: async (world) =>
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
        return ids[0] === ada.id && ids[1] === undefined
          ? null
          : 'the subgraph executed an operation with the token of another operation';
      },
    },
  },
]);

function entityCases(
  name: SubgraphName,
  [type, idOf, selection]: Entity,
  protocol: string,
  request: SendRequest,
): Case[] {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`;
  const requestAs = (tokenOf: (world: World) => string | undefined) => async (world: World) =>
    await request(clientOf(world, name), query, {
      variables: { of: [{ __typename: type, id: idOf(world) }] },
      token: tokenOf(world),
    });
  return [
    { title: `${name}: a ${type} without a token, ${protocol}`, request: requestAs(() => undefined), expected: noData },
    { title: `${name}: a ${type} with a bad token, ${protocol}`, request: requestAs(() => 'bad'), expected: noData },
    {
      title: `${name}: a ${type} of another customer, ${protocol}`,
      request: requestAs(({ eve }) => eve.token),
      expected: { also: ({ data }) => (holdsNoValue(data) ? null : 'the answer contains data') },
    },
  ];
}

function sent(name: SubgraphName, title: string, path: string, init: RequestInit, expected: Expectation): Case {
  return {
    title: `${name}: ${title}`,
    request: async (world) => await clientOf(world, name).send(path, { method: 'POST', headers: json, ...init }),
    expected,
  };
}

function clientOf({ subgraphs }: World, name: SubgraphName): Client {
  if (subgraphs === null) throw new Error('the URLs of the subgraphs are unknown');
  return subgraphs[name];
}

/** Whether a value is null, undefined, or contains only such values. */
function holdsNoValue(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.values(value).every(holdsNoValue);
}
