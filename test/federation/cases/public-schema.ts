import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

const products = [
  { id: '1', secret: 'x1', kind: 'BOOK', stage: 'OPEN' },
  { id: '2', secret: 'x2', kind: 'HIDDEN', stage: 'DRAFT' },
];

const enums: FederationCase = {
  name: 'an enum with hidden values, and an input enum of which one subgraph has fewer values',
  subgraphs: {
    products: subgraph(
      `enum Kind { BOOK FILM HIDDEN @inaccessible }
       enum Stage { OPEN CLOSED DRAFT }
       type Query { products: [Product!]! ofKind(kind: Kind = FILM, kinds: [Kind!]): [Kind] }
       type Product @key(fields: "id") { id: ID! kind: Kind stage: Stage! @shareable }`,
      {
        Query: {
          products: () => products,
          ofKind: (_: unknown, { kind, kinds = [] }: { kind: string; kinds?: string[] }) => [kind, ...kinds],
        },
        Product: oneOf(products, 'id'),
      },
    ),
    stages: subgraph(
      `enum Kind { BOOK FILM }
       enum Stage { OPEN CLOSED SOLD }
       type Query { again(kind: Kind!): Product }
       type Product @key(fields: "id") { id: ID! stage: Stage! @shareable likes(kind: Kind): Int }`,
      {
        Query: { again: () => ({ id: '1', stage: 'SOLD' }) },
        Product: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          likes: (_: unknown, { kind }: { kind?: string }) => (kind === 'BOOK' ? 2 : 1),
        },
      },
    ),
  },
  operations: [
    {
      source: 'query ($kind: Kind) { products { likes(kind: $kind) } again(kind: FILM) { stage } }',
      variables: { kind: 'BOOK' },
      data: { products: [{ likes: 2 }, { likes: 2 }], again: { stage: 'SOLD' } },
    },
    { source: '{ ofKind(kinds: [BOOK]) }', data: { ofKind: ['FILM', 'BOOK'] } },
    { source: '{ products { stage } }', data: { products: [{ stage: 'OPEN' }, { stage: 'DRAFT' }] } },
    {
      source: '{ products { kind id } }',
      data: {
        products: [
          { kind: 'BOOK', id: '1' },
          { kind: null, id: '2' },
        ],
      },
      errors: [['Invalid value found for field Product.kind.', ['products', 1, 'kind'], 'INTERNAL_SERVER_ERROR']],
    },
    {
      source: 'query ($kind: Kind) { ofKind(kind: $kind) }',
      variables: { kind: 'HIDDEN' },
      data: undefined,
      errors: [['Variable "$kind" got invalid value "HIDDEN"; Value "HIDDEN" does not exist in "Kind" enum.']],
    },
  ],
};

const inputs: FederationCase = {
  name: 'an input object that two subgraphs share, with the fields that both have',
  subgraphs: {
    rooms: subgraph(
      `input Stay { nights: Int! = 2 guests: [Guest!] note: String }
       input Guest { name: String! age: Int }
       type Query { rooms(stay: Stay): [Room!] }
       type Room @key(fields: "id") { id: ID! text: String }`,
      {
        Query: {
          rooms: (_: unknown, { stay }: { stay?: object }) => [{ id: 'r', text: JSON.stringify(stay ?? null) }],
        },
      },
    ),
    prices: subgraph(
      `input Stay { nights: Int! = 2 guests: [Guest!] }
       input Guest { name: String! }
       type Room @key(fields: "id") { id: ID! price(stay: Stay!): String! }`,
      {
        Room: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          price: (_: unknown, { stay }: { stay: object }) => JSON.stringify(stay),
        },
      },
    ),
  },
  operations: [
    {
      source: 'query ($stay: Stay!) { rooms(stay: $stay) { text price(stay: $stay) } }',
      variables: { stay: { guests: [{ name: 'Ada' }] } },
      data: {
        rooms: [
          {
            text: '{"nights":2,"guests":[{"name":"Ada"}]}',
            price: '{"nights":2,"guests":[{"name":"Ada"}]}',
          },
        ],
      },
    },
    {
      source:
        'query ($name: String!, $nights: Int! = 5) { rooms { price(stay: { nights: $nights, guests: [{ name: $name }] }) } }',
      variables: { name: 'Bob' },
      data: { rooms: [{ price: '{"nights":5,"guests":[{"name":"Bob"}]}' }] },
    },
    {
      source: 'query ($stay: Stay) { rooms(stay: $stay) { text } }',
      variables: { stay: { nights: 1, note: 'late' } },
      data: undefined,
      errors: [
        ['Variable "$stay" got invalid value { nights: 1, note: "late" }; Field "note" is not defined by type "Stay".'],
      ],
    },
  ],
};

const things = [
  { __typename: 'Open', id: '1', inner: 'i1' },
  { __typename: 'Shut', id: '2', inner: 'i2' },
];

const hidden: FederationCase = {
  name: '@inaccessible: a key, a required field, a type of an interface',
  subgraphs: {
    products: subgraph(
      `type Query { products: [Product!]! things: [Thing] }
       type Product @key(fields: "secret") { id: ID! secret: ID! @inaccessible cost: Int @inaccessible }
       interface Thing { id: ID! }
       type Open implements Thing @key(fields: "inner") { id: ID! inner: ID! @inaccessible }
       type Shut implements Thing @inaccessible { id: ID! }`,
      { Query: { products: () => products.map((product) => ({ ...product, cost: 4 })), things: () => things } },
    ),
    prices: subgraph(
      `type Product @key(fields: "secret") { secret: ID! cost: Int @external price: Int @requires(fields: "cost") }
       type Open @key(fields: "inner") { inner: ID! @inaccessible more: String }`,
      {
        Product: { __resolveReference: (product: object) => product, price: ({ cost }: { cost: number }) => cost * 2 },
        Open: { __resolveReference: ({ inner }: { inner: string }) => ({ inner, more: `more ${inner}` }) },
      },
    ),
  },
  operations: [
    {
      source: '{ products { secret: id price } }',
      data: {
        products: [
          { secret: '1', price: 8 },
          { secret: '2', price: 8 },
        ],
      },
      // The planner mistakes the alias for the key.
      gateway: {
        data: {
          products: [
            { secret: 'x1', price: 8 },
            { secret: 'x2', price: 8 },
          ],
        },
      },
    },
    {
      source: '{ things { id ... on Open { more } } }',
      data: { things: [{ id: '1', more: 'more i1' }, null] },
      errors: [
        [
          'Invalid __typename found for object at array element of type Thing at index 1.',
          ['things', 1],
          'INTERNAL_SERVER_ERROR',
        ],
      ],
    },
  ],
};

export const publicSchemaCases: readonly FederationCase[] = [enums, inputs, hidden];
