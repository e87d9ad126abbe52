import { subgraph } from '../compose.ts';
import type { ExpectedError } from '../contenders.ts';
import type { FederationCase } from '../federation-case.ts';

const steps = { Step: { __resolveReference: (step: object) => step } };

const chain: FederationCase = {
  name: '@requires of a field with @requires, through three subgraphs',
  subgraphs: {
    first: subgraph(
      `type Query { steps: [Step] }
       type Step @key(fields: "id") { id: ID! one: Int three: Int @external four: Int @requires(fields: "three") }`,
      {
        Query: { steps: () => [{ id: '1', one: 1 }, null, { id: '2', one: 10 }] },
        Step: { ...steps.Step, four: ({ three }: { three: number }) => three + 1 },
      },
    ),
    second: subgraph('type Step @key(fields: "id") { id: ID! one: Int @external two: Int @requires(fields: "one") }', {
      Step: { ...steps.Step, two: ({ one }: { one: number }) => one + 1 },
    }),
    third: subgraph(
      `type Step @key(fields: "id") { id: ID! one: Int @external two: Int @external three: Int @requires(fields: "two one") }`,
      { Step: { ...steps.Step, three: ({ two }: { two: number }) => two + 1 } },
    ),
  },
  operations: [
    { source: '{ steps { three } }', data: { steps: [{ three: 3 }, null, { three: 12 }] } },
    { source: '{ steps { four one } }', data: { steps: [{ four: 4, one: 1 }, null, { four: 13, one: 10 }] } },
  ],
};

const noNumber = (index: number): ExpectedError => [
  'Int cannot represent non-integer value: NaN',
  ['steps', index, 'three'],
  'DOWNSTREAM_SERVICE_ERROR',
];

const toAndFro: FederationCase = {
  name: '@requires of a field with @requires, back and forth between two subgraphs',
  subgraphs: {
    first: subgraph(
      `type Query { steps: [Step] }
       type Step @key(fields: "id") { id: ID! one: Int two: Int @external three: Int @requires(fields: "two") }`,
      {
        Query: {
          steps: () => [
            { id: '1', one: 1 },
            { id: '2', one: 10 },
          ],
        },
        Step: { ...steps.Step, three: ({ two }: { two: number }) => two + 1 },
      },
    ),
    second: subgraph(
      `type Step @key(fields: "id") {
         id: ID! one: Int @external two: Int @requires(fields: "one") three: Int @external four: Int @requires(fields: "three")
       }`,
      {
        Step: {
          ...steps.Step,
          two: ({ one }: { one: number }) => one + 1,
          four: ({ three }: { three: number }) => three + 1,
        },
      },
    ),
  },
  operations: [
    { source: '{ steps { three } }', data: { steps: [{ three: 3 }, { three: 12 }] } },
    {
      source: '{ steps { four } }',
      data: { steps: [{ four: 4 }, { four: 13 }] },
      // The plan requests the third step from the first subgraph immediately, before the second step is known.
      misplanned: { data: { steps: [{ four: 1 }, { four: 1 }] }, errors: [noNumber(0), noNumber(1)] },
    },
  ],
};

const circular: FederationCase = {
  name: '@requires in both directions, between entities that refer to each other',
  subgraphs: {
    posts: subgraph(
      `type Query { post: Post }
       type Post @key(fields: "id") { id: ID! text: String! author: Author! byNovice: Boolean! @requires(fields: "author { years }") }
       type Author @key(fields: "id") { id: ID! years: Int! @external }`,
      {
        Query: { post: () => ({ id: 'p' }) },
        Post: {
          __resolveReference: (post: object) => post,
          text: () => 'Hello',
          author: (post: { author?: object }) => ({ id: 'a', ...post.author }),
          byNovice: ({ author }: { author: { years: number } }) => author.years < 2,
        },
        Author: { __resolveReference: (author: object) => author },
      },
    ),
    authors: subgraph(
      `type Author @key(fields: "id") { id: ID! years: Int! posts: [Post!] shy: Boolean @requires(fields: "posts { byNovice }") }
       type Post @key(fields: "id") { id: ID! byNovice: Boolean! @external }`,
      {
        Author: {
          __resolveReference: (author: object) => ({ years: 1, posts: [{ id: 'p' }, { id: 'q' }], ...author }),
          shy: ({ posts }: { posts: { byNovice: boolean }[] }) => posts.every(({ byNovice }) => byNovice),
        },
      },
    ),
  },
  operations: [
    { source: '{ post { byNovice } }', data: { post: { byNovice: true } } },
    {
      source: '{ post { author { shy posts { author { shy id } } } } }',
      data: {
        post: {
          author: { shy: true, posts: [{ author: { shy: true, id: 'a' } }, { author: { shy: true, id: 'a' } }] },
        },
      },
    },
  ],
};

export const requiresOfRequiresCases: readonly FederationCase[] = [chain, toAndFro, circular];
