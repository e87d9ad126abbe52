import type { IncomingHttpHeaders } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { FastifyReply } from 'fastify';
import { type DocumentNode, type GraphQLFieldResolver, type GraphQLScalarType, Kind } from 'graphql';
import { createHttp } from '#platform/http/http.ts';
import { listen } from '#platform/http/listen.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { serveOperations } from '#platform/graphql/operations-http.ts';
import { operationsPath, readOperations, type RoutedOperation } from '#platform/graphql/operations.ts';
import { createPipeline, type RequestOrigin } from '#platform/graphql/pipeline.ts';
import { dateTimeScalar, decimalScalar } from '#platform/graphql/scalars.ts';
import { checkText } from '#platform/graphql/stored-text.ts';
import type { SubgraphName } from '#subgraphs/manifest.ts';
import { subgraphSdl } from '../subgraph-schemas.ts';
import { addressOf } from './address.ts';

/** The context of a double's resolvers. */
export interface DoubleContext {
  readonly authorization: string | undefined;
}

export type DoubleResolvers = Record<string, Record<string, GraphQLFieldResolver<unknown, DoubleContext>>>;

export interface ReceivedOperation extends RoutedOperation {
  /** The id of the HTTP request, which several operations may share. */
  readonly headers: IncomingHttpHeaders;
}

/** Answers instead of the graph, or never. */
export type Misbehaviour = (reply: FastifyReply) => void;

/**
 * A subgraph with the real SDL, scalars, transport and error format, and with resolvers of the test. `misbehave` makes
 * it answer anything else, or nothing.
 */
export async function startSubgraphDouble(name: SubgraphName, resolvers: DoubleResolvers) {
  const log = createLog(`${name} double`, 'silent');
  const received: ReceivedOperation[] = [];
  let misbehaviour: Misbehaviour | null = null;

  const typeDefs = subgraphSdl(name);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: { ...scalarsOf(typeDefs), ...resolvers } }]);
  checkText(schema);
  const contextOf = async ({ authorization }: RequestOrigin): Promise<DoubleContext> => ({ authorization });
  const http = createHttp({ log, bodyLimit: 1_000_000 });
  http.addHook('preHandler', async ({ url, headers, body }, reply) => {
    if (url !== operationsPath) return;
    received.push(...readOperations(body).map((operation) => ({ ...operation, headers })));
    if (misbehaviour === null) return;
    reply.hijack();
    misbehaviour(reply);
  });
  serveOperations(http, createPipeline({ schema, contextOf, introspection: true, log }).executeRequest, log);
  await listen(http, '127.0.0.1', 0, 'none');

  return {
    url: `${addressOf(http.server)}/graphql`,
    received,
    misbehave: (how: Misbehaviour | null) => {
      misbehaviour = how;
    },
    stop: async () => {
      http.server.closeAllConnections();
      await http.close();
    },
  };
}

export type SubgraphDouble = Awaited<ReturnType<typeof startSubgraphDouble>>;

const scalars: readonly GraphQLScalarType[] = [dateTimeScalar, decimalScalar];

/** The scalars that the SDL declares. */
function scalarsOf({ definitions }: DocumentNode): Record<string, GraphQLScalarType> {
  const declared = new Set(
    definitions.flatMap((one) => (one.kind === Kind.SCALAR_TYPE_DEFINITION ? [one.name.value] : [])),
  );
  return Object.fromEntries(scalars.filter(({ name }) => declared.has(name)).map((scalar) => [scalar.name, scalar]));
}
