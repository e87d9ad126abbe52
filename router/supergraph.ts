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

/** @throws CannotStart if the file cannot be read. */
export function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unusableSupergraph(error);
  }
}

/** Returns the supergraph as a schema, with its directives and the elements that clients cannot see. */
export function supergraphSchema(supergraphSdl: string): GraphQLSchema {
  return buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true });
}

export function unusableSupergraph(error: unknown): CannotStart {
  return new CannotStart(
    `The supergraph (SUPERGRAPH_FILE) cannot be used: ${errorText(error)}\nRun \`npm run compose\`, which writes it.`,
  );
}

/**
 * Returns the fields of Query that several subgraphs resolve, each a part of the object. If one of these subgraphs
 * fails, the other parts are still returned.
 */
export function sharedRootFields(supergraphSdl: string): ReadonlySet<string> {
  const query = parse(supergraphSdl).definitions.find(
    (definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Query',
  );
  const fields = query?.kind === Kind.OBJECT_TYPE_DEFINITION ? (query.fields ?? []) : [];
  return new Set(fields.filter(isShared).map(({ name }) => name.value));
}

/** A field without the directive is resolved wherever its type is. */
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
