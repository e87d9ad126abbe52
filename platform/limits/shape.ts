import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './asked.ts';

export interface ShapeBounds {
  /** Of fields. */
  readonly depth: number;
  /** Of the schema's own fields. */
  readonly introspectionDepth: number;
  /** Lists of the schema's parts inside one another. */
  readonly introspectionLists: number;
  readonly selections: number;
  /** Of one field. */
  readonly aliases: number;
  /** Of one place of the answer. */
  readonly copies: number;
  /** In one place. */
  readonly directives: number;
}

/**
 * Why a document is not even validated, or null. It is counted as if each fragment were written out wherever it is
 * spread, but none is: what a fragment comes to is counted once. The document need not be valid.
 */
export function shapeFault(document: DocumentNode, bounds: ShapeBounds): string | null {
  const counts = countDocument(document);
  if (counts.depth > bounds.depth) return `An operation is at most ${bounds.depth} fields deep.`;
  if (counts.introspectionDepth > bounds.introspectionDepth || counts.introspectionLists > bounds.introspectionLists) {
    return 'The schema cannot be asked for in such depth.';
  }
  if (counts.selections > bounds.selections) {
    return `A document has at most ${bounds.selections} fields, those of fragments counted wherever they are spread.`;
  }
  if (Math.max(0, ...counts.aliases.values()) > bounds.aliases) {
    return `A field has at most ${bounds.aliases} aliases.`;
  }
  if (counts.directives > bounds.directives) return `At most ${bounds.directives} directives stand in one place.`;
  return null;
}

/**
 * Whether the same place of the answer is asked for too often, which validation compares pair by pair. Fragments are
 * written out here: `shapeFault` has to have passed the document, and none of its fragments may spread itself.
 */
export function copiesFault(document: DocumentNode, { copies }: ShapeBounds): string | null {
  const fragments = fragmentsOf(document);
  const times = new Map<string, number>();

  function visit(selections: readonly SelectionNode[], place: string): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = `${place} ${(selection.alias ?? selection.name).value}`;
        times.set(key, (times.get(key) ?? 0) + 1);
        visit(selection.selectionSet?.selections ?? [], key);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet.selections, place);
      else visit(fragments.get(selection.name.value)?.selectionSet.selections ?? [], place);
    }
  }

  operationsOf(document).forEach((operation, index) => visit(operation.selectionSet.selections, String(index)));
  return [...times.values()].some((count) => count > copies)
    ? `A field is asked for at most ${copies} times in one place.`
    : null;
}

interface Counts {
  /** Levels of fields, those below `__schema` and `__type` apart. */
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly introspectionLists: number;
  /** Fields, and whatever else stands where a field may stand. */
  readonly selections: number;
  /** How often each field has another name in the answer. */
  readonly aliases: ReadonlyMap<string, number>;
  /** The most in one place. */
  readonly directives: number;
}

const nothing: Counts = {
  depth: 0,
  introspectionDepth: 0,
  introspectionLists: 0,
  selections: 0,
  aliases: new Map(),
  directives: 0,
};

function countDocument(document: DocumentNode): Counts {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Counts>();

  function countSet(set: SelectionSetNode | undefined): Counts {
    return sumOf((set?.selections ?? []).map(countSelection));
  }

  function countSelection(selection: SelectionNode): Counts {
    const counts = withDirectives(countsBelow(selection), selection.directives);
    return { ...counts, selections: counts.selections + 1 };
  }

  function countsBelow(selection: SelectionNode): Counts {
    if (selection.kind === Kind.FIELD) return fieldCounts(selection, countSet(selection.selectionSet));
    if (selection.kind === Kind.INLINE_FRAGMENT) return countSet(selection.selectionSet);
    return countFragment(selection.name.value);
  }

  function countFragment(name: string): Counts {
    const before = known.get(name);
    if (before !== undefined) return before;
    // Where a fragment spreads itself, it counts as nothing there: it is refused for that afterwards.
    known.set(name, nothing);
    const fragment = fragments.get(name);
    const counts = withDirectives(countSet(fragment?.selectionSet), fragment?.directives);
    known.set(name, counts);
    return counts;
  }

  return sumOf(
    operationsOf(document).map(({ selectionSet, directives, variableDefinitions = [] }) =>
      variableDefinitions.reduce(
        (counts, variable) => withDirectives(counts, variable.directives),
        withDirectives(countSet(selectionSet), directives),
      ),
    ),
  );
}

function fieldCounts({ name, alias }: FieldNode, below: Counts): Counts {
  const aliases = alias === undefined ? below.aliases : sumOfTimes([below.aliases, new Map([[name.value, 1]])]);
  if (name.value === '__schema' || name.value === '__type') {
    return { ...below, aliases, depth: 1, introspectionDepth: below.depth + 1 };
  }
  const lists = introspectionLists.has(name.value) ? 1 : 0;
  return { ...below, aliases, depth: below.depth + 1, introspectionLists: below.introspectionLists + lists };
}

/** Lists in which the schema's types lead to one another. */
const introspectionLists = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes', 'args']);

function withDirectives(counts: Counts, directives: readonly DirectiveNode[] = []): Counts {
  return directives.length > counts.directives ? { ...counts, directives: directives.length } : counts;
}

function sumOf(counts: readonly Counts[]): Counts {
  const most = (number: (counts: Counts) => number) => Math.max(0, ...counts.map(number));
  return {
    depth: most(({ depth }) => depth),
    introspectionDepth: most(({ introspectionDepth }) => introspectionDepth),
    introspectionLists: most(({ introspectionLists }) => introspectionLists),
    selections: counts.reduce((sum, { selections }) => sum + selections, 0),
    aliases: sumOfTimes(counts.map(({ aliases }) => aliases)),
    directives: most(({ directives }) => directives),
  };
}

function sumOfTimes(all: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const [name, times] of all.flatMap((one) => [...one])) sum.set(name, (sum.get(name) ?? 0) + times);
  return sum;
}

function operationsOf({ definitions }: DocumentNode): OperationDefinitionNode[] {
  return definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}
