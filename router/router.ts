import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { serveGraphql } from '#platform/graphql/graphql-http.ts';
import { createHttp, type Http } from '#platform/http/http.ts';
import { listen } from '#platform/http/listen.ts';
import { type IdentityReader, identityReader } from '#platform/identity/identity.ts';
import type { Log } from '#platform/telemetry/log.ts';
import { startManagement } from '#platform/http/management.ts';
import type { Service } from '#platform/process/process.ts';
import { remoteAuthority } from '#platform/identity/token-authority.ts';
import { createAdmission } from './admission.ts';
import { countClients } from './client-awareness.ts';
import type { RouterConfig } from './config.ts';
import { hasConsole, serveConsole } from './console.ts';
import { createContext, type RouterContext } from './context.ts';
import { routerError } from './errors.ts';
import { explorerPage, serveCompressed } from './explorer.ts';
import { knownDocuments } from './document-store.ts';
import { formerPaths, serveFormerPaths } from './former-paths/former-paths.ts';
import { createGateway } from './gateway.ts';
import { createGraph, type Graph } from './graph.ts';
import { graphCallerOf } from './graph-data.ts';
import { shareWith } from './headers.ts';
import { serveInbox } from './inbox.ts';
import { documentLimits } from './limits/document.ts';
import { type LimitOperation, operationLimits } from './limits/operation.ts';
import { readRegistered } from './limits/registered.ts';
import { startLiveUpdates } from './live/start.ts';
import { serveOauth } from './oauth.ts';
import { serveProviderEvents } from './provider-events.ts';
import { serveOauthMetadata } from './oauth-metadata.ts';
import { observedClient } from './observed-client.ts';
import { serveMyData } from './personal-data/my-data.ts';
import { createRateLimits, type RateLimits } from './rate-limits/rate-limits.ts';
import { Decisions } from './rest/decisions.ts';
import { serveDescription } from './rest/description.ts';
import { type RestOptions, serveRest } from './rest/rest.ts';
import { createRules, rulesPlugin } from './rules.ts';
import { serveSessions } from './session.ts';
import { createShortWay } from './short-way.ts';
import { nextPageOperation } from './statements/account-statement.ts';
import { serveStatements } from './statements/statements.ts';
import { StatementTurns } from './statements/turns.ts';
import { subgraphClient } from './subgraph-client.ts';
import { fieldOwners, readSupergraph, supergraphSchema, unusableSupergraph } from './supergraph.ts';

export interface Router extends Service {
  /** The port that it listens on. */
  readonly port: number;
  readonly managementPort: number;
}

/**
 * Serves the graph at `/graphql`. It is ready as soon as it listens, whichever subgraphs are up: those that are not
 * take only their own fields with them.
 *
 * @throws CannotStart, CannotListen
 */
export async function startRouter(config: RouterConfig, log: Log): Promise<Router> {
  const clients = subgraphClients(config);
  const registered = readRegistered(config.OPERATION_MANIFESTS);
  const explorer = config.EXPLORER ? await explorerPage() : null;
  const identify = identityReader(remoteAuthority(config.JWKS_URL), config);
  const formatError = (formatted: GraphQLFormattedError, error: unknown) =>
    routerError(formatted, error, { log, hideSchemaDetails: !config.INTROSPECTION });
  const rateLimits = createRateLimits(config, log);
  const proxies = config.TRUSTED_PROXIES;
  const {
    graph,
    schema,
    limitOperation,
    stop: stopGraph,
  } = await startGraph(config, {
    clients,
    identify,
    rateLimits,
    formatError,
    log,
  });

  const http = createHttp({
    log,
    bodyLimit: config.BODY_LIMIT_BYTES,
    drainS: config.DRAIN_S,
    sendsProblems: (path) => path.startsWith('/api/') || (config.FORMER_PATHS && formerPaths.has(path)),
  });
  shareWith(http, config.CORS_ORIGINS);
  if (explorer !== null) serveCompressed(http, explorer);
  countClients(http, config.CLIENT_NAMES);
  const limitDocument = documentLimits(config.ONLY_REGISTERED_OPERATIONS ? registered.documentIds : null);
  const trustedDocuments = registered.texts;
  const live = startLiveUpdates(http, {
    config,
    graph,
    schema,
    identify,
    trustedDocuments,
    limitDocument,
    formatError,
    log,
  });
  serveGraphql(http, {
    execute: graph.execute,
    contextOf: async (request, reply) => {
      const { authorization, sender, gone, device } = graphCallerOf(request, reply, proxies);
      return createContext(authorization, sender, gone, device);
    },
    trustedDocuments,
    limitDocument,
    answerSubscription: live.answerSubscription,
    page: explorer,
  });
  const rest: RestOptions = {
    graph,
    schema,
    identify,
    limitDocument,
    decisions: new Decisions(live.sources, config.LIVE_STREAMS_PER_CUSTOMER),
    proxies,
    log,
  };
  const isWhole = serveRest(http, rest);
  if (config.FORMER_PATHS && isWhole) serveFormerPaths(http, rest);
  serveDescription(http, config.EXPLORER);
  serveOauth(http, { graph, proxies });
  serveOauthMetadata(http, config.PUBLIC_URL);
  if (config.PROVIDER_EVENTS_URL !== undefined) serveProviderEvents(http, config.PROVIDER_EVENTS_URL, log);
  if (config.MCP === 'on') {
    const { serveMcp } = await import('./mcp/mcp.ts');
    const { CORS_ORIGINS: origins, MCP_SECRET: secret } = config;
    serveMcp(http, { graph, schema, identify, rateLimits, origins, secret, proxies, log });
  }
  serveSessions(http, { graph, cookieMaxAgeS: config.SESSION_COOKIE_MAX_AGE_S, proxies });
  const turns = new StatementTurns({
    statementsPerCustomer: config.STATEMENTS_PER_CUSTOMER,
    statementsAtOnce: config.STATEMENTS_AT_ONCE,
  });
  serveMyData(http, { graph, schema, identify, turns, proxies, log });
  serveStatements(http, {
    graph,
    identify,
    turns,
    rateLimits,
    pageCost: () => limitOperation(nextPageOperation),
    proxies,
    log,
  });
  const { MAIL_FOLDER: folder, MAIL_INBOX_KEY: key } = config;
  // Behind a proxy, every client seems to be on the proxy's machine.
  if (folder !== undefined && key !== undefined && proxies === 0) serveInbox(http, { folder, key });
  if (hasConsole(config.CONSOLE_FOLDER)) serveConsole(http, config.CONSOLE_FOLDER);
  else log.warn('there is no web console: `npm run web:build` makes it');
  await listen(http, config.HOST, config.ROUTER_PORT, 'ROUTER_PORT');
  const management = await startManagement({
    log,
    ready: () => null,
    host: config.MANAGEMENT_HOST,
    port: config.ROUTER_MANAGEMENT_PORT,
    setting: 'ROUTER_MANAGEMENT_PORT',
  });
  const port = portOf(http);
  log.info({ port }, 'listening');

  return {
    port,
    managementPort: management.port,
    log,
    ready: Promise.resolve(),
    stop: async () => {
      management.drain();
      await http.close();
      await live.stop();
      await rateLimits?.stop();
      await stopGraph();
      await Promise.all(Object.values(clients).map(async (client) => await client.close()));
      await management.close();
    },
  };
}

function portOf({ server }: Http): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the router does not listen on a port');
  return address.port;
}

/** A client for each subgraph of the supergraph, by name. */
function subgraphClients({
  subgraphUrls,
  SUBGRAPH_TIMEOUT_MS: timeoutMs,
  SUBGRAPH_CONNECTIONS: connections,
}: RouterConfig) {
  const clientOf = (name: string, url: string) => observedClient(name, subgraphClient({ url, timeoutMs, connections }));
  return Object.fromEntries([...subgraphUrls].map(([name, url]) => [name, clientOf(name, url)]));
}

interface GraphParts {
  readonly clients: ReturnType<typeof subgraphClients>;
  readonly identify: IdentityReader;
  readonly rateLimits: RateLimits | null;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly log: Log;
}

interface StartedGraph {
  readonly graph: Graph;
  readonly schema: GraphQLSchema;
  readonly limitOperation: LimitOperation;
  readonly stop: () => Promise<void>;
}

async function startGraph(
  config: RouterConfig,
  { clients, identify, rateLimits, formatError, log }: GraphParts,
): Promise<StartedGraph> {
  const supergraphSdl = readSupergraph(config.SUPERGRAPH_FILE);
  try {
    const { gateway, planned } = createGateway({ supergraphSdl, clients, ownExecution: config.OWN_EXECUTION, log });
    const limitOperation = operationLimits(
      supergraphSchema(supergraphSdl),
      fieldOwners(supergraphSdl),
      config.OPERATION_COST_LIMIT,
    );
    const rules = createRules(createAdmission({ identify, limitOperation, rateLimits, log }));
    const documents = knownDocuments();
    const apollo = new ApolloServer<RouterContext>({
      gateway,
      introspection: config.INTROSPECTION,
      hideSchemaDetailsFromClientErrors: !config.INTROSPECTION,
      includeStacktraceInErrorResponses: false,
      documentStore: documents.store,
      stopOnTerminationSignals: false,
      validationOptions: { maxErrors: 20 },
      formatError,
      logger: log,
      plugins: [
        rulesPlugin(rules),
        ApolloServerPluginLandingPageDisabled(),
        // Nothing in the schema says how long an answer may be kept.
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginUsageReportingDisabled(),
        ApolloServerPluginSchemaReportingDisabled(),
      ],
    });
    await apollo.start();
    if (gateway.schema === undefined) throw new Error('the gateway has no schema');
    const graph = createGraph(apollo, createShortWay({ documents, planned, rules, formatError }));
    return { graph, schema: gateway.schema, limitOperation, stop: async () => await apollo.stop() };
  } catch (error) {
    throw unusableSupergraph(error);
  }
}
