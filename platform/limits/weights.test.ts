import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildASTSchema, isObjectType, parse } from 'graphql';
import { listSizes, weights } from './weights.ts';

const supergraph = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
const schema = buildASTSchema(parse(supergraph), { assumeValid: true });
const places = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

test('each mutation has a weight of its own', () => {
  const mutations = places.filter((place) => place.startsWith('Mutation.'));

  expect(mutations.filter((place) => weights[place] === undefined)).toEqual([]);
});

test('weights and sizes are those of fields that there are', () => {
  const named = [...Object.keys(weights), ...Object.keys(listSizes)].filter((place) => !place.includes('.__'));

  expect(named.filter((place) => !places.includes(place))).toEqual([]);
});
