import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

const nodes = [
  { __typename: 'User', id: 'u', name: 'Ada', mail: 'ada@example.com' },
  { __typename: 'Team', id: 't', name: 'Blue', members: [{ __typename: 'User', id: 'u', name: 'Ada' }] },
  { __typename: 'Robot', id: 'r', name: 'R2' },
];
const nodeOf = (_: unknown, input: { id: string }) => nodes.find(({ id }) => id === input.id) ?? null;

export const distributedInterface: FederationCase = {
  name: 'an interface: each subgraph has other types of it',
  subgraphs: {
    users: subgraph(
      `type Query { node(id: ID!): Node nodes: [Node]! }
       interface Node { id: ID! }
       interface Named { name: String }
       type User implements Node & Named @key(fields: "id") { id: ID! name: String }
       type Team implements Node & Named @key(fields: "id") { id: ID! name: String members: [Node!]! }
       type Robot implements Node @key(fields: "id") { id: ID! }`,
      { Query: { node: nodeOf, nodes: () => [...nodes, null] }, User: oneOf(nodes, 'id') },
    ),
    mails: subgraph(
      `type Query { contact: Contact }
       interface Contact { mail: String }
       interface Named { name: String label: String }
       type User implements Contact & Named @key(fields: "id") {
         id: ID! mail: String label: String @requires(fields: "name") name: String @external
       }
       type Team implements Named @key(fields: "id") { id: ID! name: String @external label: String }
       type Robot implements Named @key(fields: "id") { id: ID! name: String label: String }`,
      {
        Query: { contact: () => nodes[0] },
        User: { ...oneOf(nodes, 'id'), label: ({ name }: { name: string }) => `User ${name}` },
        Team: { ...oneOf(nodes, 'id'), label: () => 'A team' },
        Robot: { ...oneOf(nodes, 'id'), label: () => 'A robot' },
      },
    ),
  },
  operations: [
    {
      source: '{ nodes { id ... on Named { name label } } }',
      data: {
        nodes: [
          { id: 'u', name: 'Ada', label: 'User Ada' },
          { id: 't', name: 'Blue', label: 'A team' },
          { id: 'r', name: 'R2', label: 'A robot' },
          null,
        ],
      },
    },
    {
      source:
        'query ($id: ID!) { node(id: $id) { ... on Contact { mail } ... on Team { members { ... on Contact { mail __typename } } } } }',
      variables: { id: 't' },
      data: { node: { members: [{ mail: 'ada@example.com', __typename: 'User' }] } },
    },
    {
      source: '{ contact { mail ... on Node { id ... on Named { label } } } }',
      data: { contact: { mail: 'ada@example.com', id: 'u', label: 'User Ada' } },
    },
    { source: '{ node(id: "r") { ... on User { name } } }', data: { node: {} } },
  ],
};

const found = [
  { __typename: 'Book', id: 'b', title: 'Emma' },
  { __typename: 'Film', id: 'f', title: 'Alien' },
];

export const distributedUnion: FederationCase = {
  name: 'a union: each subgraph has other types of it',
  subgraphs: {
    books: subgraph(
      `type Query { found: [Found] @shareable shelf: Shelf }
       union Found = Book | Film
       type Book @key(fields: "id") { id: ID! title: String! @shareable }
       type Film @key(fields: "id") { id: ID! }
       type Shelf @key(fields: "id") { id: ID! top: Found @shareable }`,
      { Query: { found: () => [found[0], null], shelf: () => ({ id: 's', top: found[0] }) } },
    ),
    films: subgraph(
      `type Query { found: [Found] @shareable films: [Found] }
       union Found = Book | Film | Song
       type Book @key(fields: "id") { id: ID! title: String! @shareable }
       type Film @key(fields: "id") { id: ID! title: String! }
       type Song { title: String! length: Int }
       type Shelf @key(fields: "id") { id: ID! top: Found @shareable films: [Found!] }`,
      {
        Query: {
          found: () => [found[0], null],
          films: () => [found[1], found[0], { __typename: 'Song', title: 'Hey' }],
        },
        Book: oneOf(found, 'id'),
        Film: oneOf(found, 'id'),
        Shelf: { __resolveReference: ({ id }: { id: string }) => ({ id, films: [found[1]], top: found[0] }) },
      },
    ),
  },
  operations: [
    {
      source: '{ found { __typename ... on Book { title } ... on Film { title } ... on Song { length } } }',
      data: { found: [{ __typename: 'Book', title: 'Emma' }, null] },
    },
    {
      source:
        '{ films { ... on Song { title length } ... on Book { id } ... on Film { title: id } } shelf { top { __typename } films { ... on Film { title } } } }',
      data: {
        films: [{ title: 'f' }, { id: 'b' }, { title: 'Hey', length: null }],
        shelf: { top: { __typename: 'Book' }, films: [{ title: 'Alien' }] },
      },
    },
  ],
};

const circle = [
  { __typename: 'Chapter', id: '1', next: { __typename: 'Chapter', id: '2' }, pages: 5 },
  { __typename: 'Chapter', id: '2', next: { __typename: 'Note', id: '1' }, pages: 6 },
];

const circular: FederationCase = {
  name: 'an interface whose fields return the interface again',
  subgraphs: {
    parts: subgraph(
      `type Query { part: Part }
       interface Part { id: ID! next: Part }
       type Chapter implements Part @key(fields: "id") { id: ID! next: Part }
       type Note implements Part @key(fields: "id") { id: ID! next: Part }`,
      {
        Query: { part: () => circle[0] },
        Chapter: { next: ({ id }: { id: string }) => circle.find((part) => part.id === id)!.next },
      },
    ),
    pages: subgraph(
      `type Chapter @key(fields: "id") { id: ID! pages: Int! }
       type Note @key(fields: "id") { id: ID! words: Int! }`,
      { Chapter: oneOf(circle, 'id'), Note: oneOf([{ id: '1', words: 70 }], 'id') },
    ),
  },
  operations: [
    {
      source: '{ part { next { next { ... on Note { words next { id } } } ... on Chapter { pages } } id } }',
      data: { part: { next: { next: { words: 70, next: null }, pages: 6 }, id: '1' } },
    },
  ],
};

export const abstractCases: readonly FederationCase[] = [distributedInterface, distributedUnion, circular];
