import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './requested-operation.ts';

/**
 * No document has more selections than this once its fragments are expanded: it is the bound of subgraphs, and the
 * router's is lower. Every counter that expands fragments stops here, so that its work is bounded for any document.
 */
export const maxExpanded = 5_000;

export interface Expansion<Context> {
  /** The operations to walk through, each with the context of its own selections. */
  readonly operations: readonly (readonly [operation: Pick<OperationDefinitionNode, 'selectionSet'>, start: Context])[];
  readonly document: DocumentNode;
  /** The walk stops after this many selections. */
  readonly most?: number;
  /**
   * Called with each selection, and with the fragment that it stands for where it is a spread.
   *
   * @returns the context of the selections below it; null to leave them out.
   */
  readonly enter: (selection: SelectionNode, context: Context, fragment?: FragmentDefinitionNode) => Context | null;
}

/**
 * Visits the selections of operations as if each fragment were written out wherever it is spread. The document need
 * not be valid: an unknown fragment is skipped, and one that spreads itself ends at the bound.
 *
 * @returns whether all selections were visited.
 */
export function walkExpanded<Context>({
  operations,
  document,
  most = maxExpanded,
  enter,
}: Expansion<Context>): boolean {
  const fragments = fragmentsOf(document);
  const left: (readonly [{ readonly selectionSet?: SelectionSetNode | undefined }, Context])[] = [...operations];
  let visited = 0;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [{ selectionSet }, context] = next;
    for (const selection of selectionSet?.selections ?? []) {
      visited += 1;
      if (visited > most) return false;
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined;
      const below = enter(selection, context, fragment);
      const expanded = selection.kind === Kind.FRAGMENT_SPREAD ? fragment : selection;
      if (below !== null && expanded?.selectionSet !== undefined) left.push([expanded, below]);
    }
  }
  return true;
}
