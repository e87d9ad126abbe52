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

/** The operations of the console, the Postman collection and the explorer have three at most. */
export const maxJumps = 50;

export interface Jumps {
  /** How often an operation changes from one subgraph to another, below its root fields. */
  readonly jumps: number;
  /** The number of root fields of a mutation, which are executed one after the other. */
  readonly mutations: number;
}

/** A position in the response. */
interface ResponseNode {
  /** The child nodes by response key. */
  readonly below: Map<string, ResponseNode>;
  /** The subgraphs that are called from here. */
  readonly jumpsTo: Set<string>;
}

interface Position {
  readonly node: ResponseNode;
  readonly parent: GraphQLCompositeType;
  /** The subgraphs that can resolve this part; null at the root, where any may. */
  readonly at: readonly string[] | null;
}

/**
 * Counts the jumps of an operation. Each is a request to a subgraph, and the planner's work grows with the square of
 * their number. A field that several fragments select is fetched, and counted, once.
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

  function enterField({ name, alias }: FieldNode, { node, parent, at }: Position): Position | null {
    const owning = owners.get(`${parent.name}.${name.value}`);
    if (owning === undefined || isUnionType(parent)) return null;
    const key = (alias ?? name).value;
    const here = node.below.get(key) ?? newNode();
    node.below.set(key, here);
    const among = at === null ? owning : owning.filter((subgraph) => at.includes(subgraph));
    if (at === null && operation.operation === OperationTypeNode.MUTATION) mutations.add(key);
    if (among.length === 0 && !node.jumpsTo.has(owning[0]!)) {
      node.jumpsTo.add(owning[0]!);
      jumps += 1;
    }
    const type = getNamedType(parent.getFields()[name.value]?.type);
    return isCompositeType(type) ? { node: here, parent: type, at: among.length === 0 ? owning : among } : null;
  }

  const root = schema.getRootType(operation.operation);
  if (root == null) return { jumps: 0, mutations: 0 };
  const start: Position = { node: newNode(), parent: root, at: null };
  const isWhole = walkExpanded<Position>({ operations: [[operation, start]], document, enter });
  return { jumps: isWhole ? jumps : Infinity, mutations: mutations.size };
}

function newNode(): ResponseNode {
  return { below: new Map(), jumpsTo: new Set() };
}

/** Returns why an operation is refused, or null. */
export function jumpsFault({ jumps, mutations }: Jumps): string | null {
  return jumps + mutations > maxJumps
    ? `An operation may change between services at most ${maxJumps} times. Select fewer fields at once.`
    : null;
}
