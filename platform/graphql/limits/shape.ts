import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './requested-operation.ts';
import { walkExpanded } from './expand.ts';

export interface ShapeBounds {
  /** Levels of selections, including those of fragments. Recursive functions rely on this limit. */
  readonly nesting: number;
  readonly operations: number;
  /** Levels of fields. */
  readonly depth: number;
  /** Levels of introspection fields. */
  readonly introspectionDepth: number;
  /** Nested lists in an introspection. */
  readonly introspectionLists: number;
  readonly selections: number;
  /** Aliases of one field. */
  readonly aliases: number;
  /** Copies of one field of the response. */
  readonly copies: number;
  /** Directives on one node. */
  readonly directives: number;
}

/**
 * Returns why a document is refused before it is validated, or null. A fragment counts at each spread but is walked once:
 * the work is linear in the document. The document need not be valid.
 */
export function shapeFault(document: DocumentNode, bounds: ShapeBounds): string | null {
  if (operationsOf(document).length > bounds.operations) {
    return `A document has at most ${bounds.operations} operations.`;
  }
  const counts = countDocument(document, bounds.nesting);
  if (counts.nesting > bounds.nesting) {
    return `A document is nested at most ${bounds.nesting} levels deep, its fragments included.`;
  }
  if (counts.depth > bounds.depth) return `An operation is at most ${bounds.depth} fields deep.`;
  if (counts.introspectionDepth > bounds.introspectionDepth || counts.introspectionLists > bounds.introspectionLists) {
    return 'The introspection is nested too deeply.';
  }
  if (counts.selections > bounds.selections) return tooManySelections(bounds);
  if (counts.directives > bounds.directives)
    return `A field or fragment must not have more than ${bounds.directives} directives.`;
  return null;
}

/** A field of the response: how often it is selected, and the fields below it, by name. */
interface ResponseField {
  times: number;
  readonly below: Map<string, ResponseField>;
}

/**
 * Returns why a document is refused for its repetitions, or null: too many aliases of a field, or too many selections of one
 * field of the response, which validation compares in pairs. Fragments are expanded, up to the limit of selections.
 */
export function copiesFault(document: DocumentNode, bounds: ShapeBounds): string | null {
  const aliases = new Map<string, number>();
  let maxCopies = 0;

  function enter(selection: SelectionNode, parent: ResponseField): ResponseField {
    if (selection.kind !== Kind.FIELD) return parent;
    const { name, alias } = selection;
    if (alias !== undefined) aliases.set(name.value, (aliases.get(name.value) ?? 0) + 1);
    const key = (alias ?? name).value;
    const found = parent.below.get(key) ?? { times: 0, below: new Map() };
    parent.below.set(key, found);
    found.times += 1;
    maxCopies = Math.max(maxCopies, found.times);
    return found;
  }

  const operations = operationsOf(document).map((operation) => [operation, { times: 0, below: new Map() }] as const);
  const isWhole = walkExpanded<ResponseField>({ operations, document, most: bounds.selections, enter });
  if (!isWhole) return tooManySelections(bounds);
  if (Math.max(0, ...aliases.values()) > bounds.aliases) return `A field has at most ${bounds.aliases} aliases.`;
  return maxCopies > bounds.copies
    ? `A field must not be selected more than ${bounds.copies} times at one path.`
    : null;
}

function tooManySelections({ selections }: ShapeBounds): string {
  return `A document has at most ${selections} fields, those of fragments counted wherever they are spread.`;
}

interface Counts {
  /** Levels of selections, including those of fragments. */
  readonly nesting: number;
  /** Levels of fields, except those below `__schema` and `__type`. */
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly introspectionLists: number;
  /** Fields, fragment spreads and inline fragments. */
  readonly selections: number;
  /** The most directives on one node. */
  readonly directives: number;
}

const nothing: Counts = {
  nesting: 0,
  depth: 0,
  introspectionDepth: 0,
  introspectionLists: 0,
  selections: 0,
  directives: 0,
};

/** @param maxNesting deeper levels are not counted: the document is refused for them. */
function countDocument(document: DocumentNode, maxNesting: number): Counts {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Counts>();

  function countSet(set: SelectionSetNode | undefined, level: number): Counts {
    if (set === undefined) return nothing;
    if (level > maxNesting) return { ...nothing, nesting: 1 };
    const counts = sumOf(set.selections.map((selection) => countSelection(selection, level + 1)));
    return { ...counts, nesting: counts.nesting + 1 };
  }

  function countSelection(selection: SelectionNode, level: number): Counts {
    const counts = withDirectives(countsBelow(selection, level), selection.directives);
    return { ...counts, selections: counts.selections + 1 };
  }

  function countsBelow(selection: SelectionNode, level: number): Counts {
    if (selection.kind === Kind.FIELD) return fieldCounts(selection, countSet(selection.selectionSet, level));
    if (selection.kind === Kind.INLINE_FRAGMENT) return countSet(selection.selectionSet, level);
    return countFragment(selection.name.value, level);
  }

  function countFragment(name: string, level: number): Counts {
    const before = known.get(name);
    if (before !== undefined) return before;
    // A fragment that spreads itself counts as nothing there. The document is refused for it later.
    known.set(name, nothing);
    const fragment = fragments.get(name);
    const counts = withDirectives(countSet(fragment?.selectionSet, level), fragment?.directives);
    known.set(name, counts);
    return counts;
  }

  return sumOf(
    operationsOf(document).map(({ selectionSet, directives, variableDefinitions = [] }) =>
      variableDefinitions.reduce(
        (counts, variable) => withDirectives(counts, variable.directives),
        withDirectives(countSet(selectionSet, 0), directives),
      ),
    ),
  );
}

function fieldCounts({ name }: FieldNode, below: Counts): Counts {
  if (name.value === '__schema' || name.value === '__type') {
    return { ...below, depth: 1, introspectionDepth: below.depth + 1 };
  }
  const lists = introspectionLists.has(name.value) ? 1 : 0;
  return { ...below, depth: below.depth + 1, introspectionLists: below.introspectionLists + lists };
}

/** The lists by which types of an introspection refer to each other. */
const introspectionLists = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes', 'args']);

function withDirectives(counts: Counts, directives: readonly DirectiveNode[] = []): Counts {
  return directives.length > counts.directives ? { ...counts, directives: directives.length } : counts;
}

function sumOf(counts: readonly Counts[]): Counts {
  const most = (number: (counts: Counts) => number) => counts.reduce((found, one) => Math.max(found, number(one)), 0);
  return {
    nesting: most(({ nesting }) => nesting),
    depth: most(({ depth }) => depth),
    introspectionDepth: most(({ introspectionDepth }) => introspectionDepth),
    introspectionLists: most(({ introspectionLists }) => introspectionLists),
    selections: counts.reduce((sum, { selections }) => sum + selections, 0),
    directives: most(({ directives }) => directives),
  };
}

function operationsOf({ definitions }: DocumentNode): OperationDefinitionNode[] {
  return definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}
