import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormattedExecutionResult, getOperationAST, OperationTypeNode, parse } from 'graphql';
import { readAccept, type SubscriptionTransport } from '../http/accept.ts';
import { addChallenge } from '../http/challenge.ts';
import { refuseCrossSite } from '../http/cross-site.ts';
import { fault } from '../errors/faults.ts';
import type { ExecuteGraphql } from './apollo-execute.ts';
import { type GraphqlRequest, readGraphqlRequest, type TrustedDocuments } from './graphql-request.ts';
import type { Http } from '../http/http.ts';
import { subscriptionFault } from './subscription-fault.ts';

export interface GraphqlEndpoint<Context> {
  readonly execute: ExecuteGraphql<Context>;
  readonly contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Context>;
  /** The documents that a client can send by id. */
  readonly trustedDocuments: TrustedDocuments;
  /** Throws if a document is too large to parse or validate, or is not allowed. */
  readonly limitDocument: (query: string) => void;
  /** Responds to a subscription; null if the server has none. */
  readonly answerSubscription: AnswerSubscription | null;
  /** The page for browsers, or null. */
  readonly page: string | null;
}

export type AnswerSubscription = (
  request: FastifyRequest,
  reply: FastifyReply,
  graphqlRequest: GraphqlRequest,
  transport: SubscriptionTransport,
) => Promise<void>;

const methods = ['GET', 'POST'];

/** Serves GraphQL over HTTP at `/graphql`. */
export function serveGraphql<Context>(http: Http, endpoint: GraphqlEndpoint<Context>): void {
  http.route({
    method: [...methods, 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    url: '/graphql',
    onRequest: refuseBeforeBody,
    handler: async (request, reply) => await answer(endpoint, request, reply),
  });
}

function refuseBeforeBody({ method, headers }: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (!methods.includes(method)) {
    void reply.header('allow', methods.join(', '));
    throw fault('METHOD_NOT_ALLOWED', `Use ${methods.join(' or ')} for GraphQL requests.`);
  }
  refuseWebSocket(headers, reply);
  // Before the body is read.
  if (method === 'POST') refuseCrossSite(headers);
  done();
}

/** @throws BAD_REQUEST */
export function refuseWebSocket({ upgrade }: FastifyRequest['headers'], reply: FastifyReply): void {
  if (upgrade?.toLowerCase() !== 'websocket') return;
  void reply.header('connection', 'close');
  throw subscriptionFault();
}

async function answer<Context>(
  endpoint: GraphqlEndpoint<Context>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { execute, contextOf, trustedDocuments, limitDocument, answerSubscription, page } = endpoint;
  const accepted = readAccept(request.headers.accept);
  if (page !== null && request.method === 'GET' && accepted.prefersPage) {
    return await reply.header('content-type', 'text/html; charset=utf-8').send(page);
  }
  const graphqlRequest = readGraphqlRequest(request, trustedDocuments);
  if (answerSubscription !== null && accepted.prefersEventStream) {
    return await answerSubscription(request, reply, graphqlRequest, 'event-stream');
  }
  if (graphqlRequest.query !== undefined) limitDocument(graphqlRequest.query);
  if (isSubscription(graphqlRequest)) {
    const { subscriptionTransport } = accepted;
    if (answerSubscription === null || subscriptionTransport === null) throw subscriptionFault();
    return await answerSubscription(request, reply, graphqlRequest, subscriptionTransport);
  }
  refuseCrossSite(request.headers);
  const { json: type } = accepted;
  if (type === null) throw fault('NOT_ACCEPTABLE', 'The response is JSON, which the Accept header excludes.');
  const contextValue = await contextOf(request, reply);
  const { result, status = 200, headers } = await execute(graphqlRequest, request, contextValue);
  for (const [name, value] of headers) void reply.header(name, value);
  addChallenge(reply, status, result.errors?.[0]?.extensions?.['code']);
  void reply.code(status).header('content-type', type);
  return await reply.send(textOf(result));
}

/** The document has passed the limits, so it can be parsed. It is validated later. */
function isSubscription({ query, operationName }: GraphqlRequest): boolean {
  if (query?.includes('subscription') !== true) return false;
  try {
    const operation = getOperationAST(parse(query, { noLocation: true }), operationName);
    return operation?.operation === OperationTypeNode.SUBSCRIPTION;
  } catch {
    return false;
  }
}

/** Puts errors first, where readers look for them. */
function textOf({ errors, data, extensions }: FormattedExecutionResult): string {
  return `${JSON.stringify({ errors, data, extensions })}\n`;
}
