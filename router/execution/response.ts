import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { clientName } from './client-names.ts';
import { type Complete, completeOnce, type Completion, invalidBy, note, nullBy, prepareLeaf } from './completion.ts';
import { type Data, memberOf, type Run, type Variables } from './run.ts';

/** The client's data, and the faults in the subgraphs' data that no error explains. */
export interface Response {
  readonly data: Data | null;
  readonly faults: readonly GraphQLError[];
}

/**
 * Prepares the response from the subgraphs' data. That data has additional fields (keys, type names) and may lack some.
 * The response has exactly the selected fields in their order, and nulls propagate as the specification says.
 *
 * @see https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
 */
export function prepareResponse(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): (run: Pick<Run, 'data' | 'shared' | 'errors'>, variables: Variables) => Response {
  const root = schema.getRootType(operation.operation)!;
  const newOutput = outputs(operation, Object.values(fragments));
  const fill = prepareSelections({ schema, fragments, newOutput }, operation.selectionSet, root);
  return ({ data, shared, errors }, variables) => {
    const completion: Completion = {
      variables,
      path: [],
      errors,
      faults: [],
      faultCount: 0,
      shared,
      isShared: false,
      isNullByFault: false,
    };
    const output = newOutput();
    const isWhole = fill(data, output, root, completion);
    return { data: isWhole ? output : null, faults: completion.faults };
  };
}

/** Returns a factory of output objects, without a prototype if a response key, such as `constructor`, is in it. */
function outputs(operation: OperationDefinitionNode, fragments: readonly FragmentDefinitionNode[]): () => Data {
  let hasPrototypeName = false;
  for (const definition of [operation, ...fragments]) {
    visit(definition, {
      Field: ({ alias, name }) => {
        hasPrototypeName ||= clientName((alias ?? name).value) in Object.prototype;
      },
    });
  }
  return hasPrototypeName ? () => Object.create(null) as Data : () => ({});
}

interface Preparation {
  readonly newOutput: () => Data;
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** Adds a selection to the output; returns false if the whole object must be null. */
type Fill = (input: Data, output: Data, parent: GraphQLCompositeType, completion: Completion) => boolean;

/** Marks a null in a non-null position. */
const invalid = Symbol('invalid');

function prepareSelections(preparation: Preparation, set: SelectionSetNode, parent: GraphQLCompositeType): Fill {
  const fills = set.selections.map((selection) => prepareSelection(preparation, selection, parent));
  return (input, output, type, completion) => {
    for (const fill of fills) if (!fill(input, output, type, completion)) return false;
    return true;
  };
}

function prepareSelection(preparation: Preparation, selection: SelectionNode, parent: GraphQLCompositeType): Fill {
  const fill =
    selection.kind === Kind.FIELD
      ? prepareField(preparation, selection, parent)
      : prepareFragment(preparation, selection, parent);
  const conditions = (selection.directives ?? []).flatMap(prepareCondition);
  if (conditions.length === 0) return fill;
  return (input, output, type, completion) =>
    !conditions.every((isMet) => isMet(completion.variables)) || fill(input, output, type, completion);
}

function prepareCondition(directive: DirectiveNode): ((variables: Variables) => boolean)[] {
  const { name, arguments: given } = directive;
  if (name.value !== 'skip' && name.value !== 'include') return [];
  const wanted = name.value === 'include';
  const value = given?.find((argument) => argument.name.value === 'if')?.value;
  if (value?.kind !== Kind.VARIABLE) return [() => value?.kind === Kind.BOOLEAN && value.value === wanted];
  return [
    (variables) => {
      const given = variables[value.name.value];
      if (typeof given === 'boolean') return given === wanted;
      throw new Error(`Unexpected value ${JSON.stringify(given)} for variable ${print(value)} of ${print(directive)}`);
    },
  ];
}

type FragmentNode = Exclude<SelectionNode, FieldNode>;

function prepareFragment(preparation: Preparation, node: FragmentNode, parent: GraphQLCompositeType): Fill {
  const { schema, fragments } = preparation;
  const { typeCondition, selectionSet } = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value]! : node;
  if (typeCondition === undefined) return prepareSelections(preparation, selectionSet, parent);
  const condition = compositeType(schema, typeCondition.name.value)!;
  const fill = prepareSelections(preparation, selectionSet, condition);
  return (input, output, type, completion) => {
    const typename = input['__typename'];
    const known = typeof typename === 'string' ? compositeType(schema, typename) : type;
    const applies = typename === condition.name || (known !== undefined && isSubtype(schema, condition, known));
    return !applies || fill(input, output, condition, completion);
  };
}

function compositeType(schema: GraphQLSchema, name: string): GraphQLCompositeType | undefined {
  const type = schema.getType(name);
  return isCompositeType(type) ? type : undefined;
}

function isSubtype(schema: GraphQLSchema, condition: GraphQLCompositeType, type: GraphQLCompositeType): boolean {
  return condition === type || (!isObjectType(condition) && !isUnionType(type) && schema.isSubType(condition, type));
}

function prepareField(preparation: Preparation, node: FieldNode, parent: GraphQLCompositeType): Fill {
  const key = (node.alias ?? node.name).value;
  const shown = clientName(key);
  if (node.name.value === '__typename') return prepareTypename(preparation, key);
  const { type } = (parent as Exclude<GraphQLCompositeType, { getTypes: unknown }>).getFields()[node.name.value]!;
  const complete = prepareValue(preparation, type, node.selectionSet);
  const isLeaf = node.selectionSet === undefined;
  const read = key in Object.prototype ? memberOf : (data: Data, key: string) => data[key];
  return (input, output, type, completion) => {
    const before = output[shown];
    if (before === null || (isLeaf && before !== undefined)) return true;
    completion.path.push(shown);
    const value = complete(read(input, key) ?? null, before, type, completion);
    completion.path.pop();
    output[shown] = value === invalid ? null : value;
    return value !== invalid;
  };
}

function prepareTypename({ schema }: Preparation, key: string): Fill {
  const shown = clientName(key);
  return (input, output, parent, completion) => {
    if (output[shown] !== undefined) return true;
    const typename = input[key] ?? input['__typename'];
    const type = (typeof typename === 'string' ? schema.getType(typename) : undefined) ?? parent;
    if (!isObjectType(type)) {
      note('Invalid __typename found for object at', parent, parent, completion);
      return false;
    }
    output[shown] = type.name;
    return true;
  };
}

function prepareValue(preparation: Preparation, type: GraphQLOutputType, set: SelectionSetNode | undefined): Complete {
  if (isNonNullType(type)) return prepareNonNull(type.ofType, prepareValue(preparation, type.ofType, set));
  if (isListType(type)) return completeOnce(prepareList(prepareValue(preparation, type.ofType, set), type));
  return isCompositeType(type) ? completeOnce(prepareObject(preparation, type, set!)) : prepareLeaf(type);
}

function prepareNonNull(type: GraphQLOutputType, complete: Complete): Complete {
  return (input, before, parent, completion) => {
    const value = complete(input, before, parent, completion);
    if (value !== null) return value;
    if (!completion.isNullByFault) note('Cannot return null for non-nullable', type, parent, completion);
    return invalid;
  };
}

function prepareList(complete: Complete, type: GraphQLOutputType): Complete {
  return (input, before, parent, completion) => {
    if (input === null) return nullBy(false, completion);
    if (!Array.isArray(input)) return invalidBy('Invalid non-list value found for', type, parent, completion);
    const items = itemsOf(before, completion);
    let isWhole = true;
    for (const [index, item] of input.entries()) {
      if (items[index] === null) continue;
      completion.path.push(index);
      const value = complete(item ?? null, items[index], parent, completion);
      completion.path.pop();
      items[index] = value === invalid ? null : value;
      if (value === invalid) isWhole = false;
    }
    return isWhole ? items : nullBy(true, completion);
  };
}

function itemsOf(before: unknown, { isShared }: Completion): unknown[] {
  if (!Array.isArray(before)) return [];
  return isShared ? [...before] : before;
}

function outputOf(before: Data | undefined, { isShared }: Completion, newOutput: () => Data): Data {
  if (before === undefined) return newOutput();
  return isShared ? Object.assign(newOutput(), before) : before;
}

function prepareObject(preparation: Preparation, type: GraphQLCompositeType, set: SelectionSetNode): Complete {
  const { schema, newOutput } = preparation;
  const fill = prepareSelections(preparation, set, type);
  return (input, before, parent, completion) => {
    if (input === null) return nullBy(false, completion);
    if (typeof input !== 'object') return invalidBy('Invalid non-object value found for', type, parent, completion);
    const { __typename: typename } = input as { __typename?: string };
    const own = typename === undefined || typename === type.name ? type : compositeType(schema, typename);
    if (own === undefined) return invalidBy('Invalid __typename found for object at', type, parent, completion);
    const output = outputOf(before as Data | undefined, completion, newOutput);
    return fill(input as Data, output, own, completion) ? output : nullBy(true, completion);
  };
}
