import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { fault } from '../../errors/faults.ts';
import type { RequestedOperation } from './requested-operation.ts';
import { operationCost } from './cost.ts';
import type { DocumentBounds } from './document.ts';
import { maxExpanded } from './expand.ts';

/**
 * What a subgraph may be asked. The router asks less: what clients may send it, and what its plans add to that. These
 * bounds are for whoever reaches a subgraph past it.
 */
export const subgraphBounds: DocumentBounds = {
  tokens: 30_000,
  nesting: 100,
  operations: 20,
  depth: 16,
  introspectionDepth: 15,
  introspectionLists: 2,
  selections: maxExpanded,
  aliases: 60,
  copies: 100,
  directives: 20,
};

/** Ten times what one operation may cost at the router, if nothing else is set. */
export const maxSubgraphCost = 50_000;

/** @throws QUERY_TOO_COMPLEX */
export function refuseCost(cost: number): void {
  if (cost > maxSubgraphCost) {
    throw fault('QUERY_TOO_COMPLEX', `The operation costs ${cost}; the maximum is ${maxSubgraphCost}.`);
  }
}

/** Refuses, before it is executed, an operation that asks for too much. */
export function limitCost<Context extends BaseContext>(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, document, request }) => {
        if (operation === undefined) return;
        const asked: RequestedOperation = { operation, document, variables: request.variables ?? {} };
        refuseCost(operationCost(schema, asked)(asked.variables));
      },
    }),
  };
}
