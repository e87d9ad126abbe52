import { subgraph } from '../compose.ts';
import { type FederationCase, failing, oneOf } from '../federation-case.ts';

/** The resolver of a field that its subgraph no longer owns. An executor must not request the field there. */
const moved = failing('This field has moved.');
const bills = [
  { id: '1', total: 10, paid: true },
  { id: '2', total: 20, paid: false },
];

const overridden: FederationCase = {
  name: '@override: a field, and a field with @requires',
  subgraphs: {
    old: subgraph(
      `type Query { bills: [Bill!]! bill: Bill }
       type Bill @key(fields: "id") { id: ID! total: Int! paid: Boolean! state: String! }`,
      {
        Query: { bills: () => bills, bill: moved },
        Bill: { ...oneOf(bills, 'id'), total: moved, state: moved },
      },
    ),
    young: subgraph(
      `type Query { bill: Bill @override(from: "old") }
       type Bill @key(fields: "id") {
         id: ID!
         total: Int! @override(from: "old")
         paid: Boolean! @external
         state: String! @override(from: "old") @requires(fields: "paid")
       }`,
      {
        Query: { bill: () => ({ id: '2' }) },
        Bill: {
          ...oneOf(bills, 'id'),
          total: ({ id }: { id: string }) => Number(id) * 11,
          state: ({ paid }: { paid: boolean }) => (paid ? 'PAID' : 'OPEN'),
        },
      },
    ),
  },
  operations: [
    { source: '{ bills { total } }', data: { bills: [{ total: 11 }, { total: 22 }] } },
    {
      source: '{ bill { state paid total } bills { state } }',
      data: { bill: { state: 'OPEN', paid: false, total: 22 }, bills: [{ state: 'PAID' }, { state: 'OPEN' }] },
    },
  ],
};

const posts = [
  { __typename: 'Photo', id: '1', at: 'noon' },
  { __typename: 'Text', id: '2', at: 'night' },
];

const ofInterface: FederationCase = {
  name: '@override: a field of one type of an interface',
  subgraphs: {
    old: subgraph(
      `type Query { posts: [Post!]! }
       interface Post { id: ID! at: String! }
       type Photo implements Post @key(fields: "id") { id: ID! at: String! }
       type Text implements Post @key(fields: "id") { id: ID! at: String! }`,
      { Query: { posts: () => posts }, Photo: { at: moved, ...oneOf(posts, 'id') }, Text: oneOf(posts, 'id') },
    ),
    young: subgraph(
      `type Query { recent: [Post] }
       interface Post { id: ID! at: String! }
       type Photo implements Post @key(fields: "id") { id: ID! at: String! @override(from: "old") }
       type Text implements Post @key(fields: "id") { id: ID! at: String! @external }`,
      {
        Query: { recent: () => posts },
        Photo: { __resolveReference: ({ id }: { id: string }) => ({ id, at: 'noon, moved' }) },
      },
    ),
  },
  operations: [
    { source: '{ posts { at } }', data: { posts: [{ at: 'noon, moved' }, { at: 'night' }] } },
    {
      source: '{ recent { __typename at id } }',
      data: {
        recent: [
          { __typename: 'Photo', at: 'noon', id: '1' },
          { __typename: 'Text', at: 'night', id: '2' },
        ],
      },
    },
  ],
};

const cars = [{ id: 'c', name: 'Mini', model: 'M1', colour: 'red' }];

const external: FederationCase = {
  name: '@external: keys in the style of federation 1, and an unused field',
  subgraphs: {
    cars: {
      sdl: `type Query { car: Car }
            type Car @key(fields: "id") { id: ID! name: String model: String }`,
      resolvers: { Query: { car: () => cars[0] }, Car: oneOf(cars, 'id') },
    },
    colours: {
      sdl: `extend type Car @key(fields: "id") { id: ID! @external name: String @external colour: String }
            extend type Query { red: [Car] }`,
      resolvers: { Query: { red: () => cars }, Car: oneOf(cars, 'id') },
    },
    models: subgraph(
      `type Car @key(fields: "id") @extends { id: ID! @external model: String @external long: String @requires(fields: "model") }`,
      { Car: { ...oneOf(cars, 'id'), long: ({ model }: { model: string }) => `Model ${model}` } },
    ),
  },
  operations: [
    { source: '{ red { colour name } }', data: { red: [{ colour: 'red', name: 'Mini' }] } },
    { source: '{ car { colour long } }', data: { car: { colour: 'red', long: 'Model M1' } } },
    {
      source: '{ red { model: long id: colour } }',
      data: { red: [{ model: 'Model M1', id: 'red' }] },
      // The planner mistakes the alias for the key.
      gateway: { data: { red: [{ model: 'Model M1', id: 'c' }] } },
    },
  ],
};

export const ownershipCases: readonly FederationCase[] = [overridden, ofInterface, external];
