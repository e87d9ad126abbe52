import {
  execute,
  type ExecutionResult,
  type FormattedExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { clientError, fault, withoutSuggestion } from '../errors/faults.ts';
import { type Cost, operationCost } from './limits/cost.ts';
import { limitDocument } from './limits/document.ts';
import { noServiceField } from './limits/hidden-schema.ts';
import { refuseCost, subgraphBounds } from './limits/subgraph-limits.ts';
import type { Log } from '../telemetry/log.ts';
import type { AnswerOperation, CalledOperation, OperationDocument } from './operations.ts';

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
type FormatError = (error: GraphQLError) => GraphQLFormattedError;
type Execute = (context: object, variables: CalledOperation['variables']) => Promise<ExecutionResult> | ExecutionResult;

/** The router's plans repeat themselves: the operations asked last are parsed and validated once. */
const remembered = { operations: 1_000, characters: 300_000 };

const maxErrors = 20;
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
    const shown = formatted(error);
    return clientError(introspection ? shown : withoutSuggestion(shown), error, log);
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
    const faults = validate(schema, document, introspection ? specifiedRules : closedRules, { maxErrors: maxErrors });
    if (faults.length > 0) return { faults: faults.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
    const operation = getOperationAST(document, operationName);
    if (operation == null) {
      return {
        faults: [
          fault('OPERATION_RESOLUTION_FAILURE', 'The document has no operation with the name in `operationName`.'),
        ],
      };
    }
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
      return { faults: [fault('BAD_REQUEST', 'A subscription needs a stream: send Accept: text/event-stream.')] };
    }
    return {
      execute: (contextValue, variableValues) =>
        execute({ schema, document, contextValue, variableValues, operationName }),
      costWith: operationCost(schema, { operation, document }),
    };
  } catch (error) {
    if (!(error instanceof GraphQLError)) return { faults: [asGraphqlError(error)] };
    return { faults: [isCoded(error) ? error : coded(error, 'GRAPHQL_PARSE_FAILED')] };
  }
}

/** As the caller is told it. Where there is no data, it is the variables that are wrong. */
function told({ data, errors = [] }: ExecutionResult, tell: FormatError): FormattedExecutionResult {
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
  const { originalError: cause } = error;
  return isCoded(error) || (cause !== undefined && !(cause instanceof GraphQLError))
    ? error
    : coded(error, 'BAD_USER_INPUT');
}

function isCoded({ extensions }: GraphQLError): boolean {
  return extensions['code'] !== undefined;
}

function coded({ message, path, extensions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { path, extensions: { ...extensions, code } });
}

function asGraphqlError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
}
