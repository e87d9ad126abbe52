import { type Subgraphs, subgraph } from './compose.ts';

/**
 * Three subgraphs with every feature that a federation executor must support: entities of several subgraphs, nested
 * lists, an interface, a union, `@requires`, `@provides`, `@shareable`, nullable and non-null fields.
 */

const sdls: Readonly<Record<string, string>> = {
  products: `
    scalar Price
    enum Kind { NOVEL ESSAY }
    interface Product { id: ID! name: String price: Price! }
    union Result = Book | Film
    type Book implements Product @key(fields: "id") {
      id: ID! name: String price: Price! pages: Int! kind: Kind! kinds: [Kind!] sequel: Book similar: [Product!] author: Author
    }
    type Film implements Product @key(fields: "id") { id: ID! name: String price: Price! minutes: Float! }
    type Author @key(fields: "id") { id: ID! }
    type Viewer @key(fields: "id") { id: ID! basket: [Product] grid: [[Book!]!] }
    type Query {
      viewer: Viewer @shareable
      product(id: ID!): Product
      products(first: Int = 3): [Product!]!
      maybe: [Product]
      search(first: Int = 3): [Result!]
      book(id: ID!): Book
    }
    type Mutation { rename(id: ID!, name: String): Book touch(id: ID!): Int! }`,
  reviews: `
    type Book @key(fields: "id") {
      id: ID! pages: Int! @external weight: Int @requires(fields: "pages") reviews(first: Int): [Review!]! score: Float
    }
    type Film @key(fields: "id") { id: ID! reviews(first: Int): [Review!]! stars: Int! }
    type Review @key(fields: "id") { id: ID! text: String! author: Author! @provides(fields: "name") of: Book answer: Review }
    type Author @key(fields: "id") { id: ID! name: String @external wrote: [Review] }
    type Viewer @key(fields: "id") { id: ID! reviews: [Review!] }
    type Query { viewer: Viewer @shareable review(id: ID!): Review }
    type Mutation { review(id: ID!, text: String!): Review! }`,
  people: `
    type Author @key(fields: "id") { id: ID! name: String @shareable born: Int! alive: Boolean books: [Book!] knows: [Author]! }
    type Book @key(fields: "id") { id: ID! }
    type Viewer @key(fields: "id") { id: ID! name: String! likes: [Author!]! }
    type Query { viewer: Viewer @shareable author(id: ID!): Author authors: [Author!] }`,
};

interface Reference {
  readonly id: string;
}

const numbers = (id: string): number =>
  Array.from(id).reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_009;
const ids = (from: string, count: number) => Array.from({ length: count }, (_, place) => `${from}${place}`);
const short = (id: string) => String(numbers(id) % 40);
const product = (id: string) => ({ __typename: numbers(id) % 2 === 0 ? 'Book' : 'Film', id: short(id) });
const name = ({ id }: Reference) => (numbers(id) % 5 === 0 ? null : `name of ${id}`);
const reference = { __resolveReference: ({ id }: Reference) => ({ id }) };
const several =
  (prefix: string) =>
  ({ id }: Reference) =>
    ids(`${prefix}${id}`, numbers(id) % 4).map((one) => ({ id: short(one) }));
const firstOf =
  (prefix: string) =>
  ({ id }: Reference, { first }: { first?: number }) =>
    ids(`${prefix}${id}`, Math.min(first ?? 2, 4)).map((one) => ({ id: short(one) }));
const viewer = () => ({ id: '1' });
const price = ({ id }: Reference) => (numbers(id) / 100).toFixed(2);

const resolvers: Readonly<Record<string, object>> = {
  products: {
    Query: {
      viewer,
      product: (_: unknown, { id }: Reference) => product(id),
      products: (_: unknown, { first }: { first: number }) => ids('p', first).map(product),
      maybe: () => ids('m', 4).map((id) => (numbers(id) % 3 === 0 ? null : product(id))),
      search: (_: unknown, { first }: { first: number }) => ids('s', first).map(product),
      book: (_: unknown, { id }: Reference) => ({ id }),
    },
    Mutation: {
      rename: (_: unknown, { id, name }: Reference & { name: string | null }) => ({ id, name }),
      touch: (_: unknown, { id }: Reference) => numbers(id),
    },
    Book: {
      ...reference,
      name: (book: Reference & { name?: string | null }) => (book.name === undefined ? name(book) : book.name),
      price,
      pages: ({ id }: Reference) => numbers(id),
      kind: ({ id }: Reference) => (numbers(id) % 2 === 0 ? 'NOVEL' : 'ESSAY'),
      kinds: () => ['NOVEL', 'ESSAY'],
      sequel: ({ id }: Reference) => (numbers(id) % 3 === 0 ? null : { id: short(`${id}s`) }),
      similar: ({ id }: Reference) => ids(`l${id}`, numbers(id) % 3).map(product),
      author: ({ id }: Reference) => (numbers(id) % 4 === 0 ? null : { id: short(`${id}a`) }),
    },
    Film: { ...reference, name, price, minutes: ({ id }: Reference) => numbers(id) / 2 },
    Author: reference,
    Viewer: {
      ...reference,
      basket: () => ids('b', 4).map((id) => (numbers(id) % 4 === 0 ? null : product(id))),
      grid: () => [ids('g', 2), [], ids('h', 1)].map((row) => row.map((id) => ({ id: short(id) }))),
    },
  },
  reviews: {
    Query: { viewer, review: (_: unknown, { id }: Reference) => ({ id }) },
    Mutation: { review: (_: unknown, { id, text }: Reference & { text: string }) => ({ id, text }) },
    Book: {
      __resolveReference: (book: Reference & { pages?: number }) => book,
      weight: ({ pages }: { pages?: number }) => (pages ?? 0) * 3,
      reviews: firstOf('r'),
      score: ({ id }: Reference) => numbers(id) / 7,
    },
    Film: { ...reference, reviews: firstOf('f'), stars: ({ id }: Reference) => numbers(id) % 6 },
    Review: {
      ...reference,
      text: (review: Reference & { text?: string }) => review.text ?? `text of ${review.id}`,
      author: ({ id }: Reference) => ({ id: short(`${id}w`), name: `name by ${id}` }),
      of: ({ id }: Reference) => (numbers(id) % 3 === 0 ? null : { id: short(`${id}o`) }),
      answer: ({ id }: Reference) => (numbers(id) % 2 === 0 ? null : { id: short(`${id}q`) }),
    },
    Author: { ...reference, wrote: several('w') },
    Viewer: { ...reference, reviews: several('v') },
  },
  people: {
    Query: {
      viewer,
      author: (_: unknown, { id }: Reference) => ({ id }),
      authors: () => ids('a', 3).map((id) => ({ id })),
    },
    Author: {
      ...reference,
      name,
      born: ({ id }: Reference) => 1_900 + (numbers(id) % 100),
      alive: ({ id }: Reference) => (numbers(id) % 3 === 0 ? null : numbers(id) % 2 === 0),
      books: several('k'),
      knows: ({ id }: Reference) =>
        ids(`n${id}`, numbers(id) % 4).map((one) => (numbers(one) % 3 === 0 ? null : { id: short(one) })),
    },
    Book: reference,
    Viewer: { ...reference, name: () => 'Ada', likes: several('i') },
  },
};

export const catalogue: Subgraphs = Object.fromEntries(
  Object.entries(sdls).map(([name, sdl]) => [name, subgraph(sdl, resolvers[name])]),
);
