import { METHODS } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { fault } from '#platform/errors/faults.ts';
import { readAccept } from '#platform/http/accept.ts';
import type { Http } from '#platform/http/http.ts';
import { sendProblem } from '#platform/http/problem.ts';
import { graphCallerOf } from '../graph-data.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import { readRequest } from './read-request.ts';
import { apiPath, type Route } from './route.ts';
import { routes } from './routes.ts';
import { runRoute } from './run-route.ts';
import { type SendOptions, sendResult } from './send.ts';
import type { Graph } from '../graph.ts';

export interface RestOptions extends SendOptions {
  readonly graph: Graph;
  readonly schema: GraphQLSchema;
  /** Refuses documents that are too expensive, or not registered. */
  readonly limitDocument: (query: string) => void;
  /** The number of proxies in front of this server. */
  readonly proxies: number;
}

/**
 * Serves REST at `/api/v1`. A route executes its registered operation in the graph, as a client's POST to `/graphql` does:
 * identity, rate limits, cost, time-outs, error masking, metrics and traces are those of the graph.
 *
 * @returns whether the supergraph has the fields of every route.
 */
export function serveRest(http: Http, options: RestOptions): boolean {
  http.addHook('preClose', async () => options.decisions.stop());
  for (const method of methods) if (!http.supportedMethods.includes(method)) http.addHttpMethod(method);
  const served = servedRoutes(options);
  for (const route of served) {
    options.limitDocument(route.document);
    const parameters = parametersOf(options.schema, route);
    http.route({
      method: route.method === 'GET' ? ['GET', 'HEAD'] : route.method,
      url: urlOf(route),
      onRequest: refuseBeforeBody(route),
      handler: async (request, reply) => await answer(options, { route, parameters, request, reply }),
    });
  }
  for (const [url, ofUrl] of Map.groupBy(served, urlOf)) serveOtherMethods(http, url, ofUrl);
  http.route({
    method: methods,
    url: '/api/*',
    // Before the body: nothing can be wrong with it.
    onRequest: async () => {
      throw fault('NOT_FOUND', 'There is nothing at this URL.');
    },
    handler: async () => null,
  });
  return served.length === routes.length;
}

/** A supergraph of other subgraphs does not have every route. */
function servedRoutes({ schema, log }: RestOptions): readonly Route[] {
  // Validation does not check whether the schema has mutations at all.
  const isServed = ({ method, document }: Route) =>
    (method === 'GET' || schema.getMutationType() != null) && validate(schema, parse(document)).length === 0;
  const missing = routes.filter((route) => !isServed(route)).map(({ method, path }) => `${method} ${path}`);
  if (missing.length > 0) log.warn({ routes: missing }, 'the supergraph does not have all fields of these REST routes');
  return routes.filter(isServed);
}

/** The path as Fastify writes it. */
function urlOf({ path }: Route): string {
  return `${apiPath}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
}

function refuseBeforeBody({ isPublic }: Route) {
  return ({ headers }: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
    if (!readAccept(headers.accept).takesPlainJson) {
      throw fault('NOT_ACCEPTABLE', 'The response is application/json, which the Accept header excludes.');
    }
    if (isPublic !== true && headers.authorization === undefined) {
      throw fault('UNAUTHENTICATED', 'Sign in: this needs a valid access token.');
    }
    done();
  };
}

/** Node's HTTP server has no request for CONNECT. */
const methods = METHODS.filter((method) => method !== 'CONNECT');

/** OPTIONS names the methods of a path; any other method is refused with them. */
function serveOtherMethods(http: Http, url: string, ofUrl: readonly Route[]): void {
  const allowed = [...ofUrl.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : method)), 'OPTIONS'];
  const allow = allowed.join(', ');
  http.route({
    method: ['OPTIONS', ...methods.filter((method) => !allowed.includes(method))],
    url,
    onRequest: async (request, reply) => {
      void reply.header('allow', allow);
      if (request.method === 'OPTIONS') return await reply.code(204).send();
      throw fault('METHOD_NOT_ALLOWED', `Use ${allow} for this URL.`);
    },
    handler: async () => null,
  });
}

/** A request of a route. */
interface Incoming {
  readonly route: Route;
  readonly parameters: readonly Parameter[];
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function answer(options: RestOptions, { route, parameters, request, reply }: Incoming): Promise<FastifyReply> {
  const read = readRequest(parameters, request);
  if (read.causes !== null) return sendProblem(reply, { status: 400, causes: read.causes });
  const caller = graphCallerOf(request, reply, options.proxies);
  const { problem, result, repeated } = await runRoute(options.graph, caller, { route, parameters, ...read });
  if (problem !== null) return sendProblem(reply, problem);
  if (repeated) void reply.header('idempotent-replayed', 'true');
  return await sendResult(options, { route, request, reply, result, repeated, gone: caller.gone });
}
