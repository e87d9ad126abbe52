import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

const owners = [
  { id: '1', pet: { __typename: 'Dog', id: 'd', name: 'Rex', bark: { loud: 9 } } },
  { id: '2', pet: { __typename: 'Cat', id: 'c', name: 'Tom', lives: 9 } },
  { id: '3', pet: null },
];
const pets = owners.flatMap(({ pet }) => (pet === null ? [] : [pet]));

interface Pet {
  readonly __typename: string;
  readonly name?: string;
  readonly lives?: number;
  readonly bark?: { readonly loud: number };
}

const storyOf = ({ pet }: { pet: Pet | null }) =>
  pet === null ? 'none' : `${pet.__typename} ${pet.name ?? ''} ${pet.lives ?? ''} ${pet.bark?.loud ?? ''}`;

const ownInterface: FederationCase = {
  name: '@requires: an interface, with fragments on its types',
  subgraphs: {
    owners: subgraph(
      `type Query { owners: [Owner!]! }
       type Owner @key(fields: "id") { id: ID! pet: Pet pets: [Pet] }
       interface Pet { id: ID! name: String! }
       type Dog implements Pet @key(fields: "id") { id: ID! name: String! bark: Bark }
       type Bark { loud: Int! }
       type Cat implements Pet @key(fields: "id") { id: ID! name: String! lives: Int }`,
      {
        Query: { owners: () => owners },
        Owner: { ...oneOf(owners, 'id'), pets: ({ pet }: { pet: object | null }) => [pet, ...pets] },
        Dog: oneOf(pets, 'id'),
        Cat: oneOf(pets, 'id'),
      },
    ),
    stories: subgraph(
      `type Owner @key(fields: "id") {
         id: ID!
         pet: Pet @external
         pets: [Pet] @external
         name: String @requires(fields: "pet { name }")
         story: String @requires(fields: "pet { __typename name ... on Dog { bark { loud } } ... on Cat { lives } }")
         all: [String] @requires(fields: "pets { __typename ... on Cat { lives } ... on Dog { name } }")
       }
       interface Pet { id: ID! name: String! }
       type Dog implements Pet @key(fields: "id") { id: ID! @external name: String! @external bark: Bark @external }
       type Bark @external { loud: Int! }
       type Cat implements Pet @key(fields: "id") { id: ID! @external name: String! @external lives: Int @external }`,
      {
        Owner: {
          __resolveReference: (owner: object) => owner,
          name: ({ pet }: { pet: Pet | null }) => pet?.name,
          story: storyOf,
          all: ({ pets }: { pets: (Pet | null)[] }) => pets.map((pet) => storyOf({ pet })),
        },
      },
    ),
  },
  operations: [
    { source: '{ owners { name } }', data: { owners: [{ name: 'Rex' }, { name: 'Tom' }, { name: null }] } },
    {
      source: '{ owners { story pet { ... on Cat { name: lives } } } }',
      data: {
        owners: [
          { story: 'Dog Rex  9', pet: {} },
          { story: 'Cat Tom 9 ', pet: { name: 9 } },
          { story: 'none', pet: null },
        ],
      },
      // The planner mistakes the alias for the required field.
      gateway: {
        data: {
          owners: [
            { story: 'Dog Rex  9', pet: {} },
            { story: 'Cat 9 9 ', pet: { name: 9 } },
            { story: 'none', pet: null },
          ],
        },
      },
    },
    {
      source: '{ owners { all } }',
      data: {
        owners: [
          { all: ['Dog Rex  ', 'Dog Rex  ', 'Cat  9 '] },
          { all: ['Cat  9 ', 'Dog Rex  ', 'Cat  9 '] },
          { all: ['none', 'Dog Rex  ', 'Cat  9 '] },
        ],
      },
    },
  ],
};

const parcels = [
  { __typename: 'Box', id: 'b', sides: [[{ id: 'w' }], [], [{ id: 'x' }, null]] },
  { __typename: 'Tube', id: 't', radius: 2 },
];

const union: FederationCase = {
  name: '@requires: fields of the types of a union, and nested lists',
  subgraphs: {
    parcels: subgraph(
      `type Query { parcels: [Parcel!]! }
       union Parcel = Box | Tube
       type Box @key(fields: "id") { id: ID! sides: [[Side]!]! }
       type Side @key(fields: "id") { id: ID! }
       type Tube @key(fields: "id") { id: ID! radius: Int! }`,
      { Query: { parcels: () => parcels }, Box: oneOf(parcels, 'id'), Tube: oneOf(parcels, 'id') },
    ),
    posts: subgraph(
      `type Box @key(fields: "id") { id: ID! sides: [[Side]!]! @external price: String @requires(fields: "sides { id }") }
       type Side @key(fields: "id") { id: ID! long: Int }
       type Tube @key(fields: "id") { id: ID! radius: Int! @external price: String @requires(fields: "radius") }`,
      {
        Box: {
          __resolveReference: (box: object) => box,
          price: ({ sides }: { sides: unknown }) => JSON.stringify(sides),
        },
        Side: { __resolveReference: ({ id }: { id: string }) => (id === 'w' ? { id, long: 1 } : null) },
        Tube: { __resolveReference: (tube: object) => tube, price: ({ radius }: { radius: number }) => `r${radius}` },
      },
    ),
  },
  operations: [
    {
      source: '{ parcels { ... on Tube { price } ... on Box { price } } }',
      data: { parcels: [{ price: '[[{"id":"w"}],[],[{"id":"x"},null]]' }, { price: 'r2' }] },
      gateway: { data: { parcels: [{ price: '[null,null,null]' }, { price: 'r2' }] } },
    },
    {
      source: '{ parcels { __typename ... on Box { sides { long } } } }',
      data: {
        parcels: [{ __typename: 'Box', sides: [[{ long: 1 }], [], [{ long: null }, null]] }, { __typename: 'Tube' }],
      },
    },
  ],
};

export const requiresOfAbstractCases: readonly FederationCase[] = [ownInterface, union];
