import type { ApolloGateway } from '@apollo/gateway';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { CallSubgraph } from '../call-subgraph.ts';
import type { RouterContext } from '../context.ts';
import { clientData, clientPath, requiredWithArguments, withHiddenNames, withHiddenVariables } from './client-names.ts';
import { type ExecutionResult, type PreparedOperation, prepareOperation } from './prepared-operation.ts';
import type { Data, ResolvedPlan, Variables } from './run.ts';
import { type CheckVariables, prepareCheck } from './variables.ts';

export type Executor = ApolloGateway['executor'];
type ExecutorRequest = Parameters<Executor>[0];
type ExecutorResult = Awaited<ReturnType<Executor>>;

export interface Execution {
  /** Receives each plan that the gateway makes. */
  readonly learn: (resolved: ResolvedPlan) => void;
  /** Wraps the gateway's executor. The wrapped one returns equal results and uses the gateway only for planning. */
  readonly before: (gateway: Executor) => Executor;
  /** Returns an operation that was planned before; null for any other, and for what the gateway executes. */
  readonly planned: (document: DocumentNode, operationName: string | undefined) => PlannedOperation | null;
}

/** An operation with a plan, which needs the gateway no more. */
export interface PlannedOperation {
  readonly operation: OperationDefinitionNode;
  readonly execute: (variables: Variables, context: RouterContext) => Promise<ExecutionResult>;
}

/** An operation of a document, with what was prepared for it. */
interface KnownOperation {
  readonly operation: OperationDefinitionNode;
  /** The document with the client's aliases and variable names hidden from the planner. */
  readonly planned: DocumentNode;
  readonly check: CheckVariables;
  /** Undefined before the first plan; null where the gateway executes the operation. */
  prepared: PreparedOperation | null | undefined;
}

/** Thrown to end the gateway's part of a request after planning. */
class Planned extends Error {}

/**
 * Executes operations by the gateway's plans. The gateway's own executor reads the operation and walks the plan and the
 * types for each request. This one does so once for each operation, and keeps the result with the document for as long
 * as Apollo Server keeps the document.
 *
 * The gateway executes introspection: see `prepareOperation`. execution.test.ts compares the answers of both.
 *
 * @param supergraph with the types as the subgraphs define them.
 * @param options.own false leaves every operation to the gateway's executor. Checks of variables and aliases stay.
 */
export function createExecution(
  supergraph: GraphQLSchema,
  ask: CallSubgraph,
  { own }: { readonly own: boolean } = { own: true },
): Execution {
  const documents = new WeakMap<DocumentNode, Map<string, KnownOperation>>();
  const planning = new WeakMap<object, KnownOperation>();
  const required = requiredWithArguments(supergraph);

  function learn(resolved: ResolvedPlan): void {
    const operation = planning.get(resolved.requestContext);
    if (operation === undefined) return;
    operation.prepared ??= own ? prepareOperation(resolved, supergraph) : null;
    if (operation.prepared !== null) throw new Planned();
  }

  function knownOperation({ document, request, schema }: ExecutorRequest): KnownOperation {
    const name = request.operationName ?? '';
    const operations = documents.get(document) ?? new Map<string, KnownOperation>();
    documents.set(document, operations);
    const known = operations.get(name) ?? readOperation({ document, name: request.operationName, schema, required });
    operations.set(name, known);
    return known;
  }

  /** @returns null if the gateway only planned the operation. */
  async function askGateway(
    gateway: Executor,
    requestContext: ExecutorRequest,
    operation: KnownOperation,
  ): Promise<ExecutorResult | null> {
    const { request } = requestContext;
    const variables = { ...withHiddenVariables(request.variables ?? {}) };
    const hidden = { ...requestContext, document: operation.planned, request: { ...request, variables } };
    planning.set(hidden, operation);
    try {
      return withClientNames(await gateway(hidden));
    } catch (error) {
      if (error instanceof Planned) return null;
      throw error;
    }
  }

  async function run(prepared: PreparedOperation, variables: Variables, context: RouterContext) {
    return await prepared({
      variables: withHiddenVariables(variables),
      ask: (subgraph, fetch) => ask(subgraph, fetch, context),
    });
  }

  return {
    learn,
    before: (gateway) => async (requestContext) => {
      const { request, context } = requestContext;
      const variables = request.variables ?? {};
      const operation = knownOperation(requestContext);
      const faults = operation.check(variables);
      if (faults.length > 0) return { errors: faults };
      if (operation.prepared == null) {
        const result = await askGateway(gateway, requestContext, operation);
        if (result !== null || operation.prepared == null) return result ?? {};
      }
      return await run(operation.prepared, variables, context as RouterContext);
    },
    planned: (document, operationName) => {
      const known = documents.get(document)?.get(operationName ?? '');
      // The empty name is the key of an operation without a name, but as a name it names none.
      if (known?.prepared == null || operationName === '') return null;
      const { operation, check, prepared } = known;
      return {
        operation,
        execute: async (variables, context) => {
          const faults = check(variables);
          return faults.length > 0 ? { errors: faults } : await run(prepared, variables, context);
        },
      };
    },
  };
}

interface OperationSource {
  readonly document: DocumentNode;
  readonly name: string | undefined;
  readonly schema: GraphQLSchema;
  readonly required: ReadonlySet<string>;
}

function readOperation({ document, name, schema, required }: OperationSource): KnownOperation {
  const operation = getOperationAST(document, name);
  if (operation == null) throw new Error('the operation to execute was not found');
  const fragments = document.definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  return {
    operation,
    planned: withHiddenNames(document, required),
    check: prepareCheck(schema, operation, fragments),
    prepared: undefined,
  };
}

/**
 * Restores the client's names in a result of the gateway's executor. The gateway reports nulled fields only as an
 * extension, and only without other errors. They become errors here.
 */
function withClientNames({ data, errors, extensions }: ExecutorResult): ExecutorResult {
  const faults = (extensions?.['valueCompletion'] ?? []) as readonly GraphQLError[];
  const all = [...(errors ?? []).map((error) => clientError(error)), ...faults.map((fault) => clientError(fault, {}))];
  return {
    ...(data === undefined ? {} : { data: clientData(data) as Data | null }),
    ...(all.length === 0 ? {} : { errors: all }),
  };
}

function clientError(error: GraphQLError, extensions = error.extensions): GraphQLError {
  const { message, path, originalError } = error;
  return new GraphQLError(message, {
    ...(path === undefined ? {} : { path: clientPath(path) }),
    extensions,
    originalError,
  });
}
