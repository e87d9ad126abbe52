import {
  type ArgumentNode,
  type DirectiveNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
} from 'graphql';

import { type Asked, fragmentsOf } from '#platform/limits/asked.ts';

/** Twice as many as a whole request has by default. */
export const mostCharacters = 200_000;

/** What an operation comes to with its fragments written out. */
export interface WrittenOut {
  readonly characters: number;
  /** How often each variable is passed on. */
  readonly uses: ReadonlyMap<string, number>;
}

/**
 * A query plan writes out fragments, and passes a variable on wherever it is used: a long literal in a fragment that is
 * spread everywhere, or a long variable, would leave the router many times.
 */
export function writeOut({ operation, document }: Pick<Asked, 'operation' | 'document'>): WrittenOut {
  const fragments = fragmentsOf(document);
  const defaults = defaultLengths(operation);
  const uses = new Map<string, number>();

  function lengthOf(selection: SelectionNode): number {
    const own = argumentsLength(selection.directives ?? []);
    if (selection.kind === Kind.FIELD) {
      const { name, alias, arguments: args = [], selectionSet } = selection;
      const named = name.value.length + (alias?.value.length ?? 0) + 3;
      return own + named + sum(args, argumentLength) + sum(selectionSet?.selections ?? [], lengthOf);
    }
    const { selectionSet } = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
    return own + sum(selectionSet.selections, lengthOf);
  }

  function argumentsLength(directives: readonly DirectiveNode[]): number {
    return sum(directives, ({ name, arguments: args = [] }) => name.value.length + 2 + sum(args, argumentLength));
  }

  function argumentLength({ name, value }: ArgumentNode): number {
    return name.value.length + 2 + valueLength(value, use);
  }

  function use(variable: string): number {
    uses.set(variable, (uses.get(variable) ?? 0) + 1);
    return variable.length + (defaults.get(variable) ?? 0);
  }

  return { characters: sum(operation.selectionSet.selections, lengthOf), uses };
}

/** Why an operation is not planned, or null. */
export function writtenOutFault({ characters, uses }: WrittenOut, variables: Asked['variables']): string | null {
  let all = characters;
  for (const [name, times] of uses) if (times > 1) all += times * (JSON.stringify(variables[name])?.length ?? 0);
  return all > mostCharacters
    ? `An operation has at most ${mostCharacters} characters, fragments and variables counted wherever they are used.`
    : null;
}

function defaultLengths({ variableDefinitions = [] }: OperationDefinitionNode): ReadonlyMap<string, number> {
  return new Map(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue === undefined ? 0 : valueLength(defaultValue, () => 0),
    ]),
  );
}

/** About as long as it is printed, with what separates it from the next. */
function valueLength(value: ValueNode, use: (variable: string) => number): number {
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

function sum<Item>(items: readonly Item[], lengthOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + lengthOf(item), 0);
}
