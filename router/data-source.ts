import type { GraphQLDataSource } from '@apollo/gateway';
import type { CallSubgraph } from './call-subgraph.ts';
import type { RouterContext } from './context.ts';
import { withExactIds } from './exact-ids.ts';

/** Sends the gateway's own fetches to a subgraph. */
export function subgraphDataSource(name: string, ask: CallSubgraph): GraphQLDataSource<RouterContext> {
  return {
    process: async (fetch) => {
      if (!('incomingRequestContext' in fetch)) throw new Error('the gateway fetches only for requests of clients');
      const { request, context } = fetch;
      const { query = '', operationName, variables = {} } = request;
      const { data, errors } = await ask(name, { query: withExactIds(query), operationName, variables }, context);
      return errors.length === 0 ? { data } : { data, errors: [...errors] };
    },
  };
}
