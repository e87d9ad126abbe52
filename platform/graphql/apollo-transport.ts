import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Log } from '../telemetry/log.ts';
import { recordOutcomes } from '../telemetry/requests.ts';
import { answerForm, statusOf } from './answer-form.ts';
import { apolloCode } from './apollo-code.ts';
import { coded, type Pipeline, type RequestOrigin } from './pipeline.ts';

export interface ApolloTransportOptions {
  readonly schema: GraphQLSchema;
  readonly pipeline: Pipeline;
  readonly log: Log;
}

/**
 * Starts the Apollo Server behind a subgraph's `/graphql`. It does what GraphQL over HTTP needs: the methods of
 * operations and status codes. The pipeline validates and executes.
 */
export async function startApolloTransport(options: ApolloTransportOptions): Promise<ApolloServer<RequestOrigin>> {
  const { schema, pipeline, log } = options;
  const server = new ApolloServer<RequestOrigin>({
    schema,
    // The pipeline validates, with rules of its own. It also decides who may read the schema.
    dangerouslyDisableValidation: true,
    introspection: true,
    // Apollo Server stores a query before the pipeline validates it. The router sends whole documents.
    persistedQueries: false,
    documentStore: null,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => pipeline.formatError(withCode(error)),
    logger: log,
    plugins: [
      executeInPipeline(pipeline),
      recordOutcomes(),
      answerForm(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await server.start();
  return server;
}

function executeInPipeline({ executeRequest }: Pipeline): ApolloServerPlugin<RequestOrigin> {
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ source, request: { operationName, variables = {} }, contextValue }) => {
        const singleResult = await executeRequest({ ...contextValue, query: source, operationName, variables });
        const { data, errors = [] } = singleResult;
        const status = data === undefined ? statusOf(errors) : 200;
        return { http: { headers: new HeaderMap(), status }, body: { kind: 'single', singleResult } };
      },
    }),
  };
}

function withCode(error: unknown): GraphQLError {
  const known = error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
  const code = apolloCode(known);
  return code === null ? known : coded(known, code);
}
