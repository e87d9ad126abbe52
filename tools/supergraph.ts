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
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { graphqlUrl } from '#subgraphs/settings.ts';

/** The subgraphs' SDL and its composition. */

const root = new URL('../', import.meta.url);

export const supergraphFile = new URL('schema.graphql', root);
export const roverConfigFile = new URL('supergraph.yaml', root);

export interface SubgraphSdl {
  readonly name: SubgraphName;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

export function readSubgraphs(): SubgraphSdl[] {
  return subgraphNames.map((name) => ({
    name,
    url: graphqlUrl(name),
    typeDefs: parse(readFileSync(new URL(sdlFile(name), root), 'utf8'), { noLocation: true }),
  }));
}

/** The file of each subgraph's SDL. */
export const sdlFiles = (): URL[] => subgraphNames.map((name) => new URL(sdlFile(name), root));

/** The SDL of a subgraph, from the root of the project. */
const sdlFile = (name: SubgraphName) => `subgraphs/${name}/schema.graphql`;

/** The text of supergraph.yaml, with which `rover supergraph compose` composes the same supergraph. */
export function roverConfig(): string {
  const listed = subgraphNames.map(
    (name) => `  ${name}:\n    routing_url: ${graphqlUrl(name)}\n    schema:\n      file: ./${sdlFile(name)}\n`,
  );
  return `# Written by \`npm run compose\` from subgraphs/manifest.ts, for \`rover supergraph compose --config supergraph.yaml\`.
federation_version: =2.9.0
subgraphs:
${listed.join('')}`;
}

export interface Composed {
  readonly supergraphSdl: string;
  readonly hints: readonly string[];
}

/** @throws with every composition error. */
export function compose(subgraphs: readonly SubgraphSdl[]): Composed {
  const differing = differingDefinitions(subgraphs);
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

/** @returns the API schema, which clients see. */
export function apiOf(supergraphSdl: string): GraphQLSchema {
  return Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
}

/** Each subgraph declares only the codes that it returns, so these definitions differ on purpose. */
const mergedEnums = ['UserErrorCode'];

function isIntended({ definition, message }: NonNullable<CompositionResult['hints']>[number]): boolean {
  return (
    definition.code === 'INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM' &&
    mergedEnums.some((name) => message.includes(`enum type "${name}"`))
  );
}

/**
 * Finds value types, enums, inputs and scalars whose definitions or descriptions differ between subgraphs. Composition
 * would silently merge or intersect them.
 */
export function differingDefinitions(subgraphs: readonly SubgraphSdl[]): string[] {
  const firstSeen = new Map<string, { subgraph: string; text: string }>();
  return subgraphs.flatMap(({ name: subgraph, typeDefs }) =>
    typeDefs.definitions.filter(isShared).flatMap((definition) => {
      const text = stripIgnoredCharacters(print(definition));
      const other = firstSeen.get(definition.name.value);
      if (other === undefined) firstSeen.set(definition.name.value, { subgraph, text });
      if (other === undefined || other.text === text) return [];
      return [`${definition.name.value} differs between ${other.subgraph} and ${subgraph}`];
    }),
  );
}

/** @returns the types, fields, arguments and enum values without a description, such as `billing: Account.entries.first`. */
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
      return !mergedEnums.includes(definition.name.value);
    case Kind.OBJECT_TYPE_DEFINITION:
      return definition.directives?.some(({ name }) => name.value === 'shareable') ?? false;
    default:
      return false;
  }
}
