import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** The root fields that a client whose token is no good any more has to be able to ask for. */
const publicFields = new Set(['register', 'login', 'refreshToken', 'logout']);

/**
 * Whether an operation's answer depends on the token: `never` where all that it asks for is public, or is about the
 * schema; `partly` where only some of it is public; else `wholly`.
 */
export type TokenDependence = 'never' | 'partly' | 'wholly';

export function tokenDependence(operation: OperationDefinitionNode, document: DocumentNode): TokenDependence {
  const asked = [...rootFields(operation.selectionSet, document)].filter((name) => !name.startsWith('__'));
  if (asked.every((name) => publicFields.has(name))) return 'never';
  return asked.some((name) => publicFields.has(name)) ? 'partly' : 'wholly';
}

/** The names of an operation's root fields, fragments followed; the document is valid, so these do not go in circles. */
function rootFields(selectionSet: SelectionSetNode, document: DocumentNode): Set<string> {
  const names = new Set<string>();
  const spread = new Set<string>();
  const collect = (selections: SelectionSetNode['selections']): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet.selections);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        collect(fragmentSelections(selection.name.value, document));
      }
    }
  };
  collect(selectionSet.selections);
  return names;
}

function fragmentSelections(name: string, { definitions }: DocumentNode): SelectionSetNode['selections'] {
  const fragment = definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
  return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fragment.selectionSet.selections : [];
}
