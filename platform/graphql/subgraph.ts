import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLFormattedError, type GraphQLSchema, parse } from 'graphql';
import { answerForm } from './answer-form.ts';
import { type Caller, callerOf } from '../http/callers.ts';
import { type Database, databaseReady } from '../postgres/database.ts';
import { clientError, fault, withoutSuggestion } from '../errors/faults.ts';
import { operationExecutor } from './executor.ts';
import { serveGraphql } from './graphql-http.ts';
import { createHttp, type Http } from '../http/http.ts';
import { listen } from '../http/listen.ts';
import type { Identity, IdentityReader } from '../identity/identity.ts';
import { limitDocument } from './limits/document.ts';
import { noServiceField } from './limits/hidden-schema.ts';
import { limitCost, subgraphBounds } from './limits/subgraph-limits.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { type ManagementAddress, startManagement } from '../http/management.ts';
import type { Service } from '../process/process.ts';
import type { CalledOperation } from './operations.ts';
import { serveOperations } from './operations-http.ts';
import { observedOperations, observeOperations } from '../telemetry/requests.ts';
import { checkReferences } from './references.ts';
import { resolverFaults } from './resolvers-match.ts';
import { type Permissions, protect } from './shield.ts';
import { refuseInexactIds } from './scalars.ts';
import { checkText } from './stored-text.ts';

/** The same for every subgraph: who asks, who waits for the answer, and where to write what went wrong. */
export interface BaseContext {
  readonly identity: Identity;
  readonly caller: Caller;
  readonly log: Log;
}

export interface SubgraphDefinition {
  readonly name: 'user' | 'billing' | 'order' | 'notification';
  /** The SDL file. */
  readonly schemaUrl: URL;
  readonly resolvers: object;
  readonly permissions: Permissions;
}

export interface SubgraphServer<Context extends BaseContext> {
  readonly definition: SubgraphDefinition;
  readonly database: Database;
  readonly identify: IdentityReader;
  /** What the resolvers are given beside who asks; made anew for each request. */
  readonly contextOf: (base: BaseContext) => Context;
  readonly routes?: (http: Http) => void;
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  readonly log: Log;
  readonly host: string;
  readonly drainS?: number;
  readonly port: number;
  readonly portSetting: string;
  readonly management: ManagementAddress;
}

const maxErrors = 20;

/** The gateway's requests are as large as a client's may be, and carry entity representations too. */
const bodyLimitBytes = 1_000_000;

/**
 * The executable schema behind its permissions.
 *
 * @throws where a resolver does not match the schema.
 */
export function buildSchema(definition: SubgraphDefinition): GraphQLSchema {
  refuseInexactIds();
  const typeDefs = parse(readFileSync(definition.schemaUrl, 'utf8'));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: definition.resolvers as never }]);
  const faults = resolverFaults(schema, definition.resolvers as Record<string, unknown>);
  if (faults.length > 0) throw new Error(`${definition.name} does not match its schema: ${faults.join(', ')}`);
  checkReferences(schema);
  checkText(schema);
  return protect(schema, definition.permissions);
}

/**
 * Serves a subgraph at `/graphql`. It listens at once and is ready when its database is; until then it answers
 * SERVICE_UNAVAILABLE.
 */
export async function startSubgraph<Context extends BaseContext>(server: SubgraphServer<Context>): Promise<Service> {
  const { definition, database, log } = server;
  const stopping = new AbortController();
  let waitingFor: string | null = `the ${definition.name} database`;

  const schema = buildSchema(definition);
  const contextOf = async ({ authorization, caller }: Pick<CalledOperation, 'authorization' | 'caller'>) => {
    if (waitingFor !== null) throw fault('SERVICE_UNAVAILABLE', 'The service is starting. Try again shortly.');
    return server.contextOf({ identity: await identityOf(server, authorization), caller, log });
  };

  const shown = (error: GraphQLFormattedError) => (server.introspection ? error : withoutSuggestion(error));

  const apollo = new ApolloServer<Context>({
    schema,
    introspection: server.introspection,
    hideSchemaDetailsFromClientErrors: !server.introspection,
    includeStacktraceInErrorResponses: false,
    validationRules: server.introspection ? [] : [noServiceField],
    validationOptions: { maxErrors: maxErrors },
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => clientError(shown(formatted), error, log),
    logger: log,
    plugins: [
      observeOperations(),
      limitCost(schema),
      answerForm(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await apollo.start();

  const http = createHttp({ log, bodyLimit: bodyLimitBytes, drainS: server.drainS ?? 0 });
  server.routes?.(http);
  serveGraphql(http, {
    server: apollo,
    contextOf: async (request, reply) =>
      await contextOf({ authorization: request.headers.authorization, caller: callerOf(request, reply) }),
    limitDocument: (query) => void limitDocument(query, subgraphBounds),
    answerSubscription: null,
    page: null,
  });
  const { introspection } = server;
  serveOperations(http, observedOperations(operationExecutor({ schema, contextOf, introspection, log }), log));
  await listen(http, server.host, server.port, server.portSetting);
  const management = await startManagement({ ...server.management, log, ready: () => waitingFor });
  log.info({ port: server.port }, 'listening');

  async function getReady(): Promise<void> {
    await databaseReady(database, definition.name, log, stopping.signal);
    waitingFor = null;
    log.info('ready');
  }

  return {
    log,
    ready: getReady(),
    stop: async () => {
      stopping.abort();
      management.drain();
      await http.close();
      await apollo.stop();
      await database.close();
      await management.close();
    },
  };
}

async function identityOf(
  server: Pick<SubgraphServer<never>, 'identify' | 'log'>,
  authorization: string | undefined,
): Promise<Identity> {
  try {
    return await server.identify(authorization);
  } catch (error) {
    server.log.error({ reason: errorText(error) }, 'the public keys of the user subgraph cannot be read');
    throw fault('SERVICE_UNAVAILABLE', "Your token can't be verified right now. Try again shortly.");
  }
}
