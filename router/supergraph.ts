import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type DirectiveNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  Kind,
  parse,
  type ValueNode,
} from 'graphql';
import { errorText } from '#platform/telemetry/log.ts';
import { CannotStart } from '#platform/process/process.ts';

/** @throws CannotStart where the file is not there. */
export function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unusableSupergraph(error);
  }
}

/** The supergraph as a schema, with its directives and with what clients cannot see. */
export function supergraphSchema(supergraphSdl: string): GraphQLSchema {
  return buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true });
}

export function unusableSupergraph(error: unknown): CannotStart {
  return new CannotStart(
    `The supergraph (SUPERGRAPH_FILE) cannot be used: ${errorText(error)}\nRun \`npm run compose\`, which writes it.`,
  );
}

/**
 * The fields of Query that several subgraphs resolve, each its own part of what lies below: where one of these
 * subgraphs fails, the parts of the others are there all the same.
 */
export function sharedRootFields(supergraphSdl: string): ReadonlySet<string> {
  const query = parse(supergraphSdl).definitions.find(
    (definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Query',
  );
  const fields = query?.kind === Kind.OBJECT_TYPE_DEFINITION ? (query.fields ?? []) : [];
  return new Set(fields.filter(isShared).map(({ name }) => name.value));
}

/** Without the directive a field is resolved wherever its type is. */
function isShared({ directives = [] }: FieldDefinitionNode): boolean {
  return directives.filter(({ name }) => name.value === 'join__field').length !== 1;
}

/** The subgraphs that resolve a field, by `Type.field`. */
export type FieldOwners = ReadonlyMap<string, readonly string[]>;

export function fieldOwners(supergraphSdl: string): FieldOwners {
  const owners = new Map<string, readonly string[]>();
  for (const definition of parse(supergraphSdl).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const ofType = graphsNamed(definition.directives, 'join__type');
    for (const { name, directives } of definition.fields ?? []) {
      const ofField = graphsNamed(directives, 'join__field');
      owners.set(`${definition.name.value}.${name.value}`, ofField.length === 0 ? ofType : ofField);
    }
  }
  return owners;
}

function graphsNamed(directives: readonly DirectiveNode[] = [], directive: string): string[] {
  return directives
    .filter(({ name }) => name.value === directive)
    .map(({ arguments: args = [] }) => new Map(args.map(({ name, value }) => [name.value, value])))
    .filter((args) => !isTrue(args.get('external')))
    .flatMap((args) => {
      const graph = args.get('graph');
      return graph?.kind === Kind.ENUM ? [graph.value] : [];
    });
}

function isTrue(value: ValueNode | undefined): boolean {
  return value?.kind === Kind.BOOLEAN && value.value;
}
