import { subgraph } from '../compose.ts';
import { type FederationCase, oneOf } from '../federation-case.ts';

const books = [
  { id: '1', isbn: '11', title: 'Emma' },
  { id: '2', isbn: null, title: 'Walden' },
];

const nullKeys: FederationCase = {
  name: 'a key that is null',
  subgraphs: {
    library: subgraph('type Query { books: [Book!] } type Book @key(fields: "id") { id: ID! }', {
      Query: { books: () => books.map(({ id }) => ({ id })) },
    }),
    numbers: subgraph('type Book @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: ID }', {
      Book: oneOf(books, 'id'),
    }),
    texts: subgraph('type Book @key(fields: "isbn") { isbn: ID title: String }', {
      Book: {
        __resolveReference: ({ isbn }: { isbn: string | null }) =>
          isbn === null ? null : books.find((book) => book.isbn === isbn),
      },
    }),
  },
  operations: [
    { source: '{ books { title } }', data: { books: [{ title: 'Emma' }, { title: null }] } },
    {
      source: '{ books { isbn title id } }',
      data: {
        books: [
          { isbn: '11', title: 'Emma', id: '1' },
          { isbn: null, title: null, id: '2' },
        ],
      },
    },
  ],
};

const stock = [{ id: 'a', count: 3, mark: 'new' }];

const nullEntities: FederationCase = {
  name: 'null entities: in a list, and in the subgraph that resolves them',
  subgraphs: {
    shop: subgraph(
      `type Query { items: [Item] strict: [Item!] none: [Item!] item(id: ID!): Item whole: [Item!]! }
       type Item @key(fields: "id") { id: ID! }`,
      {
        Query: {
          items: () => [null, { id: 'a' }, { id: 'gone' }, null],
          strict: () => [{ id: 'a' }, { id: 'gone' }],
          none: () => [],
          item: (_: unknown, { id }: { id: string }) => (id === '' ? null : { id }),
          whole: () => [{ id: 'gone' }],
        },
      },
    ),
    stock: subgraph('type Item @key(fields: "id") { id: ID! count: Int! mark: String }', { Item: oneOf(stock, 'id') }),
  },
  operations: [
    {
      source: '{ items { id mark } none { mark } }',
      data: { items: [null, { id: 'a', mark: 'new' }, { id: 'gone', mark: null }, null], none: [] },
    },
    {
      source: '{ items { id count } }',
      data: { items: [null, { id: 'a', count: 3 }, null, null] },
      errors: [
        ['Cannot return null for non-nullable field Item.count.', ['items', 2, 'count'], 'INTERNAL_SERVER_ERROR'],
      ],
    },
    {
      source: '{ strict { count } none { count } }',
      data: { strict: null, none: [] },
      errors: [
        ['Cannot return null for non-nullable field Item.count.', ['strict', 1, 'count'], 'INTERNAL_SERVER_ERROR'],
      ],
    },
    {
      source: '{ whole { count } }',
      data: null,
      errors: [
        ['Cannot return null for non-nullable field Item.count.', ['whole', 0, 'count'], 'INTERNAL_SERVER_ERROR'],
      ],
    },
    {
      source: 'query ($id: ID!) { item(id: $id) { mark count } other: item(id: "a") { count } }',
      variables: { id: '' },
      data: { item: null, other: { count: 3 } },
    },
  ],
};

export const nullCases: readonly FederationCase[] = [nullKeys, nullEntities];
