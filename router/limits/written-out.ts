import { type ArgumentNode, Kind, type OperationDefinitionNode, type SelectionNode, type ValueNode } from 'graphql';
import type { RequestedOperation } from '#platform/graphql/limits/requested-operation.ts';
import { walkExpanded } from '#platform/graphql/limits/expand.ts';

/** Twice the default size of a whole request. */
export const maxCharacters = 200_000;

/** The size of an operation once its fragments are expanded. */
export interface WrittenOut {
  readonly characters: number;
  /** How often each variable is used. */
  readonly uses: ReadonlyMap<string, number>;
}

/**
 * Measures an operation with its fragments expanded. A query plan expands fragments and repeats a variable at each use.
 * So the router would send a long literal in a fragment, or a long variable, many times.
 */
export function writeOut({ operation, document }: Pick<RequestedOperation, 'operation' | 'document'>): WrittenOut {
  const times = new Map<SelectionNode, number>();
  const count = (selection: SelectionNode) => times.set(selection, (times.get(selection) ?? 0) + 1);
  const isWhole = walkExpanded({ operations: [[operation, times]], document, enter: count });
  if (!isWhole) return { characters: Infinity, uses: new Map() };

  const defaults = defaultLengths(operation);
  const uses = new Map<string, number>();
  let characters = 0;
  for (const [selection, count] of times) {
    const use = (variable: string) => {
      uses.set(variable, (uses.get(variable) ?? 0) + count);
      return variable.length + (defaults.get(variable) ?? 0);
    };
    characters += count * ownLength(selection, use);
  }
  return { characters, uses };
}

/** Returns why an operation is refused, or null. */
export function writtenOutFault(
  { characters, uses }: WrittenOut,
  variables: RequestedOperation['variables'],
): string | null {
  let all = characters;
  for (const [name, times] of uses) if (times > 1) all += times * variableLength(variables[name]);
  return all > maxCharacters
    ? `An operation has at most ${maxCharacters} characters, with fragments and variables counted at each use.`
    : null;
}

type Use = (variable: string) => number;

/** Returns the length of a selection without its sub-selections. */
function ownLength(selection: SelectionNode, use: Use): number {
  const directives = sum(
    selection.directives ?? [],
    ({ name, arguments: args }) => name.value.length + 2 + argumentsLength(args, use),
  );
  if (selection.kind !== Kind.FIELD) return directives;
  const { name, alias, arguments: args } = selection;
  return directives + name.value.length + (alias?.value.length ?? 0) + 3 + argumentsLength(args, use);
}

function argumentsLength(args: readonly ArgumentNode[] = [], use: Use): number {
  return sum(args, ({ name, value }) => name.value.length + 2 + valueLength(value, use));
}

function defaultLengths({ variableDefinitions = [] }: OperationDefinitionNode): ReadonlyMap<string, number> {
  return new Map(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue === undefined ? 0 : valueLength(defaultValue, () => 0),
    ]),
  );
}

/** Returns the approximate length of a printed value, with its separator. */
function valueLength(value: ValueNode, use: Use): number {
  switch (value.kind) {
    case Kind.VARIABLE:
      return use(value.name.value);
    case Kind.LIST:
      return 2 + sum(value.values, (item) => valueLength(item, use));
    case Kind.OBJECT:
      return 2 + sum(value.fields, (field) => field.name.value.length + 2 + valueLength(field.value, use));
    case Kind.NULL:
    case Kind.BOOLEAN:
      return 6;
    default:
      return value.value.length + 4;
  }
}

/** Returns the approximate length of a variable's JSON, without recursion, since it may be nested deeply. */
function variableLength(variable: unknown): number {
  const left = [variable];
  let length = 0;
  while (left.length > 0) {
    const value = left.pop();
    length += 4 + (typeof value === 'string' ? value.length : 0);
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      length += name.length;
      left.push(inner);
    }
  }
  return length;
}

function sum<Item>(items: readonly Item[], lengthOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + lengthOf(item), 0);
}
