import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { largestPage } from '../paging.ts';
import { type Asked, fragmentsOf } from './asked.ts';
import { mostExpanded } from './expand.ts';
import { listSize, listSizes, weights } from './weights.ts';

/** What an operation costs, with these variables. */
export type Cost = (variables: Asked['variables']) => number;

/** What is known of a cost before the variables are; most of an operation's is. */
type Part = number | Cost;

/** Sets of selections inside one another: more than any limit allows, and few enough for a function that calls itself. */
const deepest = 200;

/**
 * How much an operation may ask for at most, in objects: nothing is known yet but the sizes of pages and what
 * weights.ts says. What `@include` and `@skip` leave out counts too. A document that comes to more selections than any
 * limit allows costs infinitely much, so that the work is bounded for any document.
 */
export function operationCost(
  schema: GraphQLSchema,
  { operation, document }: Pick<Asked, 'operation' | 'document'>,
): Cost {
  const fragments = fragmentsOf(document);
  const root = schema.getRootType(operation.operation);
  let left = mostExpanded;
  let level = 0;

  function costOfSet({ selections }: SelectionSetNode, parent: GraphQLCompositeType, pageSize: Part): Part {
    left -= selections.length;
    if (level >= deepest) left = -1;
    if (left < 0) return 0;
    level += 1;
    const cost = sum(selections.map((selection) => costOf(selection, parent, pageSize)));
    level -= 1;
    return cost;
  }

  function costOf(selection: SelectionNode, parent: GraphQLCompositeType, pageSize: Part): Part {
    if (selection.kind === Kind.FIELD) return costOfField(selection, parent, pageSize);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment === undefined) return 0;
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
    return costOfSet(fragment.selectionSet, isCompositeType(condition) ? condition : parent, pageSize);
  }

  function costOfField(node: FieldNode, parent: GraphQLCompositeType, pageSize: Part): Part {
    const place = `${parent.name}.${node.name.value}`;
    const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
    const type = field === undefined ? undefined : getNamedType(field.type);
    if (field === undefined || !isCompositeType(type)) return weights[place] ?? 0;
    const below = node.selectionSet === undefined ? 0 : costOfSet(node.selectionSet, type, pageSizeOf(node, field));
    return product(timesIn(place, field, node, pageSize), sum([weights[place] ?? 1, below]));
  }

  function timesIn(place: string, field: GraphQLField<unknown, unknown>, node: FieldNode, pageSize: Part): Part {
    if (!isListType(getNullableType(field.type))) return 1;
    const entities = argumentOf(node, 'representations');
    if (entities !== undefined) return lengthOf(entities);
    const known = listSizes[place];
    if (known !== undefined) return known;
    return pageSize === 0 ? listSize : pageSize;
  }

  /** The page that a connection's lists have; others have none. */
  function pageSizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>): Part {
    const first = field.args.find(({ name }) => name === 'first');
    if (first === undefined) return 0;
    const value = argumentOf(node, 'first');
    if (value?.kind === Kind.VARIABLE) {
      const name = value.name.value;
      const otherwise = literalOf(defaultOf(name)) ?? first.defaultValue;
      return (variables) => pageOf(variables[name] ?? otherwise);
    }
    return pageOf(value === undefined ? first.defaultValue : literalOf(value));
  }

  function defaultOf(variable: string): ValueNode | undefined {
    return operation.variableDefinitions?.find(({ variable: { name } }) => name.value === variable)?.defaultValue;
  }

  const cost = root == null ? 0 : costOfSet(operation.selectionSet, root, 0);
  if (left < 0) return () => Infinity;
  return typeof cost === 'number' ? () => cost : cost;
}

function argumentOf({ arguments: args = [] }: FieldNode, argument: string): ValueNode | undefined {
  return args.find(({ name }) => name.value === argument)?.value;
}

function literalOf(value: ValueNode | undefined): string | undefined {
  return value?.kind === Kind.INT ? value.value : undefined;
}

/** The subgraph refuses what is no page size. */
function pageOf(first: unknown): number {
  // A variable may be anything, also an object that cannot be made a number.
  const size = typeof first === 'object' && first !== null ? NaN : Number(first);
  return size >= 0 && size <= largestPage ? size : largestPage;
}

/** Of the entities that a subgraph is asked for. */
function lengthOf(representations: ValueNode): Part {
  if (representations.kind === Kind.LIST) return representations.values.length;
  if (representations.kind !== Kind.VARIABLE) return 1;
  const name = representations.name.value;
  return (variables) => (Array.isArray(variables[name]) ? variables[name].length : 1);
}

function sum(parts: readonly Part[]): Part {
  const known = parts.reduce<number>((total, part) => (typeof part === 'number' ? total + part : total), 0);
  const others = parts.filter((part) => typeof part !== 'number');
  if (others.length === 0) return known;
  return (variables) => others.reduce((total, part) => total + part(variables), known);
}

function product(one: Part, other: Part): Part {
  if (typeof one === 'number' && typeof other === 'number') return one * other;
  return (variables) => valueOf(one, variables) * valueOf(other, variables);
}

function valueOf(part: Part, variables: Asked['variables']): number {
  return typeof part === 'number' ? part : part(variables);
}
