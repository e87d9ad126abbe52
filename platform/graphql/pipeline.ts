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
import type { Caller } from '../http/callers.ts';
import type { Log } from '../telemetry/log.ts';
import { nameOperation } from '../telemetry/requests.ts';
import { type Cost, operationCost } from './limits/cost.ts';
import { limitDocument } from './limits/document.ts';
import { noServiceField } from './limits/hidden-schema.ts';
import { refuseCost, subgraphBounds } from './limits/subgraph-limits.ts';
import type { OperationDocument } from './operations.ts';
import { subscriptionFault } from './subscription-fault.ts';

/** The parts of a request that the transport knows. */
export interface RequestOrigin {
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  readonly caller: Caller;
}

/** An operation to execute, with its variables and its caller. */
export interface OperationRequest extends OperationDocument, RequestOrigin {
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Executes a request. Never throws: faults are errors of the result. It has all errors: the transport bounds them. */
export type ExecuteRequest = (request: OperationRequest) => Promise<FormattedExecutionResult>;

export interface PipelineOptions<Context extends object> {
  /** The executable schema, with its permissions. */
  readonly schema: GraphQLSchema;
  /** Creates the context of the resolvers. What it throws is the only error of the response. */
  readonly contextOf: (origin: RequestOrigin) => Promise<Context>;
  /** Whether callers may read the schema. */
  readonly introspection: boolean;
  readonly log: Log;
}

/**
 * All that a subgraph does with a request, whichever transport received it: document limits, parsing, validation, cost,
 * context, execution, and the form of errors. `/operations` calls it directly, `/graphql` through Apollo Server.
 */
export interface Pipeline {
  readonly executeRequest: ExecuteRequest;
  /** Refuses a document that is too large to parse. @throws QUERY_TOO_COMPLEX, GRAPHQL_VALIDATION_FAILED */
  readonly limitDocument: (query: string) => void;
  /** Formats an error for the caller, and logs it where it is a fault of the system. */
  readonly formatError: (error: GraphQLError) => GraphQLFormattedError;
}

/** A document that passed its checks and can be executed repeatedly, or the errors of its checks. */
type Prepared = PreparedOperation | { readonly faults: readonly GraphQLError[] };

interface PreparedOperation {
  readonly type: OperationTypeNode;
  readonly name: string | undefined;
  readonly costWith: Cost;
  readonly execute: (
    contextValue: object,
    variableValues: OperationRequest['variables'],
  ) => Promise<ExecutionResult> | ExecutionResult;
}

/** The router's plans repeat: the pipeline parses and validates the latest documents once. */
const remembered = { operations: 1_000, characters: 300_000 };

const maxValidationErrors = 20;
const closedRules = [...specifiedRules, NoSchemaIntrospectionCustomRule, noServiceField];

/** Creates the pipeline of a subgraph. */
export function createPipeline<Context extends object>(options: PipelineOptions<Context>): Pipeline {
  const { contextOf, introspection, log } = options;
  const prepared = new LRUCache<string, Prepared>({
    max: remembered.operations,
    maxSize: remembered.characters,
    sizeCalculation: (_prepared, key) => key.length,
  });

  function prepare(document: OperationDocument): Prepared {
    const key = `${document.operationName ?? ''} ${document.query}`;
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const made = prepareDocument(options, document);
    prepared.set(key, made);
    return made;
  }

  function formatError(error: GraphQLError): GraphQLFormattedError {
    const formatted = withoutLocations(error);
    return clientError(introspection ? formatted : withoutSuggestion(formatted), error, log);
  }

  const response = ({ data, errors = [] }: ExecutionResult): FormattedExecutionResult => {
    if (errors.length === 0) return { data: data ?? null };
    // Without data, the execution refused the variables.
    const faults = data === undefined ? errors.map(asBadInput) : errors;
    return { ...(data === undefined ? {} : { data }), errors: faults.map(formatError) };
  };

  return {
    formatError,
    limitDocument: (query) => void limitDocument(query, subgraphBounds),
    executeRequest: async (request) => {
      // A refused operation has this name; an executed one has the name in its document.
      if (request.operationName !== undefined) nameOperation('graphql', request.operationName);
      try {
        const operation = prepare(request);
        if ('faults' in operation) return response({ errors: operation.faults });
        const { variables } = request;
        nameOperation(operation.type, operation.name);
        refuseCost(operation.costWith(variables));
        return response(await operation.execute(await contextOf(request), variables));
      } catch (error) {
        return response({ errors: [asGraphqlError(error)] });
      }
    },
  };
}

function prepareDocument(
  { schema, introspection }: Pick<PipelineOptions<object>, 'schema' | 'introspection'>,
  { query, operationName }: OperationDocument,
): Prepared {
  try {
    const document = limitDocument(query, subgraphBounds) ?? parse(query, { noLocation: true });
    const rules = introspection ? specifiedRules : closedRules;
    const faults = validate(schema, document, rules, { maxErrors: maxValidationErrors });
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
      return { faults: [subscriptionFault()] };
    }
    return {
      type: operation.operation,
      name: operation.name?.value,
      costWith: operationCost(schema, { operation, document }),
      execute: (contextValue, variableValues) =>
        execute({ schema, document, contextValue, variableValues, operationName }),
    };
  } catch (error) {
    if (!(error instanceof GraphQLError)) return { faults: [asGraphqlError(error)] };
    return { faults: [isCoded(error) ? error : coded(error, 'GRAPHQL_PARSE_FAILED')] };
  }
}

/** Locations are left out: clients do not see the router's documents. */
function withoutLocations({ message, path, extensions }: GraphQLError): GraphQLFormattedError {
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

/** Copies an error with this code. */
export function coded({ message, path, extensions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { path, extensions: { ...extensions, code } });
}

function asGraphqlError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
}
