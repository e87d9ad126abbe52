import { beforeAll, describe, expect, test } from '@jest/globals';
import { type DocumentNode, type GraphQLSchema, parse, print, visit } from 'graphql';
import { type IntendedChange, schemaChanges } from './schema-changes.ts';
import { apiOf, compose, readSubgraphs } from './supergraph.ts';

let released: GraphQLSchema;

beforeAll(() => {
  released = apiWith((sdl) => sdl);
});

/** The API after an edit of the order subgraph's SDL. Descriptions are left out, so that edits can match lines. */
function apiWith(edit: (sdl: string) => string): GraphQLSchema {
  const subgraphs = readSubgraphs().map((subgraph) => {
    const sdl = print(withoutDescriptions(subgraph.typeDefs));
    return { ...subgraph, typeDefs: parse(subgraph.name === 'order' ? edit(sdl) : sdl, { noLocation: true }) };
  });
  return apiOf(compose(subgraphs).supergraphSdl);
}

function withoutDescriptions(typeDefs: DocumentNode): DocumentNode {
  return visit(typeDefs, {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });
}

const withoutSettledAt = (sdl: string) => sdl.replace('  settledAt: DateTime\n', '');
const withNote = (sdl: string) => sdl.replace('  settledAt: DateTime\n', '  settledAt: DateTime\n  remark: String\n');
const withStatus = (sdl: string) => sdl.replace('  REFUNDED\n', '  REFUNDED\n  ARCHIVED\n');

const removal: IntendedChange = { change: 'FIELD_REMOVED', path: 'Order.settledAt', reason: 'No client reads it.' };
const expectedText = "Field 'settledAt' was removed from object type 'Order' (FIELD_REMOVED Order.settledAt)";
const noChanges = { breaking: [], intended: [], dangerous: [], unused: [] };

describe('the changes since the last release', () => {
  test('are empty if nothing has changed', async () => {
    expect(
      await schemaChanges(
        released,
        apiWith((sdl) => sdl),
        [],
      ),
    ).toEqual(noChanges);
  });

  test('report a removed field as breaking', async () => {
    expect(await schemaChanges(released, apiWith(withoutSettledAt), [])).toEqual({
      ...noChanges,
      breaking: [expectedText],
    });
  });

  test('report a removed field that is marked as intended with its reason, and not as a fault', async () => {
    expect(await schemaChanges(released, apiWith(withoutSettledAt), [removal])).toEqual({
      ...noChanges,
      intended: [`${expectedText}: No client reads it.`],
    });
  });

  test('apply a mark only to the change that it names', async () => {
    const other = { ...removal, path: 'Order.quantity' };

    expect(await schemaChanges(released, apiWith(withoutSettledAt), [other])).toEqual({
      ...noChanges,
      breaking: [expectedText],
      unused: ['FIELD_REMOVED Order.quantity'],
    });
  });

  test('do not report an added field, which breaks no client', async () => {
    expect(await schemaChanges(released, apiWith(withNote), [])).toEqual(noChanges);
  });

  test('report an added enum value as dangerous', async () => {
    expect(await schemaChanges(released, apiWith(withStatus), [])).toEqual({
      ...noChanges,
      dangerous: ["Enum value 'ARCHIVED' was added to enum 'OrderStatus' (ENUM_VALUE_ADDED OrderStatus.ARCHIVED)"],
    });
  });
});
