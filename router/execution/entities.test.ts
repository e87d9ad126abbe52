import { expect, test } from '@jest/globals';
import { composeSupergraph } from '#test/federation/compose.ts';
import { answerOf, startContenders } from '#test/federation/contenders.ts';
import { sharedEntities } from '#test/federation/shared-entities.ts';

const supergraph = composeSupergraph(sharedEntities);

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

test('explains the nulls of an entity at each position, beyond the errors that a response can have', async () => {
  const contenders = await startContenders(supergraph, ({ data, errors }, subgraph) => {
    if (subgraph === 'books') return { data: { books: Array(150).fill((data!['books'] as unknown[])[0]) }, errors };
    const error = { message: 'No name.', path: ['_entities', 0, 'name'], extensions: { code: 'NOT_FOUND' } };
    return { data, errors: [error] };
  });
  const source = '{ books { author { name } } }';
  const { errors } = await answerOf(contenders, contenders.ours, { source, variables: {} });

  expect(errors).toHaveLength(100);
  expect(errors.every((error) => error.includes('No name.'))).toBe(true);
});
