import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLArgument,
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
import { type RequestedOperation, fragmentsOf } from './requested-operation.ts';
import { maxExpanded } from './expand.ts';
import { fieldCost, introspectionWeight, listSize } from './weights.ts';

/** Returns the cost of an operation with these variables. */
export type Cost = (variables: RequestedOperation['variables']) => number;

/** A part of a cost: a number where it does not depend on the variables. */
type Part = number | Cost;

/** The page of a connection: its size, and the lists of the connection that have this size. */
interface Page {
  readonly size: Part;
  readonly fields: readonly string[];
}

const noPage: Page = { size: 0, fields: [] };

/** The maximum nesting of selection sets: more than any limit allows, and few enough for recursion. */
const deepest = 200;

/**
 * Estimates the largest cost of an operation before it runs, from page sizes and the SDL's `@cost` and `@listSize`. An
 * object costs 1 for each time that it can be in the result, a scalar nothing, unless `@cost` says otherwise. Selections
 * that `@include` or `@skip` leave out count too. The cost is infinite for a document with more selections than any
 * limit allows: this bounds the work for any document.
 *
 * @param schema built from SDL with its directives: a subgraph's, or the supergraph.
 */
export function operationCost(
  schema: GraphQLSchema,
  { operation, document }: Pick<RequestedOperation, 'operation' | 'document'>,
): Cost {
  const fragments = fragmentsOf(document);
  const root = schema.getRootType(operation.operation);
  let left = maxExpanded;
  let level = 0;

  function costOfSet({ selections }: SelectionSetNode, parent: GraphQLCompositeType, page: Page): Part {
    left -= selections.length;
    if (level >= deepest) left = -1;
    if (left < 0) return 0;
    level += 1;
    const cost = sum(selections.map((selection) => costOf(selection, parent, page)));
    level -= 1;
    return cost;
  }

  function costOf(selection: SelectionNode, parent: GraphQLCompositeType, page: Page): Part {
    if (selection.kind === Kind.FIELD) return costOfField(selection, parent, page);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment === undefined) return 0;
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
    return costOfSet(fragment.selectionSet, isCompositeType(condition) ? condition : parent, page);
  }

  function costOfField(node: FieldNode, parent: GraphQLCompositeType, page: Page): Part {
    const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (field === undefined) return introspectionWeight(`${parent.name}.${node.name.value}`);
    const type = getNamedType(field.type);
    const { weight } = fieldCost(field);
    if (!isCompositeType(type)) return weight ?? 0;
    const below = node.selectionSet === undefined ? 0 : costOfSet(node.selectionSet, type, pageOf(node, field));
    return product(sizeOf(field, node, page), sum([weight ?? 1, below]));
  }

  function sizeOf(field: GraphQLField<unknown, unknown>, node: FieldNode, page: Page): Part {
    if (!isListType(getNullableType(field.type))) return 1;
    const entities = argumentOf(node, 'representations');
    if (entities !== undefined) return lengthOf(entities);
    if (page.fields.includes(field.name)) return page.size;
    return fieldCost(field).assumedSize ?? listSize;
  }

  function pageOf(node: FieldNode, field: GraphQLField<unknown, unknown>): Page {
    const { slicingArgument, sizedFields } = fieldCost(field);
    const first = field.args.find(({ name }) => name === slicingArgument);
    return first === undefined
      ? noPage
      : { size: pageSizeOf(argumentOf(node, first.name), first), fields: sizedFields };
  }

  function pageSizeOf(value: ValueNode | undefined, first: GraphQLArgument): Part {
    if (value?.kind === Kind.VARIABLE) {
      const name = value.name.value;
      const otherwise = literalOf(defaultOf(name)) ?? first.defaultValue;
      return (variables) => boundedSize(variables[name] ?? otherwise);
    }
    return boundedSize(value === undefined ? first.defaultValue : literalOf(value));
  }

  function defaultOf(variable: string): ValueNode | undefined {
    return operation.variableDefinitions?.find(({ variable: { name } }) => name.value === variable)?.defaultValue;
  }

  const cost = root == null ? 0 : costOfSet(operation.selectionSet, root, noPage);
  if (left < 0) return () => Infinity;
  return typeof cost === 'number' ? () => cost : cost;
}

function argumentOf({ arguments: args = [] }: FieldNode, argument: string): ValueNode | undefined {
  return args.find(({ name }) => name.value === argument)?.value;
}

function literalOf(value: ValueNode | undefined): string | undefined {
  return value?.kind === Kind.INT ? value.value : undefined;
}

/** @returns the largest page for a value that the subgraph will refuse. */
function boundedSize(first: unknown): number {
  // A variable can have any value, even an object that cannot be converted to a number.
  const size = typeof first === 'object' && first !== null ? NaN : Number(first);
  return size >= 0 && size <= largestPage ? size : largestPage;
}

/** @returns the number of entities in a request for them. */
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

function valueOf(part: Part, variables: RequestedOperation['variables']): number {
  return typeof part === 'number' ? part : part(variables);
}
