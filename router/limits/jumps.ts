import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isUnionType,
  Kind,
  OperationTypeNode,
  type SelectionNode,
} from 'graphql';
import type { RequestedOperation } from '#platform/graphql/limits/requested-operation.ts';
import { walkExpanded } from '#platform/graphql/limits/expand.ts';
import type { FieldOwners } from '../supergraph.ts';

/** The operations of the console, the collection and the explorer have three at most. */
export const maxJumps = 50;

export interface Jumps {
  /** How often an operation leaves a subgraph for another one, below its root fields. */
  readonly jumps: number;
  /** How many mutations it has, which are asked for one after the other. */
  readonly mutations: number;
}

/** A place of the answer. */
interface Place {
  /** The places below it, by their names. */
  readonly below: Map<string, Place>;
  /** The subgraphs that are asked from here. */
  readonly jumpsTo: Set<string>;
}

interface Position {
  readonly place: Place;
  readonly parent: GraphQLCompositeType;
  /** The subgraphs of which one is asked for this part; null at the root, where any may be. */
  readonly at: readonly string[] | null;
}

/**
 * Each is a request to a subgraph, and the planner's work grows with the square of their number. A place of the answer
 * that several fragments ask for counts once, as it is fetched once.
 */
export function countJumps(
  owners: FieldOwners,
  schema: GraphQLSchema,
  { operation, document }: Pick<RequestedOperation, 'operation' | 'document'>,
): Jumps {
  let jumps = 0;
  const mutations = new Set<string>();

  function enter(selection: SelectionNode, position: Position, fragment?: FragmentDefinitionNode): Position | null {
    if (selection.kind === Kind.FIELD) return enterField(selection, position);
    const typeCondition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition : fragment?.typeCondition;
    const condition = typeCondition && schema.getType(typeCondition.name.value);
    return isCompositeType(condition) ? { ...position, parent: condition } : position;
  }

  function enterField({ name, alias }: FieldNode, { place, parent, at }: Position): Position | null {
    const owning = owners.get(`${parent.name}.${name.value}`);
    if (owning === undefined || isUnionType(parent)) return null;
    const key = (alias ?? name).value;
    const here = place.below.get(key) ?? newPlace();
    place.below.set(key, here);
    const among = at === null ? owning : owning.filter((subgraph) => at.includes(subgraph));
    if (at === null && operation.operation === OperationTypeNode.MUTATION) mutations.add(key);
    if (among.length === 0 && !place.jumpsTo.has(owning[0]!)) {
      place.jumpsTo.add(owning[0]!);
      jumps += 1;
    }
    const type = getNamedType(parent.getFields()[name.value]?.type);
    return isCompositeType(type) ? { place: here, parent: type, at: among.length === 0 ? owning : among } : null;
  }

  const root = schema.getRootType(operation.operation);
  if (root == null) return { jumps: 0, mutations: 0 };
  const start: Position = { place: newPlace(), parent: root, at: null };
  const isWhole = walkExpanded<Position>({ operations: [[operation, start]], document, enter });
  return { jumps: isWhole ? jumps : Infinity, mutations: mutations.size };
}

function newPlace(): Place {
  return { below: new Map(), jumpsTo: new Set() };
}

/** Why an operation is not planned, or null. */
export function jumpsFault({ jumps, mutations }: Jumps): string | null {
  return jumps + mutations > maxJumps
    ? `An operation asks one service after another at most ${maxJumps} times: ask for less at once.`
    : null;
}
