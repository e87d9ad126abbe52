import { expect, test } from '@jest/globals';
import { composeSupergraph, subgraph } from '#test/federation/compose.ts';
import { answerOf, startContenders } from '#test/federation/contenders.ts';

interface Reference {
  readonly id: string;
}

const bookOf = (id: string, index: number) => ({ __typename: index < 3 ? 'Novel' : 'Essay', author: { id } });

const supergraph = composeSupergraph({
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
});

test('requests an entity once, and reports its errors wherever it occurs', async () => {
  const requested: number[] = [];
  const contenders = await startContenders(supergraph, (answer) => {
    const entities = answer.data?.['_entities'];
    if (Array.isArray(entities)) requested.push(entities.length);
    return answer;
  });
  const source = '{ books { author { friends { name } id friends { age name } } } named: books { author { name } } }';
  const expected = await answerOf(contenders, contenders.gateway, { source, variables: {} });
  expect(requested).toEqual([6, 6]);
  const found = await answerOf(contenders, contenders.ours, { source, variables: {} });

  expect(requested).toEqual([6, 6, 3, 3]);
  expect(found.data).toEqual(expected.data);
  expect(found.errors.toSorted()).toEqual(expected.errors.toSorted());
  const nameless = found.errors.filter((error) => error.includes('"named"'));
  expect(nameless).toHaveLength(3);
});

test('nulls a shared value wherever a later selection of it fails', async () => {
  const contenders = await startContenders(supergraph);
  const source = `{ ...Page ...Detail ...Again }
    fragment Page on Query { books { author { accounts { id } } } }
    fragment Detail on Query { books { author { accounts { limit } } } }
    fragment Again on Query { books { author { accounts { limit id } } } }`;
  const expected = await answerOf(contenders, contenders.gateway, { source, variables: {} });
  const found = await answerOf(contenders, contenders.ours, { source, variables: {} });

  expect(found.data).toEqual(expected.data);
  expect(found.errors.toSorted()).toEqual(expected.errors.toSorted());
  expect(found.errors).toHaveLength(3);
  expect(found.data).toMatchObject({ books: { 0: { author: { accounts: null } }, 4: { author: { accounts: null } } } });
});

test('reports a null that no subgraph has explained at each position of a shared value', async () => {
  const contenders = await startContenders(supergraph, ({ data, errors }, subgraph) =>
    subgraph === 'limits' ? { data: null, errors: [] } : { data, errors },
  );
  const source = `{ ...Page ...Detail }
    fragment Page on Query { books { author { accounts { id } } } }
    fragment Detail on Query { books { author { accounts { limit } } } }`;
  const expected = await answerOf(contenders, contenders.gateway, { source, variables: {} });
  const found = await answerOf(contenders, contenders.ours, { source, variables: {} });

  expect(found.data).toEqual(expected.data);
  expect(found.data).toEqual({ books: Array.from({ length: 6 }, () => ({ author: { accounts: null } })) });
  expect(found.errors.toSorted()).toEqual(expected.errors.toSorted());
  expect(found.errors).toHaveLength(12);
});

test.each([
  '{ books { author { home { town } } ... on Novel { author { home { street } } } } }',
  '{ books { author { home { at { x } } } ... on Novel { author { home { at { y } } } } } }',
])('has no more of a shared value than is selected at its position: %s', async (source) => {
  const contenders = await startContenders(supergraph);
  const expected = await answerOf(contenders, contenders.gateway, { source, variables: {} });
  const found = await answerOf(contenders, contenders.ours, { source, variables: {} });

  expect(found.data).toEqual(expected.data);
});
