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
} from 'graphql';
import { largestPage } from '#platform/paging.ts';
import { type Asked, fragmentsOf } from './asked.ts';
import { listSize, listSizes, weights } from './weights.ts';

/**
 * How much an operation may ask for at most, in objects: nothing is known yet but the sizes of pages and what
 * weights.ts says. What `@include` and `@skip` leave out counts too.
 */
export function operationCost(schema: GraphQLSchema, { operation, document, variables }: Asked): number {
  const fragments = fragmentsOf(document);
  const root = schema.getRootType(operation.operation);

  function costOfSet({ selections }: SelectionSetNode, parent: GraphQLCompositeType, pageSize: number): number {
    return selections.reduce((sum, selection) => sum + costOf(selection, parent, pageSize), 0);
  }

  function costOf(selection: SelectionNode, parent: GraphQLCompositeType, pageSize: number): number {
    if (selection.kind === Kind.FIELD) return costOfField(selection, parent, pageSize);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment === undefined) return 0;
    const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
    return costOfSet(fragment.selectionSet, isCompositeType(condition) ? condition : parent, pageSize);
  }

  function costOfField(node: FieldNode, parent: GraphQLCompositeType, pageSize: number): number {
    const place = `${parent.name}.${node.name.value}`;
    const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
    const type = field === undefined ? undefined : getNamedType(field.type);
    if (field === undefined || !isCompositeType(type)) return weights[place] ?? 0;
    const below = node.selectionSet === undefined ? 0 : costOfSet(node.selectionSet, type, pageSizeOf(node, field));
    return timesIn(place, field, pageSize) * ((weights[place] ?? 1) + below);
  }

  /** The page that a connection's lists have; others have none. */
  function pageSizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const first = field.args.find(({ name }) => name === 'first');
    if (first === undefined) return 0;
    const value = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    const given = value?.kind === Kind.VARIABLE ? variableOf(value.name.value) : value;
    const size = Number(isIntLiteral(given) ? given.value : (given ?? first.defaultValue));
    // The subgraph refuses what is no page size.
    return size >= 0 && size <= largestPage ? size : largestPage;
  }

  function variableOf(name: string): unknown {
    if (variables[name] !== undefined) return variables[name];
    return operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)?.defaultValue;
  }

  return root == null ? 0 : costOfSet(operation.selectionSet, root, 0);
}

function isIntLiteral(value: unknown): value is { readonly value: string } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === Kind.INT && 'value' in value;
}

function timesIn(place: string, field: GraphQLField<unknown, unknown>, pageSize: number): number {
  if (!isListType(getNullableType(field.type))) return 1;
  return listSizes[place] ?? (pageSize > 0 ? pageSize : listSize);
}
