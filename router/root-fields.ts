import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/**
 * What an operation asks for at the root: names of fields by the names that they have in the answer, fragments
 * followed. The document is valid, so that fragments do not go in circles, and one name in the answer is one field.
 */
export function rootFields(operation: OperationDefinitionNode, document: DocumentNode): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields.set((selection.alias ?? selection.name).value, selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        collect(fragmentSelections(selection.name.value, document));
      }
    }
  };
  collect(operation.selectionSet);
  return fields;
}

function fragmentSelections(name: string, { definitions }: DocumentNode): SelectionSetNode {
  const fragment = definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
  if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`a valid document has no fragment ${name}`);
  return fragment.selectionSet;
}
