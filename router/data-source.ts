import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLFormattedError } from 'graphql';
import type { Log } from '#platform/log.ts';
import type { RouterContext } from './context.ts';
import { failedFields } from './failed-fields.ts';
import type { SubgraphClient, SubgraphFailure, SubgraphOperation } from './subgraph-client.ts';

export interface SubgraphDataSourceOptions {
  readonly name: string;
  readonly client: SubgraphClient;
  /** Root fields that other subgraphs answer too. */
  readonly sharedRootFields: ReadonlySet<string>;
  readonly log: Log;
}

/**
 * How the query plan's fetches reach a subgraph. A subgraph that does not answer takes only its own fields with it:
 * each of them gets an error, and the rest of the plan goes on.
 */
export function subgraphDataSource(options: SubgraphDataSourceOptions): GraphQLDataSource<RouterContext> {
  return {
    process: async (fetch) => {
      if (!('incomingRequestContext' in fetch)) throw new Error('the gateway asks subgraphs only what clients ask for');
      const { request, context } = fetch;
      const operation: SubgraphOperation = {
        query: request.query ?? '',
        operationName: request.operationName,
        variables: request.variables ?? {},
      };
      const answer = await ask(options, operation, context);
      if ('failed' in answer) {
        options.log.warn({ subgraph: options.name, reason: answer.reason }, 'a subgraph did not answer');
        return { data: null, errors: failureErrors(options, operation, answer) };
      }
      return answer.errors.length === 0 ? { data: answer.data } : answer;
    },
  };
}

async function ask({ name, client }: SubgraphDataSourceOptions, operation: SubgraphOperation, context: RouterContext) {
  if (context.timedOut.has(name)) {
    return { failed: 'SUBGRAPH_TIMEOUT', reason: 'it did not answer this request in time before' } as const;
  }
  const answer = await client.ask(operation, context.forwardedAuthorization);
  if ('failed' in answer && answer.failed === 'SUBGRAPH_TIMEOUT') context.timedOut.add(name);
  return answer;
}

function failureErrors(
  { name, sharedRootFields }: SubgraphDataSourceOptions,
  operation: SubgraphOperation,
  { failed: code }: SubgraphFailure,
): GraphQLFormattedError[] {
  const message = {
    SUBGRAPH_TIMEOUT: `The ${name} service did not answer in time.`,
    SUBGRAPH_UNAVAILABLE: `The ${name} service cannot be reached at the moment.`,
  }[code];
  return failedFields(operation, sharedRootFields).map((path) => ({ message, path, extensions: { code } }));
}
