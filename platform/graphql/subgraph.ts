import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { fault } from '../errors/faults.ts';
import { type Caller, callerOf } from '../http/callers.ts';
import { createHttp, type Http } from '../http/http.ts';
import { listen } from '../http/listen.ts';
import { type ManagementAddress, startManagement } from '../http/management.ts';
import { recordRefusedActs } from '../audit/record-refused-acts.ts';
import type { ConfirmationReader } from '../identity/confirmation.ts';
import type { Identity, IdentityReader } from '../identity/identity.ts';
import type { PermitReader } from '../identity/permit.ts';
import { databaseReady } from '../postgres/database-ready.ts';
import type { Database } from '../postgres/database.ts';
import type { Service } from '../process/process.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import { executeByApollo } from './apollo-execute.ts';
import { startApolloTransport } from './apollo-transport.ts';
import { serveGraphql } from './graphql-http.ts';
import { serveOperations } from './operations-http.ts';
import { createPipeline, type PipelineOptions } from './pipeline.ts';
import { checkReferences } from './references.ts';
import { resolverFaults } from './resolvers-match.ts';
import { refuseInexactIds } from './scalars.ts';
import { type Permissions, protect, rolesOfField } from './shield.ts';
import { checkText } from './stored-text.ts';

/** The part of the context that is the same in each subgraph. */
export interface BaseContext {
  readonly identity: Identity;
  readonly caller: Caller;
  /** Whether the caller has confirmed its identity: see `confirmationReader`. */
  readonly isConfirmed: (confirmation: string | null | undefined) => Promise<boolean>;
  /** What a permit of the caller's session is for: see `permitReader`. */
  readonly subjectOfPermit: (permit: string | null | undefined) => Promise<string | null>;
  readonly log: Log;
}

export interface SubgraphDefinition {
  readonly name: string;
  /** The SDL file. */
  readonly schemaUrl: URL;
  readonly resolvers: object;
  readonly permissions: Permissions;
}

export interface SubgraphServer<Context extends BaseContext> {
  readonly definition: SubgraphDefinition;
  readonly database: Database;
  readonly identify: IdentityReader;
  readonly readConfirmation: ConfirmationReader;
  readonly readPermit: PermitReader;
  /** Creates the context of the resolvers, once for each request. */
  readonly contextOf: (base: BaseContext) => Context;
  readonly routes?: (http: Http) => void;
  /** Whether callers may read the schema. */
  readonly introspection: boolean;
  readonly log: Log;
  readonly host: string;
  readonly drainS?: number;
  readonly port: number;
  readonly portSetting: string;
  readonly management: ManagementAddress;
}

/** A router's request has entity representations in addition to the client's input. */
const bodyLimitBytes = 1_000_000;

/**
 * Builds the executable schema, with its permissions and the checks of its inputs.
 *
 * @throws Error where a resolver does not match the schema.
 */
export function buildSchema(definition: SubgraphDefinition): GraphQLSchema {
  refuseInexactIds();
  const typeDefs = parse(readFileSync(definition.schemaUrl, 'utf8'));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: definition.resolvers as never }]);
  const faults = resolverFaults(schema, definition.resolvers as Record<string, unknown>);
  if (faults.length > 0) throw new Error(`${definition.name} does not match its schema: ${faults.join(', ')}`);
  checkReferences(schema);
  checkText(schema);
  recordRefusedActs(schema, (mutation) => rolesOfField(definition.permissions, 'Mutation', mutation).length > 0);
  return protect(schema, definition.permissions);
}

/**
 * Starts a subgraph. It listens immediately, and is ready as soon as its database is. Until then it answers
 * SERVICE_UNAVAILABLE.
 */
export async function startSubgraph<Context extends BaseContext>(server: SubgraphServer<Context>): Promise<Service> {
  const { definition, database, log } = server;
  const stopping = new AbortController();
  let waitingFor: string | null = `the ${definition.name} database`;

  const schema = buildSchema(definition);
  const http = createHttp({ log, bodyLimit: bodyLimitBytes, drainS: server.drainS ?? 0 });
  server.routes?.(http);
  const transports = await serveSchema(http, {
    schema,
    contextOf: async ({ authorization, caller }) => {
      if (waitingFor !== null) throw fault('SERVICE_UNAVAILABLE', 'The service is starting. Try again shortly.');
      const identity = await readable(server, async () => await server.identify(authorization));
      const isConfirmed = async (confirmation: string | null | undefined) =>
        await readable(server, async () => await server.readConfirmation(confirmation, identity));
      const subjectOfPermit = async (permit: string | null | undefined) =>
        await readable(server, async () => await server.readPermit(permit, identity));
      return server.contextOf({ identity, caller, isConfirmed, subjectOfPermit, log });
    },
    introspection: server.introspection,
    log,
  });
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
      await transports.stop();
      await database.close();
      await management.close();
    },
  };
}

/**
 * Serves a schema with both transports: `/graphql` for any client, and `/operations` for the router. One pipeline
 * executes the requests of both.
 */
export async function serveSchema<Context extends BaseContext>(
  http: Http,
  options: PipelineOptions<Context>,
): Promise<{ stop: () => Promise<void> }> {
  const { schema, log } = options;
  const pipeline = createPipeline(options);
  const apollo = await startApolloTransport({ schema, pipeline, log });
  serveGraphql(http, {
    execute: executeByApollo(apollo),
    contextOf: async (request, reply) => ({
      authorization: request.headers.authorization,
      caller: callerOf(request, reply),
    }),
    limitDocument: pipeline.limitDocument,
    trustedDocuments: new Map(),
    answerSubscription: null,
    page: null,
  });
  serveOperations(http, pipeline.executeRequest, log);
  return { stop: async () => await apollo.stop() };
}

/** @throws SERVICE_UNAVAILABLE where the keys cannot be read. */
async function readable<Value>(server: Pick<SubgraphServer<never>, 'log'>, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    server.log.error({ reason: errorText(error) }, 'the public keys of the user subgraph cannot be read');
    throw fault('SERVICE_UNAVAILABLE', "Your token can't be verified right now. Try again shortly.");
  }
}
