import { type Subgraphs, subgraph } from './compose.ts';

interface Reference {
  readonly id: string;
}

const bookOf = (id: string, index: number) => ({ __typename: index < 3 ? 'Novel' : 'Essay', author: { id } });

/** Books that share authors. Some fields of the authors fail. */
export const sharedEntities: Subgraphs = {
  books: subgraph(
    `type Query { books: [Book] }
    interface Book { author: Author }
    type Novel implements Book { author: Author }
    type Essay implements Book { author: Author }
    type Author @key(fields: "id") { id: ID! }`,
    { Query: { books: () => ['1', '2', '1', '3', '1', '2'].map(bookOf) } },
  ),
  authors: subgraph(
    `type Author @key(fields: "id") { id: ID! name: String! friends: [Friend] home: Home accounts: [Account!] }
    type Friend { name: String! age: Int }
    type Home { town: String street: String at: Point }
    type Point { x: Int y: Int }
    type Account @key(fields: "id") { id: ID! }`,
    {
      Author: {
        __resolveReference: ({ id }: Reference) => ({
          id,
          // The first author has no name, and one friend of the third has none.
          name: id === '1' ? null : `author ${id}`,
          friends: [{ name: 'Ada', age: 36 }, { name: id === '3' ? null : 'Carl' }],
          home: { town: 'Turin', street: 'Via Po', at: { x: 1, y: 2 } },
          accounts: [{ id: `${id}a` }, { id: `${id}b` }],
        }),
      },
    },
  ),
  limits: subgraph(`type Account @key(fields: "id") { id: ID! limit: Int! }`, {
    // The first author's second account has no limit.
    Account: { __resolveReference: ({ id }: Reference) => ({ id, limit: id === '1b' ? null : 100 }) },
  }),
};
