import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

/** Provided values end in `, provided`, so the answer shows which subgraph resolved them. */
const authors = [{ id: 'a', name: 'Ada', home: { town: 'Bath', land: 'England' }, born: 1815 }];

const simple: FederationCase = {
  name: '@provides: a field, and a nested field',
  subgraphs: {
    books: subgraph(
      `type Query {
         book: Book
         named: Author @provides(fields: "name")
         housed: [Author] @provides(fields: "name home { town }")
       }
       type Book { title: String! author: Author! }
       type Author @key(fields: "id") { id: ID! name: String @external home: Home @external }
       type Home { town: String! @external }`,
      {
        Query: {
          book: () => ({ title: 'Notes', author: { id: 'a' } }),
          named: () => ({ id: 'a', name: 'Ada, provided' }),
          housed: () => [null, { id: 'a', name: 'Ada, provided', home: { town: 'Bath, provided' } }],
        },
      },
    ),
    authors: subgraph(
      `type Author @key(fields: "id") { id: ID! name: String @shareable home: Home @shareable born: Int! }
       type Home @shareable { town: String! land: String! }`,
      { Author: oneOf(authors, 'id') },
    ),
  },
  operations: [
    { source: '{ named { name } }', data: { named: { name: 'Ada, provided' } } },
    { source: '{ named { name born } }', data: { named: { name: 'Ada, provided', born: 1815 } } },
    { source: '{ book { author { name } title } }', data: { book: { author: { name: 'Ada' }, title: 'Notes' } } },
    { source: '{ housed { home { town } } }', data: { housed: [null, { home: { town: 'Bath, provided' } }] } },
    {
      source: '{ housed { home { land } born } }',
      data: { housed: [null, { home: { land: 'England' }, born: 1815 }] },
    },
  ],
};

const media = [
  { __typename: 'Song', id: 's', length: 3, maker: { id: 'm', name: 'Nina' } },
  { __typename: 'Film', id: 'f', length: 90, maker: { id: 'm', name: 'Nina' } },
];

const abstract: FederationCase = {
  name: '@provides: through an interface and through a union',
  subgraphs: {
    lists: subgraph(
      `type Query {
         media: [Media!]! @provides(fields: "... on Song { length maker { name } } ... on Film { length }")
         found: [Found] @provides(fields: "... on Film { length }")
         plain: [Media!]!
       }
       interface Media { id: ID! length: Int! }
       union Found = Song | Film
       type Song implements Media @key(fields: "id") { id: ID! length: Int! @external maker: Maker @external }
       type Film implements Media @key(fields: "id") { id: ID! length: Int! @external }
       type Maker @key(fields: "id") { id: ID! name: String! @external }`,
      {
        Query: {
          media: () => media.map((one) => ({ ...one, length: -1, maker: { id: 'm', name: 'Nina, provided' } })),
          found: () => [media[0], null, { ...media[1], length: -2 }],
          plain: () => media.map(({ __typename, id }) => ({ __typename, id })),
        },
      },
    ),
    media: subgraph(
      `interface Media { id: ID! length: Int! }
       type Song implements Media @key(fields: "id") { id: ID! length: Int! @shareable maker: Maker @shareable }
       type Film implements Media @key(fields: "id") { id: ID! length: Int! @shareable maker: Maker @shareable }
       type Maker @key(fields: "id") { id: ID! name: String! @shareable }`,
      { Song: oneOf(media, 'id'), Film: oneOf(media, 'id') },
    ),
  },
  operations: [
    { source: '{ media { length } }', data: { media: [{ length: -1 }, { length: -1 }] } },
    {
      source: '{ media { __typename ... on Song { maker { name } } ... on Film { maker { name } } } }',
      data: {
        media: [
          { __typename: 'Song', maker: { name: 'Nina, provided' } },
          { __typename: 'Film', maker: { name: 'Nina' } },
        ],
      },
    },
    {
      source: '{ found { ... on Media { id } ... on Film { length } ... on Song { length } } }',
      data: { found: [{ id: 's', length: 3 }, null, { id: 'f', length: -2 }] },
    },
    {
      source: '{ plain { length id } }',
      data: {
        plain: [
          { length: 3, id: 's' },
          { length: 90, id: 'f' },
        ],
      },
    },
  ],
};

export const providesCases: readonly FederationCase[] = [simple, abstract];
