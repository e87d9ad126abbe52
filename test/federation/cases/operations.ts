import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

const users = [
  { __typename: 'User', id: '1', name: 'Ada', friends: [{ id: '2', name: 'Bob', friends: [] }], age: 36 },
  { __typename: 'User', id: '2', name: 'Bob', friends: [], age: 40 },
];
const allActors = [...users, { __typename: 'Bot', id: '3', name: 'R2' }];

const graph = {
  users: subgraph(
    `type Query { user: User actors: [Actor!]! any: [Any] }
     interface Actor { id: ID! name: String! }
     union Any = User | Bot
     type User implements Actor @key(fields: "id") { id: ID! name: String! friends: [User!]! }
     type Bot implements Actor @key(fields: "id") { id: ID! name: String! }`,
    { Query: { user: () => users[0], actors: () => allActors, any: () => allActors }, User: oneOf(users, 'id') },
  ),
  ages: subgraph(
    `type User @key(fields: "id") { id: ID! age: Int! eldest: User }
     type Bot @key(fields: "id") { id: ID! build: Int! }`,
    {
      User: { ...oneOf(users, 'id'), eldest: () => ({ id: '2', age: 40 }) },
      Bot: { __resolveReference: ({ id }: { id: string }) => ({ id, build: 7 }) },
    },
  ),
};

const typenames: FederationCase = {
  name: '__typename: at the root, under aliases, on abstract types, as the only field',
  subgraphs: graph,
  operations: [
    {
      source: '{ __type(name: "User") { id: kind } user { kind: age } }',
      data: { __type: { id: 'OBJECT' }, user: { kind: 36 } },
      leftToGateway: true,
    },
    { source: '{ __typename root: __typename }', data: { __typename: 'Query', root: 'Query' } },
    {
      source: '{ a: __typename user { b: __typename eldest { __typename } } actors { __typename name: __typename } }',
      data: {
        a: 'Query',
        user: { b: 'User', eldest: { __typename: 'User' } },
        actors: [
          { __typename: 'User', name: 'User' },
          { __typename: 'User', name: 'User' },
          { __typename: 'Bot', name: 'Bot' },
        ],
      },
    },
    {
      source:
        '{ any { ... on Any { type: __typename } ... on Actor { __typename ... on Bot { id: __typename build } } } }',
      data: {
        any: [
          { type: 'User', __typename: 'User' },
          { type: 'User', __typename: 'User' },
          { type: 'Bot', __typename: 'Bot', id: 'Bot', build: 7 },
        ],
      },
    },
    {
      source: '{ actors { id: __typename ... on User { __typename: name age } } }',
      data: {
        actors: [{ id: 'User', __typename: 'Ada', age: 36 }, { id: 'User', __typename: 'Bob', age: 40 }, { id: 'Bot' }],
      },
      // The planner mistakes the alias for the name of the type.
      gateway: {
        data: {
          actors: [
            { id: 'User', __typename: 'User', age: 36 },
            { id: 'User', __typename: 'User', age: 40 },
            { id: 'Bot' },
          ],
        },
      },
    },
  ],
};

const conditions: FederationCase = {
  name: '@include and @skip: on fields, on fragments, around whole fetches',
  subgraphs: graph,
  operations: [
    {
      source:
        'query ($yes: Boolean!, $no: Boolean = false) { user { name @include(if: $yes) age @include(if: $no) id @skip(if: $yes) } }',
      variables: { yes: true },
      data: { user: { name: 'Ada' } },
    },
    {
      source:
        'query ($yes: Boolean!, $no: Boolean = false) { user { name @include(if: $yes) age @include(if: $no) id @skip(if: $yes) } }',
      variables: { yes: false, no: true },
      data: { user: { age: 36, id: '1' } },
    },
    {
      source:
        'query ($a: Boolean!, $b: Boolean!) { user { ... @include(if: $a) { age ... on User @skip(if: $b) { eldest { age } } } ...Rest @include(if: $b) } } fragment Rest on User { friends @skip(if: $a) { age } eldest { name } }',
      variables: { a: true, b: false },
      data: { user: { age: 36, eldest: { age: 40 } } },
    },
    {
      source:
        'query ($a: Boolean!, $b: Boolean!) { user { ... @include(if: $a) { age ... on User @skip(if: $b) { eldest { age } } } ...Rest @include(if: $b) } } fragment Rest on User { friends @skip(if: $a) { age } eldest { name } }',
      variables: { a: false, b: true },
      data: { user: { friends: [{ age: 40 }], eldest: { name: 'Bob' } } },
    },
    {
      source:
        'query ($a: Boolean!) { user @skip(if: $a) { age } user @include(if: $a) @skip(if: $a) { name } actors @include(if: false) { id } }',
      variables: { a: true },
      data: {},
    },
    {
      source: '{ user { age @skip(if: true) @include(if: true) age @include(if: true) name @skip(if: true) } }',
      data: { user: { age: 36 } },
    },
  ],
};

const fragments: FederationCase = {
  name: 'fragments: nested, on interfaces and unions, and several with the same field',
  subgraphs: graph,
  operations: [
    {
      source: `{ actors { ...Actor } user { ...Person ...Friends } }
        fragment Actor on Actor { name ...Person ... on Bot { build } }
        fragment Person on User { age eldest { ...Name } }
        fragment Name on Actor { name }
        fragment Friends on User { friends { ...Person friends { name } } eldest { age ...Name } }`,
      data: {
        actors: [
          { name: 'Ada', age: 36, eldest: { name: 'Bob' } },
          { name: 'Bob', age: 40, eldest: { name: 'Bob' } },
          { name: 'R2', build: 7 },
        ],
        user: {
          age: 36,
          eldest: { name: 'Bob', age: 40 },
          friends: [{ age: 40, eldest: { name: 'Bob' }, friends: [] }],
        },
      },
    },
    {
      source:
        '{ user { eldest { eldest { eldest { eldest { friends { id } eldest { name age eldest { eldest { name } } } } } } } } }',
      data: {
        user: {
          eldest: {
            eldest: {
              eldest: {
                eldest: { friends: [], eldest: { name: 'Bob', age: 40, eldest: { eldest: { name: 'Bob' } } } },
              },
            },
          },
        },
      },
    },
  ],
};

export const operationCases: readonly FederationCase[] = [typenames, conditions, fragments];
