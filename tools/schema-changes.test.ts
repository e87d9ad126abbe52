import { beforeAll, describe, expect, test } from '@jest/globals';
import { type ASTNode, type DefinitionNode, type GraphQLSchema, type NameNode, parse, print, visit } from 'graphql';
import { type IntendedChange, schemaChanges } from './schema-changes.ts';
import { apiOf, compose, readSubgraphs } from './supergraph.ts';

let released: GraphQLSchema;

beforeAll(() => {
  released = apiWith();
});

/** The API after an edit of one type of the order subgraph. Descriptions are left out, so that edits can match lines. */
function apiWith([name, edit]: Edit = ['Order', (sdl) => sdl]): GraphQLSchema {
  const editType = (definition: DefinitionNode & { readonly name: NameNode }) =>
    definition.name.value === name ? parse(edit(print(withoutDescriptions(definition)))).definitions[0] : undefined;
  const subgraphs = readSubgraphs().map((subgraph) => {
    if (subgraph.name !== 'order') return subgraph;
    return {
      ...subgraph,
      typeDefs: visit(subgraph.typeDefs, { ObjectTypeDefinition: editType, EnumTypeDefinition: editType }),
    };
  });
  return apiOf(compose(subgraphs).supergraphSdl);
}

type Edit = readonly [type: string, edit: (sdl: string) => string];

function withoutDescriptions<Node extends ASTNode>(node: Node): Node {
  return visit(node, {
    enter: (part) => ('description' in part ? { ...part, description: undefined } : undefined),
  });
}

const withoutSettledAt: Edit = ['Order', (sdl) => sdl.replace('  settledAt: DateTime\n', '')];
const withRemark: Edit = ['Order', (sdl) => sdl.replace('  settledAt: DateTime\n', '$&  remark: String\n')];
const withStatus: Edit = ['OrderStatus', (sdl) => sdl.replace('  REFUNDED\n', '$&  ARCHIVED\n')];

const removal: IntendedChange = { change: 'FIELD_REMOVED', path: 'Order.settledAt', reason: 'No client reads it.' };
const expectedText = "Field 'settledAt' was removed from object type 'Order' (FIELD_REMOVED Order.settledAt)";
const noChanges = { breaking: [], intended: [], dangerous: [], unused: [] };

describe('the changes since the last release', () => {
  test('are empty if nothing has changed', async () => {
    expect(await schemaChanges(released, apiWith(), [])).toEqual(noChanges);
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
    expect(await schemaChanges(released, apiWith(withRemark), [])).toEqual(noChanges);
  });

  test('report an added enum value as dangerous', async () => {
    expect(await schemaChanges(released, apiWith(withStatus), [])).toEqual({
      ...noChanges,
      dangerous: ["Enum value 'ARCHIVED' was added to enum 'OrderStatus' (ENUM_VALUE_ADDED OrderStatus.ARCHIVED)"],
    });
  });
});
