import { hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AnyOperation, operationsOf, type OperationsOptions, withOddAliases } from '#attack/operations.ts';
import { distributedInterface, distributedUnion } from '#test/federation/cases/abstract.ts';
import { interfaceObject } from '#test/federation/cases/interface-objects.ts';
import { requiredFields } from '#test/federation/cases/requires.ts';
import { catalogue } from '#test/federation/catalogue.ts';
import { composeSupergraph } from '#test/federation/compose.ts';
import {
  answerOf,
  type Operation,
  type Contenders,
  honest,
  type Spoil,
  startContenders,
} from '#test/federation/contenders.ts';
import { sharedEntities } from '#test/federation/shared-entities.ts';
import type { SubgraphAnswer, SubgraphError } from '../subgraph-client.ts';

/**
 * The gateway's own executor and ours before it answer alike, whatever is asked and whatever the subgraphs say. Where an
 * alias is the name of a field, the gateway is asked with another alias: it takes some for the field itself.
 */

const supergraph = composeSupergraph(catalogue);

const runs = 200;

const asked: OperationsOptions = {
  mutations: true,
  variables: {
    first: [
      { type: 'Int', values: [0, 1, 2, null, undefined] },
      { type: 'Int = 2', values: [1, null, undefined] },
      { type: 'Int! = 2', values: [1, undefined] },
    ],
    id: [
      { type: 'ID!', values: ['1', '2', '7'] },
      { type: 'ID! = "2"', values: ['1', undefined] },
      { type: 'ID = "2"', values: ['1', null, undefined] },
    ],
  },
  argument: ({ name }, alias) =>
    ({
      first: alias === '' ? '$first' : '2',
      id: alias === 'one' ? '"5"' : '$id',
      text: '"new"',
      name: 'null',
    })[name] ?? null,
};

const repeated = {
  paths: ['books author', 'books author', 'books on:Novel author', 'books on:Essay author'],
  type: 'Author',
};

/** What our executor alone says: why something is null beside what the subgraphs have said. */
function isNullReason(error: string): boolean {
  const [message, path, code] = JSON.parse(error) as [string, unknown, unknown];
  return /^(?:Cannot return null|Invalid )/.test(message) && Array.isArray(path) && code === 'INTERNAL_SERVER_ERROR';
}

/**
 * The gateway counts entities that it has not asked about, and finds another index than ours: see federation.test.ts.
 * Fetches that run side by side fail in any order.
 */
function withoutIndexes(errors: readonly string[]): string[] {
  return [...new Set(errors.map((error) => error.replaceAll(/(?<=[[,])\d+(?=[\],])/g, '0')))].toSorted();
}

async function expectTheSame(contenders: Contenders, asked: Operation & Partial<AnyOperation>) {
  const { gateway, ours, fetched } = contenders;
  const { source, variables, plainSource = source } = asked;
  const expected = withOddAliases(await answerOf(contenders, gateway, { source: plainSource, variables }));
  const before = fetched();
  const first = await answerOf(contenders, ours, { source, variables });
  const second = await answerOf(contenders, ours, { source, variables });

  expect({ ...second, errors: second.errors.toSorted() }).toEqual({ ...first, errors: first.errors.toSorted() });
  expect(first.data).toEqual(expected.data);
  // Beside errors of subgraphs the gateway says nothing of what it makes null.
  const told = first.errors.filter((error) => expected.errors.includes(error) || !isNullReason(error));
  expect(withoutIndexes(told)).toEqual(withoutIndexes(expected.errors));
  return { byItself: fetched() === before, answer: first };
}

/** Subgraphs that forget fields, answer null where there may be none, values of other types, nothing, and errors. */
function spoiledBy(seed: number): Spoil {
  // What becomes of an answer may not depend on the aliases that it was asked with.
  const chance = (place: string) => hash('sha256', `${seed} ${place.replaceAll(/_client_|plain_/g, '')}`, 'buffer')[0]!;

  function spoilValue(value: unknown, place: string): unknown {
    if (Array.isArray(value)) {
      // Ours requests an entity once, and the gateway as often as it occurs: its index means nothing.
      const isOfEntities = place.endsWith('._entities');
      return value.map((item, index) => spoilValue(item, `${place}.${isOfEntities ? JSON.stringify(item) : index}`));
    }
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).flatMap(([key, field]) => {
      const luck = chance(`${place}.${key}`);
      if (key === '__typename') return [[key, luck < 2 ? 'Stranger' : field]];
      if (luck < 6) return [];
      if (luck < 14) return [[key, null]];
      if (luck < 18 && typeof field !== 'object') return [[key, luck % 2 === 0 ? 'ODD' : 1.5]];
      return [[key, spoilValue(field, `${place}.${key}`)]];
    });
    return Object.fromEntries(fields);
  }

  return ({ data, errors }, subgraph) => {
    const place = `${subgraph} ${JSON.stringify(data === null ? null : withoutRepetition(data))}`;
    const luck = chance(place);
    if (luck < 8) return { data: null, errors: [{ message: 'It is down.', extensions: { code: 'SUBGRAPH_TIMEOUT' } }] };
    const told = luck < 60 ? [...errors, ...errorsAbout(data)] : errors;
    return { data: spoilValue(data, place) as SubgraphAnswer['data'], errors: told };
  };
}

function withoutRepetition({ _entities: entities, ...data }: Record<string, unknown>) {
  return Array.isArray(entities) ? [...new Set(entities.map((entity) => JSON.stringify(entity)))] : data;
}

function errorsAbout(data: SubgraphAnswer['data']): SubgraphError[] {
  const [root = 'nothing'] = Object.keys(data ?? {});
  return [
    {
      message: 'Not this.',
      path: root === '_entities' ? [root, 0, 'name'] : [root],
      extensions: { code: 'NOT_FOUND' },
    },
    { message: '', extensions: {} },
  ];
}

const examples: readonly [what: string, source: string, variables?: Record<string, unknown>][] = [
  ['one subgraph', '{ author(id: 1) { name born } }'],
  ['a value that all subgraphs share', '{ viewer { name basket { name } reviews { text } likes { name } } }'],
  ['entities in lists in lists', '{ viewer { grid { id weight author { name wrote { text } } } } }'],
  ['an interface', '{ products { __typename id name ... on Book { pages reviews { text } } ... on Film { stars } } }'],
  ['a union', '{ search { kindOf: __typename ... on Book { name score } ... on Film { minutes stars } } }'],
  ['what a subgraph requires of another', '{ book(id: 3) { heavy: weight } }'],
  ['what a subgraph provides of another', '{ review(id: 5) { author { name born } } }'],
  [
    'nothing of what is left out',
    'query ($no: Boolean = false) { viewer { name @include(if: $no) likes @skip(if: true) { name } id } }',
  ],
  [
    'mutations one after the other',
    'mutation { a: rename(id: 1, name: "x") { name score } review(id: 2, text: "y") { text } b: touch(id: 3) }',
  ],
  [
    'one of several operations',
    'query A { author(id: 1) { name } } query B { book(id: 1) { name } }',
    { operationName: 'B' },
  ],
  ['nothing but the name of the root', '{ __typename }'],
  ['names that every object has', '{ constructor: author(id: 1) { __proto__: name toString: born } }'],
];

describe('an operation', () => {
  test.each(examples)('has the gateway’s result: %s', async (_what, source, variables = {}) => {
    const { byItself } = await expectTheSame(await startContenders(supergraph), { source, variables });

    expect(byItself).toBe(true);
  });

  test('is left to the gateway for introspection', async () => {
    const source = '{ name: __schema { id: queryType { name } } id: author(id: 1) { id: name } }';
    const { byItself, answer } = await expectTheSame(await startContenders(supergraph), {
      source,
      plainSource:
        '{ plain_name: __schema { plain_id: queryType { name } } plain_id: author(id: 1) { plain_id: name } }',
      variables: {},
    });

    expect(byItself).toBe(false);
    expect(answer.data).toEqual({ name: { id: { name: 'Query' } }, id: { id: 'name of 1' } });
  });

  test('with variables of wrong types is refused as by the gateway', async () => {
    const contenders = await startContenders(supergraph);
    const source = 'query ($first: Int!) { products(first: $first) { id } }';
    await expectTheSame(contenders, { source, variables: { first: 1 } });
    const { byItself, answer } = await expectTheSame(contenders, { source, variables: { first: 'many' } });

    expect(byItself).toBe(true);
    expect(answer.errors).toHaveLength(1);
  });

  test('nulls only the field for which a subgraph sends no list', async () => {
    const contenders = await startContenders(supergraph, ({ data, errors }, subgraph) => ({
      data: data !== null && subgraph === 'products' ? { ...data, maybe: 'odd', book: 7 } : data,
      errors,
    }));
    const source = '{ maybe { ... on Film { stars } } book(id: 1) { weight } author(id: 1) { born } }';
    const first = await answerOf(contenders, contenders.ours, { source, variables: {} });
    const second = await answerOf(contenders, contenders.ours, { source, variables: {} });

    expect(first.data).toEqual({ maybe: null, book: null, author: { born: expect.any(Number) } });
    expect(first.errors).toHaveLength(2);
    expect(second).toEqual(first);
  });

  test('has the gateway’s result', async () => {
    const contenders = await startContenders(supergraph);
    let byItself = 0;
    await fc.assert(
      fc.asyncProperty(operationsOf(contenders.schema, asked), async (operation) => {
        if ((await expectTheSame(contenders, operation)).byItself) byItself += 1;
      }),
      { numRuns: runs, endOnFailure: true },
    );
    expect(byItself).toBe(runs);
  });

  test.each([distributedInterface, distributedUnion, requiredFields, interfaceObject])(
    'is answered as the gateway answers it: $name',
    async ({ subgraphs }) => {
      const contenders = await startContenders(composeSupergraph(subgraphs));
      await fc.assert(
        fc.asyncProperty(operationsOf(contenders.schema, { ...asked, mutations: false }), async (operation) => {
          await expectTheSame(contenders, operation);
        }),
        { numRuns: runs / 4, endOnFailure: true },
      );
    },
  );

  test.each([
    { what: 'subgraphs respond badly', subgraphs: catalogue, options: asked },
    {
      what: 'several fragments select shared entities, some of which fail',
      subgraphs: sharedEntities,
      options: { ...asked, mutations: false, repeated },
    },
  ])('has the gateway’s result if $what', async ({ subgraphs, options }) => {
    let spoil = honest;
    const contenders = await startContenders(composeSupergraph(subgraphs), (answer, name) => spoil(answer, name));
    await fc.assert(
      fc.asyncProperty(operationsOf(contenders.schema, options), fc.nat(), async (operation, seed) => {
        spoil = spoiledBy(seed);
        await expectTheSame(contenders, operation);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});
