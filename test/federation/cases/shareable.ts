import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

const shop = { id: 's', name: { first: 'Corner', last: 'Shop' }, stars: 4, rooms: [{ width: 2 }, { width: 3 }] };

const roots: FederationCase = {
  name: 'a root field that three subgraphs share',
  subgraphs: {
    names: subgraph(
      `type Query { shop: Shop @shareable shops: [Shop!] @shareable }
       type Shop @shareable { id: ID! name: Name }
       type Name { first: String! }`,
      { Query: { shop: () => shop, shops: () => [shop, shop] } },
    ),
    stars: subgraph(
      `type Query { shop: Shop @shareable shops: [Shop!] @shareable }
       type Shop @shareable { id: ID! stars: Int }`,
      { Query: { shop: () => shop, shops: () => [shop, shop] } },
    ),
    lastNames: subgraph(
      `type Query { shop: Shop @shareable shops: [Shop!] @shareable }
       type Shop @shareable { id: ID! name: Name }
       type Name { last: String! }`,
      { Query: { shop: () => shop, shops: () => [shop, shop] } },
    ),
  },
  operations: [
    {
      source: '{ shop { id stars name { last first } } }',
      data: { shop: { id: 's', stars: 4, name: { last: 'Shop', first: 'Corner' } } },
    },
    {
      source: '{ shops { name { first last } stars } one: shop { stars } }',
      data: {
        shops: [
          { name: { first: 'Corner', last: 'Shop' }, stars: 4 },
          { name: { first: 'Corner', last: 'Shop' }, stars: 4 },
        ],
        one: { stars: 4 },
      },
    },
  ],
};

const values: FederationCase = {
  name: 'shared values in objects and in lists',
  subgraphs: {
    widths: subgraph(
      `scalar Any
       type Query { shop: Shop }
       type Shop @key(fields: "id") { id: ID! rooms: [Room!]! @shareable more: Any @shareable }
       type Room { width: Int! @shareable }`,
      { Query: { shop: () => ({ ...shop, more: { a: 1 } }) } },
    ),
    heights: subgraph(
      `scalar Any
       type Shop @key(fields: "id") { id: ID! rooms: [Room!]! @shareable more: Any @shareable street: String! }
       type Room { width: Int! @shareable height: Int! lamps: [Lamp] @shareable }
       type Lamp { watts: Int @shareable }`,
      {
        Shop: {
          __resolveReference: () => ({
            id: 's',
            street: 'Main Street',
            rooms: [
              { width: 2, height: 5, lamps: [null, { watts: 40 }] },
              { width: 3, height: 6, lamps: null },
            ],
          }),
        },
      },
    ),
  },
  operations: [
    {
      source: '{ shop { rooms { width height lamps { watts } } more street } }',
      data: {
        shop: {
          rooms: [
            { width: 2, height: 5, lamps: [null, { watts: 40 }] },
            { width: 3, height: 6, lamps: null },
          ],
          more: { a: 1 },
          street: 'Main Street',
        },
      },
    },
  ],
};

const pets = [{ id: 'p', name: 'Rex', owner: { name: 'Ada', town: 'Bath' } }];

const mixed: FederationCase = {
  name: 'shared fields of an entity: only one subgraph has further fields',
  subgraphs: {
    pets: subgraph(
      `type Query { pet: Pet }
       type Pet @key(fields: "id") { id: ID! name: String! @shareable owner: Owner @shareable }
       type Owner { name: String! @shareable }`,
      { Query: { pet: () => pets[0] } },
    ),
    owners: subgraph(
      `type Pet @key(fields: "id") { id: ID! name: String! @shareable owner: Owner @shareable }
       type Owner { name: String! @shareable town: String }`,
      { Pet: oneOf(pets, 'id') },
    ),
  },
  operations: [
    {
      source: '{ pet { name owner { name town } } }',
      data: { pet: { name: 'Rex', owner: { name: 'Ada', town: 'Bath' } } },
    },
    { source: '{ pet { owner { town } } }', data: { pet: { owner: { town: 'Bath' } } } },
  ],
};

export const shareableCases: readonly FederationCase[] = [roots, values, mixed];
