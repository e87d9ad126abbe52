import { executeByApollo, type ExecuteGraphql } from '#platform/graphql/apollo-execute.ts';
import type { ApolloServer } from '@apollo/server';
import type { RouterContext } from './context.ts';
import type { ShortWay } from './short-way.ts';

/** The graph, for clients' requests and for the router's own. */
export interface Graph {
  readonly execute: ExecuteGraphql<RouterContext>;
}

/** Operations that are known go the short way; Apollo Server parses, validates, plans and executes all others. */
export function createGraph(apollo: ApolloServer<RouterContext>, shortWay: ShortWay): Graph {
  const executeLong = executeByApollo(apollo);
  return {
    execute: async (request, head, context) =>
      (await shortWay(request, head, context)) ?? (await executeLong(request, head, context)),
  };
}
