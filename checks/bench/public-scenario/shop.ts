import { subgraph, type Subgraphs } from '#test/federation/compose.ts';

/**
 * The scenario of the public gateway benchmarks of The Guild and ChilliCream, written from its description: a shop of
 * four subgraphs (accounts, inventory, products, reviews) and a deep query. Some objects occur many times in its answer
 * of 88 kB. The names of types and fields are those of the benchmark; the objects are our own.
 *
 * @see https://github.com/graphql-hive/graphql-gateways-benchmark
 * @see https://github.com/ChilliCream/graphql-gateway-benchmarks
 */
export const testQuery = `query TestQuery {
  users {
    ...User
    reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } }
  }
  topProducts {
    ...Product
    reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
  }
}
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }`;

interface Review {
  readonly id: string;
  readonly body: string;
  readonly author: string;
  readonly product: string;
}

const users = ['Ada', 'Blaise', 'Carl', 'Dorothy', 'Emmy', 'Fibonacci'].map((name, index) => ({
  id: String(index + 1),
  name,
  username: `${name.toLowerCase()}-${index + 1}`,
  birthday: 1_900 + index,
}));

const products = ['Table', 'Couch', 'Glass', 'Chair', 'Lamp', 'Shelf', 'Stool', 'Bench', 'Clock'].map(
  (name, index) => ({ upc: String(index + 1), name, price: 899 + 110 * index, weight: 100 * (index + 1) }),
);

const sentence = 'It arrived early, stands firmly on an uneven floor, and has survived two moves and a curious cat. ';

/** Two reviews by each customer but the first, who writes one. */
const reviews: readonly Review[] = Array.from({ length: 11 }, (_, index) => ({
  id: String(index + 1),
  body: sentence.repeat(4 + (index % 7)).trimEnd(),
  author: users[Math.ceil(index / 2) % users.length]!.id,
  product: products[(index * 4) % 5]!.upc,
}));

const userOf = (id: string) => users.find((user) => user.id === id) ?? null;
const productOf = (upc: string) => products.find((product) => product.upc === upc) ?? null;

interface Weighed {
  readonly price?: number | null;
  readonly weight?: number | null;
}

export const shop: Subgraphs = {
  accounts: subgraph(
    `type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
    {
      Query: { me: () => users[0], user: (_root: unknown, { id }: { id: string }) => userOf(id), users: () => users },
      User: { __resolveReference: ({ id }: { id: string }) => userOf(id) },
    },
  ),
  inventory: subgraph(
    `type Product @key(fields: "upc") {
      upc: String! weight: Int @external price: Int @external
      inStock: Boolean shippingEstimate: Int @requires(fields: "price weight")
    }`,
    {
      Product: {
        __resolveReference: (product: object) => product,
        inStock: ({ upc }: { upc: string }) => Number(upc) % 4 !== 0,
        // What is dear is sent for nothing.
        shippingEstimate: ({ price, weight }: Weighed) => ((price ?? 0) > 1_000 ? 0 : Math.round((weight ?? 0) * 0.5)),
      },
    },
  ),
  products: subgraph(
    `type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    {
      Query: { topProducts: (_root: unknown, { first }: { first: number }) => products.slice(0, first) },
      Product: { __resolveReference: ({ upc }: { upc: string }) => productOf(upc) },
    },
  ),
  reviews: subgraph(
    `type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
    {
      Review: {
        __resolveReference: ({ id }: { id: string }) => reviews.find((review) => review.id === id),
        author: ({ author }: Review) => ({ id: author, username: userOf(author)?.username }),
        product: ({ product }: Review) => ({ upc: product }),
      },
      User: { reviews: ({ id }: { id: string }) => reviews.filter(({ author }) => author === id) },
      Product: { reviews: ({ upc }: { upc: string }) => reviews.filter(({ product }) => product === upc) },
    },
  ),
};
