import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

const media = [
  { __typename: 'Book', id: 'b', title: 'Emma', pages: 400 },
  { __typename: 'Film', id: 'f', title: 'Alien', minutes: 117 },
];
const mediaOf = ({ id }: { id: string }) => media.find((one) => one.id === id) ?? null;

const library = subgraph(
  `type Query { media: [Media!]! book: Book }
   interface Media @key(fields: "id") { id: ID! title: String! }
   type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! }
   type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }`,
  {
    Query: { media: () => media, book: () => media[0] },
    Media: { __resolveReference: mediaOf, __resolveType: ({ __typename }: { __typename: string }) => __typename },
    Book: { __resolveReference: mediaOf },
    Film: { __resolveReference: mediaOf },
  },
);

const stars = [
  { id: 'b', stars: 0, note: null },
  { id: 'f', stars: 5, note: 'Loud' },
];

export const interfaceObject: FederationCase = {
  name: 'interface objects: a subgraph adds fields to all types of an interface',
  subgraphs: {
    library,
    reviews: subgraph(
      `type Query { best: Media rated: [Media] }
       type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int! note: String }`,
      {
        Query: { best: () => stars[1], rated: () => [stars[0], null, stars[1], { id: 'gone', stars: 1 }] },
        Media: oneOf(stars, 'id'),
      },
    ),
  },
  operations: [
    { source: '{ best { stars id } }', data: { best: { stars: 5, id: 'f' } } },
    { source: '{ best { __typename title } }', data: { best: { __typename: 'Film', title: 'Alien' } } },
    {
      source: '{ rated { id ... on Book { pages stars } ... on Film { minutes note } } }',
      data: {
        rated: [{ id: 'b', pages: 400, stars: 0 }, null, { id: 'f', minutes: 117, note: 'Loud' }, { id: 'gone' }],
      },
    },
    {
      source: '{ media { stars note title } }',
      data: {
        media: [
          { stars: 0, note: null, title: 'Emma' },
          { stars: 5, note: 'Loud', title: 'Alien' },
        ],
      },
    },
    {
      source: '{ book { stars kind: __typename pages } media { ... on Film { stars } } }',
      data: { book: { stars: 0, kind: 'Book', pages: 400 }, media: [{}, { stars: 5 }] },
    },
  ],
};

const withRequires: FederationCase = {
  name: 'interface objects: with @requires, and with a key that no subgraph resolves',
  subgraphs: {
    library,
    labels: subgraph(
      `type Media @interfaceObject @key(fields: "id") { id: ID! title: String! @external label: String! @requires(fields: "title") }`,
      {
        Media: {
          __resolveReference: (one: object) => one,
          label: ({ title }: { title: string }) => `Label of ${title}`,
        },
      },
    ),
    lists: subgraph(
      `type Query { list: List }
       type List { first: Media all: [Media!]! }
       type Media @interfaceObject @key(fields: "id", resolvable: false) { id: ID! }`,
      { Query: { list: () => ({ first: { id: 'f' }, all: [{ id: 'f' }, { id: 'b' }] }) } },
    ),
  },
  operations: [
    {
      source: '{ media { label } }',
      data: { media: [{ label: 'Label of Emma' }, { label: 'Label of Alien' }] },
    },
    {
      source: '{ list { first { id } all { id title } } }',
      data: {
        list: {
          first: { id: 'f' },
          all: [
            { id: 'f', title: 'Alien' },
            { id: 'b', title: 'Emma' },
          ],
        },
      },
    },
    {
      source: '{ list { all { __typename label ... on Book { pages } } } }',
      data: {
        list: {
          all: [
            { __typename: 'Film', label: 'Label of Alien' },
            { __typename: 'Book', label: 'Label of Emma', pages: 400 },
          ],
        },
      },
    },
  ],
};

export const interfaceObjectCases: readonly FederationCase[] = [interfaceObject, withRequires];
