import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from '#platform/graphql/limits/requested-operation.ts';

/**
 * Returns the root fields of an operation, including those in fragments: field names by response key. The document is
 * valid, so a key has one field.
 */
export function rootFields(operation: OperationDefinitionNode, document: DocumentNode): ReadonlyMap<string, string> {
  const fragments = fragmentsOf(document);
  const fields = new Map<string, string>();
  const spread = new Set<string>();
  const left: SelectionSetNode[] = [operation.selectionSet];
  for (let set = left.pop(); set !== undefined; set = left.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) fields.set((selection.alias ?? selection.name).value, selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) left.push(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) left.push(fragment.selectionSet);
      }
    }
  }
  return fields;
}
