import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  buildASTSchema,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { operationCost } from '#platform/graphql/limits/cost.ts';
import { type DocumentBounds, limitDocument } from '#platform/graphql/limits/document.ts';
import { copiesFault, shapeFault } from '#platform/graphql/limits/shape.ts';
import { maxSubgraphCost, subgraphBounds } from '#platform/graphql/limits/subgraph-limits.ts';
import { textFault } from '#platform/graphql/limits/text.ts';
import { withHiddenNames } from '../execution/client-names.ts';
import { liveOperation } from '../live/operation.ts';
import { tokenDependence } from '../public-operations.ts';
import { signInsOf } from '../rate-limits/sign-ins.ts';
import { fieldOwners } from '../supergraph.ts';
import { bounds as routerBounds } from './document.ts';
import { countJumps, jumpsFault } from './jumps.ts';
import { documentId } from './registered.ts';
import { valuesFault } from './values.ts';
import { writeOut, writtenOutFault } from './written-out.ts';

/**
 * Each counter of the limits is given the worst documents directly, as if no other check had refused them: its work has to
 * stay in proportion to the document, or end at a bound.
 */

const supergraph = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
const schema = buildASTSchema(parse(supergraph), { assumeValid: true });
const owners = fieldOwners(supergraph);

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');
const owner = (index: number, inner: string) => `a${index}: account(currency: USD) { owner { ${inner} } }`;

const worst: readonly (readonly [what: string, text: string])[] = [
  [
    '24 fragments that each spread the next one twice',
    `{ viewer { ...F0 } } ${times(24, (i) => `fragment F${i} on User { ...F${i + 1} ...F${i + 1} }`)} fragment F24 on User { id }`,
  ],
  [
    '60 fragments that each spread the next one twice under aliases',
    `{ viewer { ...F0 } } ${times(60, (i) => `fragment F${i} on User { ${owner(0, `...F${i + 1}`)} ${owner(1, `...F${i + 1}`)} }`)} fragment F60 on User { id }`,
  ],
  [
    'fragments that each spread the next one twice in a mutation',
    `mutation { ...F0 } ${times(60, (i) => `fragment F${i} on Mutation { ...F${i + 1} ... { ...F${i + 1} } }`)} fragment F60 on Mutation { login(input: {}) { accessToken } }`,
  ],
  [
    'fragments that spread one another in circles',
    `{ viewer { ...F0 } } ${times(8, (i) => `fragment F${i} on User { ${times(8, (j) => `...F${j}`)} }`)}`,
  ],
  [
    'a chain of 3,000 fragments',
    `{ viewer { ...F0 } } ${times(3_000, (i) => `fragment F${i} on User { x${i}: name ...F${i + 1} }`)} fragment F3000 on User { id }`,
  ],
  ['6,000 fields with names of their own', `{ viewer { ${times(6_000, (i) => `x${i}: a${i}`)} } }`],
  [
    '2,000 operations with the same fragment',
    `${times(2_000, (i) => `query Q${i} { ...F }`)} fragment F on Query { ${times(2_000, (i) => `x${i}: viewer { id }`)} }`,
  ],
  [
    '300 page sizes of the same fragments',
    `{ viewer { ${times(300, (i) => `o${i}: orders(first: ${i}) { ...F0 }`)} } } ${times(30, (i) => `fragment F${i} on OrderConnection { ...F${i + 1} ...F${i + 1} }`)} fragment F30 on OrderConnection { nodes { id } }`,
  ],
  [
    '300 variable page sizes of the same fragments',
    `query (${times(300, (i) => `$v${i}: Int`)}) { viewer { ${times(300, (i) => `o${i}: orders(first: $v${i}) { ...F0 }`)} } } ${times(30, (i) => `fragment F${i} on OrderConnection { ...F${i + 1} ...F${i + 1} }`)} fragment F30 on OrderConnection { nodes { id } }`,
  ],
];

/** The most visits of a set of selections that any counter may make: some times the largest document. */
const maxVisits = 50_000;

/** The document, whose sets of selections count how often they are visited. */
function counted(text: string): { document: DocumentNode; operation: OperationDefinitionNode; visits: () => number } {
  let visits = 0;
  const document = visit(parse(text, { noLocation: true }), {
    SelectionSet: (set: SelectionSetNode) => {
      const { selections } = set;
      return Object.defineProperty({ ...set }, 'selections', {
        enumerable: true,
        get: () => {
          visits += 1;
          if (visits > maxVisits) throw new Error('it goes on and on');
          return selections;
        },
      });
    },
  });
  visits = 0;
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return { document, operation: operation as OperationDefinitionNode, visits: () => visits };
}

type Counter = (asked: { document: DocumentNode; operation: OperationDefinitionNode }) => unknown;

const counters: readonly (readonly [what: string, counter: Counter])[] = [
  ['the shape, at the router', ({ document }) => shapeFault(document, routerBounds)],
  ['the shape, at subgraphs', ({ document }) => shapeFault(document, subgraphBounds)],
  ['copies, at the router', ({ document }) => copiesFault(document, routerBounds)],
  ['copies, at subgraphs', ({ document }) => copiesFault(document, subgraphBounds)],
  ['jumps', (asked) => jumpsFault(countJumps(owners, schema, asked))],
  ['characters', (asked) => writtenOutFault(writeOut(asked), {})],
  ['cost', (asked) => operationCost(schema, asked)({ v1: 3 })],
  ['sign-ins', ({ operation, document }) => signInsOf(operation, document)],
  ['dependence on the token', ({ operation, document }) => tokenDependence(operation, document)],
  ['the names that are hidden from the planner', ({ document }) => withHiddenNames(document, new Set())],
];

describe.each(worst)('%s', (_what, text) => {
  test.each(counters)('are counted in linear time: %s', (_counter, count) => {
    const asked = counted(text);

    count(asked);
    expect(asked.visits()).toBeLessThan(maxVisits);
  });

  test.each([
    ['the router', routerBounds],
    ['subgraphs', subgraphBounds],
  ] as [string, DocumentBounds][])('are refused by %s', (_who, bounds) => {
    expect(() => limitDocument(text, bounds)).toThrow(/at most|Cannot spread/);
  });
});

test.each(worst.slice(0, 3))('what cannot be counted to its end is too much: %s', (_what, text) => {
  const asked = counted(text);

  expect(operationCost(schema, asked)({})).toBeGreaterThan(maxSubgraphCost);
  expect(writtenOutFault(writeOut(asked), {})).not.toBeNull();
  expect(shapeFault(asked.document, subgraphBounds)).not.toBeNull();
  expect(copiesFault(asked.document, subgraphBounds)).not.toBeNull();
});

/** Of the processor, which others on the machine do not slow down; far more than any of this takes, and far less than it took. */
const maxCpuMs = 1_000;

function cpuMsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const longName = 'x'.repeat(45_000);
const longPlaces = `{ ${longName}: viewer { ${times(900, (i) => `a${1_000 + i}: name`)} } }`;
const longTexts: readonly (readonly [what: string, work: () => unknown])[] = [
  ['copies below a long name', () => copiesFault(parse(longPlaces), subgraphBounds)],
  ['jumps below a long name', () => countJumps(owners, schema, counted(longPlaces))],
  ['a text without tokens', () => textFault(`${'#'.repeat(45_000)}\n${' '.repeat(45_000)}%`, routerBounds)],
  ['an open string', () => textFault(`{ a(b: "${'\\"'.repeat(45_000)}`, routerBounds)],
  ['an open block', () => textFault(`{ a(b: """${'\n '.repeat(45_000)}`, routerBounds)],
  [
    'the id of a long document',
    () =>
      documentId(
        parse(
          `{ viewer { ${times(900, (i) => `a${i}: orders(filter: {productIds: ["${'y'.repeat(90)}"]}) { totalCount }`)} } }`,
        ),
      ),
  ],
  ['variables nested deep', () => valuesFault(JSON.parse(`{"a":${'['.repeat(45_000)}${']'.repeat(45_000)}}`))],
  [
    'the length of variables nested deep',
    () =>
      writtenOutFault(
        { characters: 0, uses: new Map([['a', 2]]) },
        { a: JSON.parse(`${'['.repeat(45_000)}${']'.repeat(45_000)}`) },
      ),
  ],
  [
    'a name that is taken, and all that one might try next',
    () => liveOperation(schema, { query: `subscription { notificationAdded { live_${'_'.repeat(90_000)}: id } }` }),
  ],
];

test.each(longTexts)('a long text takes no longer than another: %s', (_what, work) => {
  expect(cpuMsOf(work)).toBeLessThan(maxCpuMs);
});
