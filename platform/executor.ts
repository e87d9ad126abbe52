import { setFlagsFromString } from 'node:v8';
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FormattedExecutionResult,
  getNamedType,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  isScalarType,
  isSpecifiedScalarType,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { clientError, fault, withoutSuggestion } from './faults.ts';
import { type Cost, operationCost } from './limits/cost.ts';
import { limitDocument } from './limits/document.ts';
import { noServiceField } from './limits/hidden-schema.ts';
import { refuseCost, subgraphBounds } from './limits/subgraph-limits.ts';
import type { Log } from './log.ts';
import type { AnswerOperation, CalledOperation, OperationDocument } from './operations.ts';
import { refuseUnstorable, unstorableLiteral, unstorableVariable } from './stored-text.ts';

export interface ExecutorOptions<Context extends object> {
  readonly schema: GraphQLSchema;
  /** What the resolvers are given. It may throw what the caller is told in place of data. */
  readonly contextOf: (operation: CalledOperation) => Promise<Context>;
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  readonly log: Log;
}

/** An operation that can be executed again and again, or what is wrong with it. */
type Prepared = { readonly execute: Execute; readonly costWith: Cost } | { readonly faults: readonly GraphQLError[] };
type Tell = (error: GraphQLError) => GraphQLFormattedError;
type Execute = (context: object, variables: CalledOperation['variables']) => Promise<ExecutionResult> | ExecutionResult;

/**
 * The router's plans repeat themselves: so many operations are parsed, validated and compiled once. A compiled one takes
 * close to a kilobyte for each character of its text.
 */
const remembered = { operations: 1_000, characters: 100_000 };

const mostErrors = 20;
const closedRules = [...specifiedRules, NoSchemaIntrospectionCustomRule, noServiceField];

/** Executes what the router asks. */
export function operationExecutor<Context extends object>(options: ExecutorOptions<Context>): AnswerOperation {
  const { contextOf, introspection, log } = options;
  const prepared = new LRUCache<string, Prepared>({
    max: remembered.operations,
    maxSize: remembered.characters,
    sizeCalculation: (_prepared, key) => key.length,
  });

  const tell = (error: GraphQLError) => {
    const client = clientError(formatted(error), error, log);
    return introspection ? client : { ...client, message: withoutSuggestion(client.message) };
  };

  function prepare(document: OperationDocument): Prepared {
    const key = `${document.operationName ?? ''} ${document.query}`;
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const made = prepareOperation(options, document);
    prepared.set(key, made);
    return made;
  }

  return async (operation) => {
    try {
      const made = prepare(operation);
      if ('faults' in made) return told({ errors: made.faults }, tell);
      const { variables } = operation;
      refuseUnstorable(unstorableVariable(variables));
      refuseCost(made.costWith(variables));
      return told(await made.execute(await contextOf(operation), variables), tell);
    } catch (error) {
      return told({ errors: [asGraphqlError(error)] }, tell);
    }
  };
}

function prepareOperation(
  { schema, introspection }: Pick<ExecutorOptions<object>, 'schema' | 'introspection'>,
  { query, operationName }: OperationDocument,
): Prepared {
  try {
    const document = limitDocument(query, subgraphBounds) ?? parse(query, { noLocation: true });
    const faults = validate(schema, document, introspection ? specifiedRules : closedRules, { maxErrors: mostErrors });
    if (faults.length > 0) return { faults: faults.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
    const operation = getOperationAST(document, operationName);
    if (operation == null) {
      return { faults: [fault('OPERATION_RESOLUTION_FAILURE', 'The document has no such operation.')] };
    }
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
      return { faults: [fault('BAD_REQUEST', 'A subscription is not answered with a single response.')] };
    }
    refuseUnstorable(unstorableLiteral(document));
    return {
      execute: compiled(schema, document, operationName),
      costWith: operationCost(schema, { operation, document }),
    };
  } catch (error) {
    if (!(error instanceof GraphQLError)) return { faults: [asGraphqlError(error)] };
    return { faults: [isCoded(error) ? error : coded(error, 'GRAPHQL_PARSE_FAILED')] };
  }
}

function compiled(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Execute {
  if (!hasOwnLiterals(schema, document) && !hasNamesOfObjects(document)) {
    const query = compiledForOurselves(() => compileQuery(schema, document, operationName));
    if (isCompiledQuery(query)) return (context, variables) => query.query(undefined, context, variables);
  }
  return (contextValue, variableValues) => execute({ schema, document, contextValue, variableValues, operationName });
}

/**
 * V8 keeps the code that it has compiled from a text, in case the same text comes again, until memory is scarce: half a
 * megabyte for each operation, whether or not anybody has it still. It never comes again here.
 */
function compiledForOurselves<Compiled>(compile: () => Compiled): Compiled {
  setFlagsFromString('--no-compilation-cache');
  try {
    return compile();
  } finally {
    setFlagsFromString('--compilation-cache');
  }
}

/**
 * Whether a literal is written where one of our scalars is asked for. graphql-jit writes the values of literals into the
 * program as JSON, in which an amount and a time are not what their scalars make of them: execution takes what it cannot.
 */
function hasOwnLiterals(schema: GraphQLSchema, document: DocumentNode): boolean {
  const typeInfo = new TypeInfo(schema);
  let found = false;
  const look = (_node: ValueNode) => {
    const type = getNamedType(typeInfo.getInputType());
    if (isScalarType(type) && !isSpecifiedScalarType(type)) found = true;
  };
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      StringValue: look,
      IntValue: look,
      FloatValue: look,
      BooleanValue: look,
      EnumValue: look,
      ListValue: look,
      ObjectValue: look,
    }),
  );
  return found;
}

/** Whether it says `constructor` or `__proto__`, which graphql-jit finds where nobody has put it, or puts nowhere. */
function hasNamesOfObjects(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Name: ({ value }) => {
      found ||= value in Object.prototype;
    },
  });
  return found;
}

/** As the caller is told it. Where there is no data, it is the variables that are wrong. */
function told({ data, errors = [] }: ExecutionResult, tell: Tell): FormattedExecutionResult {
  if (errors.length === 0) return { data: data ?? null };
  const faults = data === undefined ? errors.map(asBadInput) : errors;
  return {
    ...(data === undefined ? {} : { data }),
    errors: faults.map(tell),
  };
}

/** Places in the router's document would say nothing to a client. */
function formatted({ message, path, extensions }: GraphQLError): GraphQLFormattedError {
  return { message, ...(path === undefined ? {} : { path }), extensions };
}

function asBadInput(error: GraphQLError): GraphQLError {
  return isCoded(error) || error.originalError !== undefined ? error : coded(error, 'BAD_USER_INPUT');
}

/** Errors of compiled operations may have no extensions at all. */
function isCoded({ extensions }: Pick<GraphQLError, 'extensions'> | { extensions?: undefined }): boolean {
  return extensions?.['code'] !== undefined;
}

function coded({ message, path, extensions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { path, extensions: { ...extensions, code } });
}

function asGraphqlError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
}
