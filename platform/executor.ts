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
  parse,
  TypeInfo,
  validate,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { clientError, fault } from './faults.ts';
import type { Log } from './log.ts';
import type { AnswerOperation, CalledOperation, OperationDocument } from './operations.ts';
import { refuseUnstorable, unstorableLiteral, unstorableVariable } from './stored-text.ts';

export interface ExecutorOptions<Context extends object> {
  readonly schema: GraphQLSchema;
  /** What the resolvers are given. It may throw what the caller is told in place of data. */
  readonly contextOf: (operation: CalledOperation) => Promise<Context>;
  readonly log: Log;
}

/** An operation that can be executed again and again, or what is wrong with it. */
type Prepared = Execute | { readonly faults: readonly GraphQLError[] };
type Execute = (context: object, variables: CalledOperation['variables']) => Promise<ExecutionResult> | ExecutionResult;

/** The router's plans repeat themselves: so many operations are parsed, validated and compiled once. */
const rememberedOperations = 1_000;

/** Executes what the router asks. */
export function operationExecutor<Context extends object>(options: ExecutorOptions<Context>): AnswerOperation {
  const { schema, contextOf, log } = options;
  const remembered = new LRUCache<string, Prepared>({ max: rememberedOperations });

  function prepare(document: OperationDocument): Prepared {
    const key = `${document.operationName ?? ''} ${document.query}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const prepared = prepareOperation(schema, document);
    remembered.set(key, prepared);
    return prepared;
  }

  return async (operation) => {
    try {
      const prepared = prepare(operation);
      if ('faults' in prepared) return told({ errors: prepared.faults }, log);
      refuseUnstorable(unstorableVariable(operation.variables));
      return told(await prepared(await contextOf(operation), onlyOwn(operation.variables)), log);
    } catch (error) {
      return told({ errors: [asGraphqlError(error)] }, log);
    }
  };
}

/** A compiled operation finds under the name `constructor` what every object has. */
function onlyOwn(variables: CalledOperation['variables']): CalledOperation['variables'] {
  return Object.assign(Object.create(null), variables);
}

function prepareOperation(schema: GraphQLSchema, { query, operationName }: OperationDocument): Prepared {
  try {
    const document = parse(query, { noLocation: true });
    const faults = validate(schema, document);
    if (faults.length > 0) return { faults: faults.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
    if (getOperationAST(document, operationName) == null) {
      return { faults: [fault('OPERATION_RESOLUTION_FAILURE', 'The document has no such operation.')] };
    }
    refuseUnstorable(unstorableLiteral(document));
    return compiled(schema, document, operationName);
  } catch (error) {
    const fault = asGraphqlError(error);
    return { faults: [isCoded(fault) ? fault : coded(fault, 'GRAPHQL_PARSE_FAILED')] };
  }
}

function compiled(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Execute {
  if (!hasOwnLiterals(schema, document)) {
    const query = compileQuery(schema, document, operationName);
    if (isCompiledQuery(query)) return (context, variables) => query.query(undefined, context, variables);
  }
  return (contextValue, variableValues) => execute({ schema, document, contextValue, variableValues, operationName });
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

/** As the caller is told it. Where there is no data, it is the variables that are wrong. */
function told({ data, errors = [] }: ExecutionResult, log: Log): FormattedExecutionResult {
  if (errors.length === 0) return { data: data ?? null };
  const faults = data === undefined ? errors.map(asBadInput) : errors;
  return {
    ...(data === undefined ? {} : { data }),
    errors: faults.map((error) => clientError(formatted(error), error, log)),
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
