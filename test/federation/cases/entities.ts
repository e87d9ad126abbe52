import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

const people = [
  { id: '1', email: 'ada@example.com', nickname: 'Ada', teamId: 't1' },
  { id: '2', email: 'bob@example.com', nickname: null, teamId: 't2' },
];

const simple: FederationCase = {
  name: 'an entity with fields in two subgraphs',
  subgraphs: {
    accounts: subgraph(
      `type Query { me: Person people: [Person!]! }
       type Person @key(fields: "id") { id: ID! email: String! }`,
      { Query: { me: () => people[0], people: () => people } },
    ),
    profiles: subgraph('type Person @key(fields: "id") { id: ID! nickname: String }', { Person: oneOf(people, 'id') }),
  },
  operations: [
    { source: '{ me { nickname } }', data: { me: { nickname: 'Ada' } } },
    {
      source: '{ people { email nickname id } }',
      data: {
        people: [
          { email: 'ada@example.com', nickname: 'Ada', id: '1' },
          { email: 'bob@example.com', nickname: null, id: '2' },
        ],
      },
    },
    {
      source: '{ id: me { email: id id: nickname } me { nickname: email } }',
      data: { id: { email: '1', id: 'Ada' }, me: { nickname: 'ada@example.com' } },
    },
  ],
};

const shelves = [
  {
    books: [
      { id: 'b1', isbn: '11' },
      { id: 'b2', isbn: '22' },
    ],
    first: { id: 'b1' },
    place: 'hall',
  },
];
const books = [
  { id: 'b1', isbn: '11', title: 'Emma', pages: 400, topic: { id: 'novels' } },
  { id: 'b2', isbn: '22', title: 'Walden', pages: 300, topic: null },
];
const topics = [{ id: 'novels', best: { id: 'b2' }, label: 'Novels' }];

const complex: FederationCase = {
  name: 'entities that refer to entities, one with a key inside a list',
  subgraphs: {
    library: subgraph(
      `type Query { shelves: [Shelf!]! }
       type Shelf @key(fields: "books { id }") { books: [Book!]! }
       type Book @key(fields: "id") { id: ID! isbn: String! @shareable }`,
      { Query: { shelves: () => shelves }, Book: oneOf(books, 'id') },
    ),
    places: subgraph(
      `type Shelf @key(fields: "books { id isbn }") { books: [Book!]! first: Book place: String! }
       type Book @key(fields: "id isbn") { id: ID! isbn: String! @shareable }`,
      {
        Shelf: {
          __resolveReference: ({ books: [book] }: { books: { isbn: string }[] }) =>
            shelves.find((shelf) => shelf.books[0]!.isbn === book!.isbn),
        },
      },
    ),
    texts: subgraph(
      `type Book @key(fields: "id") { id: ID! title: String! topic: Topic }
       type Topic @key(fields: "id") { id: ID! }`,
      { Book: oneOf(books, 'id') },
    ),
    topics: subgraph(
      `type Topic @key(fields: "id") { id: ID! label: String best: Book }
       type Book @key(fields: "id", resolvable: false) { id: ID! }`,
      { Topic: oneOf(topics, 'id') },
    ),
  },
  operations: [
    {
      source: '{ shelves { place first { title topic { label best { title isbn topic { label } } } } } }',
      data: {
        shelves: [
          {
            place: 'hall',
            first: {
              title: 'Emma',
              topic: { label: 'Novels', best: { title: 'Walden', isbn: '22', topic: null } },
            },
          },
        ],
      },
    },
    {
      source: '{ shelves { books { title topic { best { topic { label } } } } } }',
      data: {
        shelves: [
          {
            books: [
              { title: 'Emma', topic: { best: { topic: null } } },
              { title: 'Walden', topic: null },
            ],
          },
        ],
      },
    },
  ],
};

const cards = [
  { id: 'c1', note: { author: 'Ada', words: 3, ink: { colour: 'red', price: 5 } } },
  { id: 'c2', note: null },
];

const parent: FederationCase = {
  name: 'a value without a key: the router reads its fields through its parent',
  subgraphs: {
    cards: subgraph(
      `type Query { cards: [Card!]! }
       type Card @key(fields: "id") { id: ID! note: Note @shareable }
       type Note { author: String! @shareable ink: Ink @shareable }
       type Ink { colour: String! }`,
      { Query: { cards: () => cards } },
    ),
    words: subgraph(
      `type Card @key(fields: "id") { id: ID! note: Note @shareable }
       type Note { author: String! @shareable words: Int! ink: Ink @shareable }
       type Ink { price: Int! }`,
      { Card: oneOf(cards, 'id') },
    ),
  },
  operations: [
    {
      source: '{ cards { note { words ink { price colour } author } } }',
      data: { cards: [{ note: { words: 3, ink: { price: 5, colour: 'red' }, author: 'Ada' } }, { note: null }] },
    },
    {
      source: '{ cards { note { ink { price } } } }',
      data: { cards: [{ note: { ink: { price: 5 } } }, { note: null }] },
    },
  ],
};

export const entityCases: readonly FederationCase[] = [simple, complex, parent];
