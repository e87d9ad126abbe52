import { readFileSync } from 'node:fs';
import { type FieldDefinitionNode, Kind, parse } from 'graphql';
import { errorText } from '#platform/log.ts';
import { CannotStart } from '#platform/process.ts';

/** @throws CannotStart where the file is not there. */
export function readSupergraph(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unusableSupergraph(error);
  }
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
