import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isUnionType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { type Asked, fragmentsOf } from '#platform/limits/asked.ts';
import type { FieldOwners } from '../supergraph.ts';

/** The operations of the console, the collection and the explorer have three at most. */
export const mostJumps = 50;

export interface Jumps {
  /** How often an operation leaves a subgraph for another one, below its root fields. */
  readonly jumps: number;
  /** How many mutations it has, which are asked for one after the other. */
  readonly mutations: number;
}

/**
 * Each is a request to a subgraph, and what the planner does grows with the square of their number. A place of the answer
 * that is asked for by several fragments counts once, as it is fetched once.
 */
export function countJumps(
  owners: FieldOwners,
  schema: GraphQLSchema,
  { operation, document }: Pick<Asked, 'operation' | 'document'>,
): Jumps {
  const fragments = fragmentsOf(document);
  const jumps = new Set<string>();
  const mutations = new Set<string>();

  /** @param at the subgraphs of which one is asked for this part; null where any may be. */
  function walk({ selections }: SelectionSetNode, parent: GraphQLCompositeType, place: string, at: Subgraphs | null) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) walkField(selection, parent, place, at);
      else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
        const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
        walk(fragment.selectionSet, isCompositeType(condition) ? condition : parent, place, at);
      }
    }
  }

  function walkField(
    { name, alias, selectionSet }: FieldSelection,
    parent: GraphQLCompositeType,
    place: string,
    at: Subgraphs | null,
  ) {
    const owning = owners.get(`${parent.name}.${name.value}`);
    if (owning === undefined || isUnionType(parent)) return;
    const here = `${place}.${(alias ?? name).value}`;
    const among = at === null ? owning : owning.filter((subgraph) => at.includes(subgraph));
    if (at === null && operation.operation === OperationTypeNode.MUTATION) mutations.add(here);
    if (among.length === 0) jumps.add(`${place} ${owning[0]}`);
    const type = getNamedType(parent.getFields()[name.value]?.type);
    if (selectionSet === undefined || !isCompositeType(type)) return;
    walk(selectionSet, type, here, among.length === 0 ? owning : among);
  }

  walk(operation.selectionSet, schema.getRootType(operation.operation)!, '', null);
  return { jumps: jumps.size, mutations: mutations.size };
}

type Subgraphs = readonly string[];
type FieldSelection = Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>;

/** Why an operation is not planned, or null. */
export function jumpsFault({ jumps, mutations }: Jumps): string | null {
  return jumps + mutations > mostJumps
    ? `An operation asks one service after another at most ${mostJumps} times, and this one ${jumps + mutations} times.`
    : null;
}
