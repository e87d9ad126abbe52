import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  buildASTSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import { operationCost } from './cost.ts';
import { fieldCost } from './weights.ts';

const supergraph = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8');
const schema = buildASTSchema(parse(supergraph), { assumeValidSDL: true });
const fields = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ place: `${type.name}.${field.name}`, field })));
const costs = fields.map(({ place, field }) => ({ place, field, cost: fieldCost(field) }));

describe('the SDL', () => {
  test('gives each mutation a weight', () => {
    const mutations = costs.filter(({ place }) => place.startsWith('Mutation.'));

    expect(mutations.length).toBeGreaterThan(10);
    expect(mutations.filter(({ cost }) => cost.weight === undefined).map(({ place }) => place)).toEqual([]);
  });

  test('gives each list of objects a size', () => {
    const sized = new Set(
      costs.flatMap(({ field, cost }) => cost.sizedFields.map((name) => `${getNamedType(field.type).name}.${name}`)),
    );
    const unsized = costs
      .filter(({ field }) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)))
      .filter(({ place, cost }) => cost.assumedSize === undefined && !sized.has(place))
      .map(({ place }) => place);

    // A mutation is refused for few reasons at once.
    expect(unsized.filter((place) => !place.endsWith('.userErrors'))).toEqual([]);
  });

  test('names arguments and fields that exist', () => {
    const missing = costs.flatMap(({ place, field, cost: { slicingArgument, sizedFields } }) => {
      const type = getNamedType(field.type);
      const known = isObjectType(type) ? Object.keys(type.getFields()) : [];
      const names = field.args.map(({ name }) => name);
      return [
        ...(slicingArgument === undefined || names.includes(slicingArgument) ? [] : [`${place}(${slicingArgument}:)`]),
        ...sizedFields.filter((name) => !known.includes(name)).map((name) => `${place}.${name}`),
      ];
    });

    expect(missing).toEqual([]);
  });
});

describe('an operation costs', () => {
  const costOf = (query: string, variables = {}) => {
    const document = parse(query);
    const operation = document.definitions[0];
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('the query has no operation first');
    return operationCost(schema, { operation, document })(variables);
  };

  test.each([
    ['an object', '{ viewer { name } }', 1],
    ['a list of an assumed size', '{ viewer { accounts { id } } }', 1 + 3],
    ['a page of the default size', '{ viewer { orders { nodes { id } } } }', 1 + 1 + 20],
    ['a page with edges', '{ viewer { orders(first: 7) { edges { node { id } } } } }', 1 + 1 + 7 * 2],
    ['a weight on a scalar', '{ viewer { orders(first: 7) { totalCount } } }', 1 + 1 + 10],
    ['a weight on an object', 'mutation { logout(input: { refreshToken: "a" }) { userErrors { code } } }', 10 + 5],
    ['a page of a refused size', '{ viewer { orders(first: 1000) { nodes { id } } } }', 1 + 1 + 100],
    ['introspection', '{ __schema { types { name } } }', 1_000],
  ])('%s', (_what, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  test('what its variables say', () => {
    const query = 'query ($first: Int = 3) { viewer { orders(first: $first) { nodes { id } } } }';
    expect([costOf(query), costOf(query, { first: 50 })]).toEqual([1 + 1 + 3, 1 + 1 + 50]);
  });
});
