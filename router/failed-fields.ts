import {
  type FieldNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { SubgraphOperation } from './subgraph-client.ts';

export type FieldPath = readonly (string | number)[];

/** A response with a thousand rows does not need a thousand errors. */
const maxFields = 100;

/**
 * Returns the fields that are missing if a subgraph does not respond, as paths in the response to its operation.
 *
 * @param sharedRootFields root fields that other subgraphs resolve too: for these, the fields one level below are
 *   returned.
 */
export function failedFields(operation: SubgraphOperation, sharedRootFields: ReadonlySet<string>): FieldPath[] {
  const { variables } = operation;
  const representations = representationsOf(variables);
  return rootFields(operation)
    .flatMap((field): FieldPath[] => {
      if (field.name.value === '_entities') {
        return representations.flatMap((typename, index) =>
          fieldsOf(field.selectionSet, variables, typename).map((inner) => ['_entities', index, keyOf(inner)]),
        );
      }
      if (!sharedRootFields.has(field.name.value)) return [[keyOf(field)]];
      return fieldsOf(field.selectionSet, variables).map((inner) => [keyOf(field), keyOf(inner)]);
    })
    .slice(0, maxFields);
}

function rootFields({ query, variables }: SubgraphOperation): FieldNode[] {
  const [definition] = parse(query, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? fieldsOf(definition.selectionSet, variables) : [];
}

/** Returns the fields of a selection, without those of fragments on types other than `typename`. */
function fieldsOf(
  selectionSet: SelectionSetNode | undefined,
  variables: SubgraphOperation['variables'],
  typename?: string,
): FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection): FieldNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD || !isIncluded(selection, variables)) return [];
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection];
    const isOther = typename !== undefined && selection.typeCondition?.name.value !== typename;
    return isOther ? [] : fieldsOf(selection.selectionSet, variables);
  });
}

function isIncluded(selection: Parameters<typeof getDirectiveValues>[1], variables: SubgraphOperation['variables']) {
  const included = getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] !== false;
  return included && getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] !== true;
}

function representationsOf(variables: SubgraphOperation['variables']): string[] {
  const representations = variables['representations'];
  return Array.isArray(representations) ? representations.map(({ __typename }) => String(__typename)) : [];
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
