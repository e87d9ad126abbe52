import { readFileSync } from 'node:fs';
import { composeServices, type CompositionResult } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import {
  type ASTNode,
  parse,
  type DefinitionNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  print,
  stripIgnoredCharacters,
  type TypeDefinitionNode,
  visit,
} from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

/** The subgraphs' SDL, as supergraph.yaml lists them, and what becomes of them together. */

const root = new URL('../', import.meta.url);

export const supergraphFile = new URL('schema.graphql', root);

const config = z.object({
  subgraphs: z.record(z.string(), z.object({ routing_url: z.string(), schema: z.object({ file: z.string() }) })),
});

export interface SubgraphSdl {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

export function readSubgraphs(): SubgraphSdl[] {
  const { subgraphs } = config.parse(parseYaml(readFileSync(new URL('supergraph.yaml', root), 'utf8')));
  return Object.entries(subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    typeDefs: parse(readFileSync(new URL(schema.file, root), 'utf8'), { noLocation: true }),
  }));
}

export interface Composed {
  readonly supergraphSdl: string;
  readonly hints: readonly string[];
}

/** @throws with every fault of composition, where the subgraphs do not fit together. */
export function compose(subgraphs: readonly SubgraphSdl[]): Composed {
  const differing = differingCopies(subgraphs);
  const result = composeServices([...subgraphs]);
  const faults = [...(result.errors ?? []).map(({ message }) => message), ...differing];
  if (result.supergraphSdl === undefined || faults.length > 0) {
    throw new Error(`The subgraphs do not compose:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
  return {
    supergraphSdl: `# Composed from subgraphs/*/schema.graphql by \`npm run compose\`: change those.\n${result.supergraphSdl}\n`,
    hints: result.hints.filter((hint) => !isIntended(hint)).map((hint) => hint.toString()),
  };
}

/** What clients see of a supergraph. */
export function apiOf(supergraphSdl: string): GraphQLSchema {
  return Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
}

/** Each subgraph declares the codes that it returns, so these copies differ on purpose. */
const unitedEnums = ['UserErrorCode'];

function isIntended({ definition, message }: NonNullable<CompositionResult['hints']>[number]): boolean {
  return (
    definition.code === 'INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM' &&
    unitedEnums.some((name) => message.includes(`enum type "${name}"`))
  );
}

/**
 * Value types, enums, inputs and scalars that stand in several subgraphs have to be the same in each,
 * descriptions included: composition alone would unite or intersect what differs.
 */
export function differingCopies(subgraphs: readonly SubgraphSdl[]): string[] {
  const first = new Map<string, { subgraph: string; text: string }>();
  return subgraphs.flatMap(({ name: subgraph, typeDefs }) =>
    typeDefs.definitions.filter(isShared).flatMap((definition) => {
      const text = stripIgnoredCharacters(print(definition));
      const other = first.get(definition.name.value);
      if (other === undefined) first.set(definition.name.value, { subgraph, text });
      if (other === undefined || other.text === text) return [];
      return [`${definition.name.value} differs between ${other.subgraph} and ${subgraph}`];
    }),
  );
}

/** The types, fields, arguments and enum values without a description, as `billing: Account.entries.first`. */
export function undescribed(subgraphs: readonly SubgraphSdl[]): string[] {
  return subgraphs.flatMap(({ name: subgraph, typeDefs }) => {
    const found: string[] = [];
    const path: string[] = [];
    visit(typeDefs, {
      enter(node) {
        if (!isDescribable(node)) return;
        path.push(node.name.value);
        if (node.description === undefined) found.push(`${subgraph}: ${path.join('.')}`);
      },
      leave(node) {
        if (isDescribable(node)) path.pop();
      },
    });
    return found;
  });
}

type Describable = TypeDefinitionNode | FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

function isDescribable(node: ASTNode): node is Describable {
  return (
    isTypeDefinitionNode(node) ||
    node.kind === Kind.FIELD_DEFINITION ||
    node.kind === Kind.INPUT_VALUE_DEFINITION ||
    node.kind === Kind.ENUM_VALUE_DEFINITION
  );
}

function isShared(definition: DefinitionNode): definition is TypeDefinitionNode {
  switch (definition.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return true;
    case Kind.ENUM_TYPE_DEFINITION:
      return !unitedEnums.includes(definition.name.value);
    case Kind.OBJECT_TYPE_DEFINITION:
      return definition.directives?.some(({ name }) => name.value === 'shareable') ?? false;
    default:
      return false;
  }
}
