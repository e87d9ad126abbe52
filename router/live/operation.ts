import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  separateOperations,
  specifiedRules,
  TypeInfo,
  validate,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { fault, type FaultCode } from '#platform/errors/faults.ts';

/** A subscription as a query, which is read at each possible change. */
export type LiveOperation = LiveRead &
  (
    | { readonly field: 'orderUpdated'; readonly orderId: string }
    /** The variable of the notification's id in the query. */
    | { readonly field: 'notificationAdded'; readonly idVariable: string }
  );

interface LiveRead {
  /** The response key of the field. */
  readonly key: string;
  /** The same selection and the marks, below a field of Query that the gateway can plan. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The aliases of the fields that the stream itself needs. */
  readonly marks: { readonly status: string; readonly createdAt: string };
}

export interface LiveRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The operation is not a valid subscription, for one or more reasons. */
export class RefusedOperation extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLError[], code: FaultCode) {
    super(errors.map(({ message }) => message).join('; '));
    this.name = 'RefusedOperation';
    this.errors = errors.map((error) => ({ ...error.toJSON(), extensions: { code } }));
  }
}

const maxErrors = 20;

/**
 * Turns a subscription into a query. The root field becomes the field of Query for the same object, under the client's
 * response key; fragments, variables and directives stay.
 *
 * @throws RefusedOperation, BAD_REQUEST, OPERATION_RESOLUTION_FAILURE
 */
export function liveOperation(schema: GraphQLSchema, request: LiveRequest): LiveOperation {
  const document = parsed(request.query);
  refuse(validate(schema, document, specifiedRules, { maxErrors }), 'GRAPHQL_VALIDATION_FAILED');
  const operation = chosen(document, request.operationName);
  const own = separateOperations(document)[operation.name?.value ?? '']!;
  const variables = request.variables ?? {};
  const { coerced, errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    maxErrors,
  });
  refuse(errors, 'BAD_USER_INPUT');

  const prefix = unusedPrefix(request.query);
  const marks = { status: `${prefix}status`, createdAt: `${prefix}createdAt` };
  const idVariable = `${prefix}id`;
  const { field, query } = asQuery(schema, own, marks, idVariable);
  if (field === undefined) throw fault('BAD_REQUEST', 'The subscription selects no field.');
  const read = { key: (field.alias ?? field.name).value, query, variables, marks };
  if (field.name.value === 'notificationAdded') return { ...read, field: 'notificationAdded', idVariable };
  const definition = schema.getSubscriptionType()?.getFields()['orderUpdated'];
  if (definition === undefined) throw new Error('the supergraph has no Subscription.orderUpdated');
  const { id } = getArgumentValues(definition, field, coerced);
  return { ...read, field: 'orderUpdated', orderId: String(id) };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new RefusedOperation([error], 'GRAPHQL_PARSE_FAILED');
  }
}

function refuse(errors: readonly GraphQLError[], code: FaultCode): void {
  if (errors.length > 0) throw new RefusedOperation(errors, code);
}

function chosen(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (operation == null) {
    throw fault('OPERATION_RESOLUTION_FAILURE', 'Set `operationName`: the document has several operations.');
  }
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
    throw fault(
      'BAD_REQUEST',
      'Only a subscription can be streamed: send queries and mutations to /graphql with Accept: application/json.',
    );
  }
  return operation;
}

/** Returns a prefix that no name in the text has, in one pass over the text. */
function unusedPrefix(text: string): string {
  const longest = [...text.matchAll(/live_+/g)].reduce((most, [taken]) => Math.max(most, taken.length), 0);
  return longest === 0 ? 'live_' : `live${'_'.repeat(longest - 3)}`;
}

function asQuery(schema: GraphQLSchema, document: DocumentNode, marks: LiveRead['marks'], idVariable: string) {
  const typeInfo = new TypeInfo(schema);
  const root = schema.getSubscriptionType();
  let field: FieldNode | undefined;

  const query = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave: (node) => {
          if (typeInfo.getParentType() !== root) return undefined;
          field ??= node;
          return node.name.value === 'notificationAdded'
            ? readInstead(node, 'notification', [idArgument(idVariable)], [marks.createdAt, 'createdAt'])
            : readInstead(node, 'order', node.arguments, [marks.status, 'status']);
        },
      },
      InlineFragment: { leave: (node) => onQuery(node, root?.name) },
      FragmentDefinition: { leave: (node) => onQuery(node, root?.name) },
    }),
  );
  const definitions = query.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? { ...definition, operation: OperationTypeNode.QUERY, variableDefinitions: variablesOf(definition) }
      : definition,
  );

  function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode): readonly VariableDefinitionNode[] {
    return field?.name.value === 'notificationAdded'
      ? [...variableDefinitions, idDefinition(idVariable)]
      : variableDefinitions;
  }

  return { field, query: print({ ...query, definitions }) };
}

function readInstead(
  node: FieldNode,
  field: string,
  args: readonly ArgumentNode[] | undefined,
  [alias, marked]: readonly [alias: string, marked: string],
): FieldNode {
  const mark: FieldNode = { kind: Kind.FIELD, alias: name(alias), name: name(marked) };
  return {
    ...node,
    alias: node.alias ?? node.name,
    name: name(field),
    ...(args === undefined ? {} : { arguments: args }),
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...(node.selectionSet?.selections ?? []), mark] },
  };
}

function onQuery<Node extends InlineFragmentNode | FragmentDefinitionNode>(node: Node, from: string | undefined) {
  if (node.typeCondition === undefined || node.typeCondition.name.value !== from) return undefined;
  return { ...node, typeCondition: { ...node.typeCondition, name: name('Query') } };
}

function idArgument(variable: string): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: name('id'), value: { kind: Kind.VARIABLE, name: name(variable) } };
}

function idDefinition(variable: string): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: name(variable) },
    type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: name('ID') } },
  };
}

function name(value: string) {
  return { kind: Kind.NAME, value } as const;
}
