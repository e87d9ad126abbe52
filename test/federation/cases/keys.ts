import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

const users = [
  { id: '1', email: 'ada@example.com', name: 'Ada', visits: 7 },
  { id: '2', email: 'bob@example.com', name: 'Bob', visits: 0 },
];

const several: FederationCase = {
  name: 'one of several keys, and a subgraph that connects two subgraphs without a common key',
  subgraphs: {
    logins: subgraph('type Query { users: [User!]! } type User @key(fields: "id") { id: ID! }', {
      Query: { users: () => users.map(({ id }) => ({ id })) },
    }),
    addresses: subgraph('type User @key(fields: "id") @key(fields: "email") { id: ID! email: ID! }', {
      User: {
        __resolveReference: (key: { id?: string; email?: string }) =>
          users.find(({ id, email }) => id === key.id || email === key.email),
      },
    }),
    visits: subgraph('type User @key(fields: "email") { email: ID! name: String! visits: Int! }', {
      User: oneOf(users, 'email'),
    }),
  },
  operations: [
    {
      source: '{ users { visits name } }',
      data: {
        users: [
          { visits: 7, name: 'Ada' },
          { visits: 0, name: 'Bob' },
        ],
      },
    },
    {
      source: '{ users { email: visits name: email } }',
      data: {
        users: [
          { email: 7, name: 'ada@example.com' },
          { email: 0, name: 'bob@example.com' },
        ],
      },
    },
  ],
};

const rooms = [
  { number: 1, house: { id: 'h1', street: { code: 's1' } }, doors: 2, light: true },
  { number: 1, house: { id: 'h2', street: { code: 's1' } }, doors: 0, light: false },
];
type RoomKey = (typeof rooms)[number];
const isIn =
  ({ number, house }: RoomKey) =>
  (room: RoomKey) =>
    room.number === number && room.house.id === house.id;

const compound: FederationCase = {
  name: 'compound and nested keys',
  subgraphs: {
    plans: subgraph(
      `type Query { rooms: [Room!]! }
       type Room @key(fields: "number house { id }") { number: Int! house: House! }
       type House @key(fields: "id") { id: ID! street: Street! @shareable }
       type Street { code: ID! @shareable }`,
      { Query: { rooms: () => rooms } },
    ),
    doors: subgraph(
      `type Room @key(fields: "house { id } number") { number: Int! house: House! doors: Int! }
       type House @key(fields: "id") { id: ID! }`,
      { Room: { __resolveReference: (key: RoomKey) => rooms.find(isIn(key)) } },
    ),
    lights: subgraph(
      `type Room @key(fields: "number house { id street { code } }") { number: Int! house: House! light: Boolean! }
       type House { id: ID! @shareable street: Street! @shareable }
       type Street { code: ID! @shareable }`,
      { Room: { __resolveReference: (key: RoomKey) => rooms.find(isIn(key)) } },
    ),
  },
  operations: [
    {
      source: '{ rooms { light doors } }',
      data: {
        rooms: [
          { light: true, doors: 2 },
          { light: false, doors: 0 },
        ],
      },
    },
    {
      source: '{ rooms { doors house { street { code } } number } }',
      data: {
        rooms: [
          { doors: 2, house: { street: { code: 's1' } }, number: 1 },
          { doors: 0, house: { street: { code: 's1' } }, number: 1 },
        ],
      },
    },
  ],
};

const parts = [{ id: 'p1', code: { left: 'a', right: 'b' }, weight: 4, colour: 'red' }];
type PartKey = { id?: string; code?: { left: string; right: string } };
const partOf = ({ id, code }: PartKey) =>
  parts.find((part) => part.id === id || (part.code.left === code?.left && part.code.right === code.right)) ?? null;

const mashup: FederationCase = {
  name: 'keys that only some subgraphs have: simple and nested',
  subgraphs: {
    machines: subgraph(
      `type Query { machine: Machine }
       type Machine @key(fields: "id") { id: ID! parts: [Part!]! }
       type Part @key(fields: "id", resolvable: false) { id: ID! }`,
      { Query: { machine: () => ({ id: 'm', parts: [{ id: 'p1' }] }) } },
    ),
    codes: subgraph(
      `type Part @key(fields: "id") @key(fields: "code { left right }") @key(fields: "id code { right left }") {
          id: ID! code: Code! @shareable weight: Int! @shareable
       }
       type Code { left: String! @shareable right: String! @shareable }`,
      { Part: { __resolveReference: partOf } },
    ),
    paints: subgraph(
      `type Machine @key(fields: "id") { id: ID! spare: Part }
       type Part @key(fields: "code { left right }") { code: Code! @shareable colour: String! weight: Int! @shareable }
       type Code { left: String! @shareable right: String! @shareable }`,
      {
        Machine: { __resolveReference: ({ id }: { id: string }) => ({ id, spare: parts[0] }) },
        Part: { __resolveReference: partOf },
      },
    ),
  },
  operations: [],
};

const machineOperations: FederationCase['operations'] = [
  {
    source: '{ machine { parts { colour weight } } }',
    data: { machine: { parts: [{ colour: 'red', weight: 4 }] } },
  },
  {
    source: '{ machine { spare { weight colour code { right } } parts { id } } }',
    data: { machine: { spare: { weight: 4, colour: 'red', code: { right: 'b' } }, parts: [{ id: 'p1' }] } },
  },
];

const reference: FederationCase = {
  name: 'a reference to an entity that its own subgraph does not resolve',
  subgraphs: {
    orders: subgraph(
      `type Query { order: Order }
       type Order { buyer: User! }
       type User @key(fields: "email", resolvable: false) { email: ID! }`,
      { Query: { order: () => ({ buyer: { email: 'bob@example.com' } }) } },
    ),
    users: subgraph(
      `type Query { user(email: ID!): User }
       type User @key(fields: "email") { email: ID! name: String! }`,
      {
        Query: { user: (_: unknown, input: { email: string }) => users.find(({ email }) => email === input.email) },
        User: oneOf(users, 'email'),
      },
    ),
  },
  operations: [
    {
      source: 'query ($email: ID!) { order { buyer { name email } } user(email: $email) { name } }',
      variables: { email: 'ada@example.com' },
      data: { order: { buyer: { name: 'Bob', email: 'bob@example.com' } }, user: { name: 'Ada' } },
    },
  ],
};

export const keyCases: readonly FederationCase[] = [
  several,
  compound,
  { ...mashup, operations: machineOperations },
  reference,
];
