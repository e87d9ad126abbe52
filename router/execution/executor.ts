import type { ApolloGateway } from '@apollo/gateway';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { AskSubgraph } from '../ask-subgraph.ts';
import type { RouterContext } from '../context.ts';
import { type PreparedOperation, prepareOperation } from './prepared-operation.ts';
import type { ResolvedPlan } from './run.ts';

export type Executor = ApolloGateway['executor'];

export interface Execution {
  /** To be told each plan that the gateway makes. */
  readonly learn: (resolved: ResolvedPlan) => void;
  /** Answers as this executor of the gateway does: what is known by itself, everything else through it. */
  readonly before: (gateway: Executor) => Executor;
}

/**
 * Executes operations again whose plans the gateway has made before. At the first time the gateway validates, plans
 * and executes an operation; what it would do again each further time (read the operation, walk the plan and the
 * types) is done here once, and kept with the document for as long as Apollo Server keeps that.
 *
 * What is seldom asked stays with the gateway: see `prepareOperation`. execution.test.ts compares the answers of both.
 *
 * @param supergraph with the types as the subgraphs know them.
 */
export function createExecution(supergraph: GraphQLSchema, ask: AskSubgraph): Execution {
  const known = new WeakMap<DocumentNode, Map<string, PreparedOperation | null>>();

  function learn(resolved: ResolvedPlan): void {
    const { document, request } = resolved.requestContext;
    const name = request.operationName ?? '';
    const operations = known.get(document) ?? new Map<string, PreparedOperation | null>();
    known.set(document, operations);
    if (!operations.has(name)) operations.set(name, prepareOperation(resolved, supergraph));
  }

  return {
    learn,
    before: (gateway) => (requestContext) => {
      const { document, request, context } = requestContext;
      const prepared = known.get(document)?.get(request.operationName ?? '');
      if (prepared == null) return gateway(requestContext);
      return prepared({
        variables: request.variables ?? {},
        ask: (subgraph, operation) => ask(subgraph, operation, context as RouterContext),
      });
    },
  };
}
