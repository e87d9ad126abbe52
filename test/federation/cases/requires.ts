import { subgraph } from '../compose.ts';
import { type FederationCase, failing, oneOf } from '../federation-case.ts';

const goods = [
  { id: '1', price: 10, size: { width: 2, height: 3, unit: { name: 'cm' } }, tags: ['a', 'b'], weight: null },
  { id: '2', price: 0, size: null, tags: null, weight: 5 },
];
type Good = (typeof goods)[number];

export const requiredFields: FederationCase = {
  name: '@requires: a field, a nested field, a list, and a null field',
  subgraphs: {
    goods: subgraph(
      `type Query { goods: [Good!]! }
       type Good @key(fields: "id") { id: ID! price: Int! size: Size tags: [String!] weight: Int }
       type Size { width: Int! height: Int! unit: Unit! }
       type Unit { name: String! }`,
      { Query: { goods: () => goods }, Good: oneOf(goods, 'id') },
    ),
    posts: subgraph(
      `type Good @key(fields: "id") {
         id: ID!
         price: Int! @external
         size: Size @external
         tags: [String!] @external
         weight: Int @external
         tax: Int! @requires(fields: "price")
         area: String @requires(fields: "size { width height unit { name } }")
         label: String @requires(fields: "tags weight")
       }
       type Size @external { width: Int! height: Int! unit: Unit! }
       type Unit @external { name: String! }`,
      {
        Good: {
          __resolveReference: (good: Good) => good,
          tax: ({ price }: Good) => price / 2,
          area: ({ size }: Good) => (size === null ? null : `${size.width}x${size.height} ${size.unit.name}`),
          label: ({ tags, weight }: Good) => `${tags?.join() ?? 'none'} ${weight ?? 'light'}`,
        },
      },
    ),
  },
  operations: [
    { source: '{ goods { tax } }', data: { goods: [{ tax: 5 }, { tax: 0 }] } },
    {
      source: '{ goods { label area price: tax size { unit { name } } } }',
      data: {
        goods: [
          { label: 'a,b light', area: '2x3 cm', price: 5, size: { unit: { name: 'cm' } } },
          { label: 'none 5', area: null, price: 0, size: null },
        ],
      },
    },
  ],
};

const rates: Readonly<Record<string, number>> = { EUR: 1, USD: 2 };

const withArguments: FederationCase = {
  name: '@requires: a field with an argument, next to the same field with another argument',
  subgraphs: {
    prices: subgraph(
      `type Query { good: Good }
       type Good @key(fields: "id") { id: ID! price(in: String!): Int! parts(first: Int): [Part!]! }
       type Part { price(in: String! = "EUR"): Int! }`,
      {
        Query: { good: () => ({ id: '1' }) },
        Good: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          price: (_: unknown, input: { in: string }) => 10 * rates[input.in]!,
          parts: (_: unknown, { first = 3 }: { first?: number }) => [{}, {}, {}].slice(0, first),
        },
        Part: { price: (_: unknown, input: { in: string }) => rates[input.in] },
      },
    ),
    posts: subgraph(
      `type Good @key(fields: "id") {
         id: ID!
         price(in: String!): Int! @external
         parts(first: Int): [Part!]! @external
         postage: Int! @requires(fields: "price(in: \\"USD\\") parts(first: 2) { price(in: \\"USD\\") }")
         duty: Int! @requires(fields: "price(in: \\"USD\\")")
       }
       type Part @external { price(in: String! = "EUR"): Int! }`,
      {
        Good: {
          __resolveReference: (good: object) => good,
          postage: ({ price, parts }: { price: number; parts: { price: number }[] }) =>
            parts.reduce((sum, part) => sum + part.price, price),
          duty: ({ price }: { price: number }) => price,
        },
      },
    ),
  },
  operations: [
    { source: '{ good { postage duty } }', data: { good: { postage: 24, duty: 20 } } },
    { source: '{ good { usd: price(in: "USD") duty } }', data: { good: { usd: 20, duty: 20 } } },
    {
      source: 'query ($in: String!) { good { postage price(in: $in) parts { price } } }',
      variables: { in: 'EUR' },
      data: { good: { postage: 24, price: 10, parts: [{ price: 1 }, { price: 1 }, { price: 1 }] } },
      // The planner returns the field to the client with the arguments that the subgraph requires.
      gateway: { data: { good: { postage: 24, price: 20, parts: [{ price: 2 }, { price: 2 }] } } },
    },
  ],
};

const missing: FederationCase = {
  name: '@requires of a field that failed',
  subgraphs: {
    goods: subgraph(
      `type Query { goods: [Good!]! }
       type Good @key(fields: "id") { id: ID! price: Int weight: Int! }`,
      {
        Query: { goods: () => [{ id: '1' }] },
        Good: { price: failing('No price.'), weight: failing('No weight.'), ...oneOf(goods, 'id') },
      },
    ),
    posts: subgraph(
      `type Good @key(fields: "id") {
         id: ID!
         price: Int @external
         weight: Int! @external
         tax: String @requires(fields: "price")
         postage: String @requires(fields: "weight")
       }`,
      { Good: { __resolveReference: (good: object) => good, tax: ({ price }: Good) => `of ${String(price)}` } },
    ),
  },
  operations: [
    {
      source: '{ goods { tax } }',
      data: { goods: [{ tax: 'of null' }] },
      errors: [['No price.', ['goods', 0, 'price'], 'DOWNSTREAM_SERVICE_ERROR']],
    },
    {
      source: '{ goods { postage } }',
      data: null,
      errors: [['No weight.', ['goods', 0, 'weight'], 'DOWNSTREAM_SERVICE_ERROR']],
    },
  ],
};

export const requiresCases: readonly FederationCase[] = [requiredFields, withArguments, missing];
