import { expect, test } from '@jest/globals';
import { composeSupergraph, subgraph } from '#test/federation/compose.ts';
import { answerOf, startContenders } from '#test/federation/contenders.ts';

const authorOf = (id: string) => ({ author: { id } });

const supergraph = composeSupergraph({
  books: subgraph(
    `type Query { books: [Book] }
    type Book { author: Author }
    type Author @key(fields: "id") { id: ID! }`,
    { Query: { books: () => ['1', '2', '1', '3', '1'].map(authorOf) } },
  ),
  authors: subgraph(
    `type Author @key(fields: "id") { id: ID! name: String! friends: [Friend] }
    type Friend { name: String! age: Int }`,
    {
      Author: {
        __resolveReference: ({ id }: { id: string }) => ({
          id,
          // The first author has no name, and one friend of the third has none.
          name: id === '1' ? null : `author ${id}`,
          friends: [{ name: 'Ada', age: 36 }, { name: id === '3' ? null : 'Carl' }],
        }),
      },
    },
  ),
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
  expect(requested).toEqual([5, 5]);
  const found = await answerOf(contenders, contenders.ours, { source, variables: {} });

  expect(requested).toEqual([5, 5, 3, 3]);
  expect(found.data).toEqual(expected.data);
  expect(found.errors.toSorted()).toEqual(expected.errors.toSorted());
  const nameless = found.errors.filter((error) => error.includes('"named"'));
  expect(nameless).toHaveLength(3);
});
