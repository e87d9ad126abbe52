import type { ApolloServerPlugin, BaseContext, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { type Context, context, createContextKey, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { faultCodes, isFaultCode } from './faults.ts';
import type { Log } from './log.ts';
import { boundedName, graphqlErrors, requests, requestSeconds } from './metrics.ts';
import { beginTrace, parseTraceparent } from './trace.ts';

/** What came of a request: `refused` is a mutation with user errors, `invalid` a client's fault, `fault` ours. */
type Outcome = 'ok' | 'refused' | 'invalid' | 'fault';

/** A request while it is answered. */
interface Ongoing {
  readonly within: Context;
  readonly span: Span;
  /** Of GraphQL's operations; null where there is none, or it has no name. */
  operation: string | null;
  outcome: Outcome | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    observed: Ongoing | null;
  }
}

const ongoingKey = createContextKey('request');

/** What is asked by those who watch over the processes, again and again, would only drown the rest. */
const unobserved = /^\/(?:health|metrics)\b/;

/**
 * Gives each request a trace, which goes on from the caller's where a `traceparent` says so, counts and times it, and
 * writes a line of log for it at level debug.
 */
export function observeRequests(http: FastifyInstance, log: Log): void {
  http.decorateRequest('observed', null);

  // Not before the body is read: what runs in the context of a request would be lost there.
  http.addHook('preHandler', (request, _reply, done) => {
    if (unobserved.test(request.url)) return done();
    const { within, span } = beginTrace(
      isGraphql(request) ? 'graphql' : addressOf(request),
      parseTraceparent(request.headers.traceparent),
    );
    const record: Ongoing = { within, span, operation: null, outcome: null };
    request.observed = record;
    context.with(within.setValue(ongoingKey, record), done);
  });

  http.addHook('onResponse', (request, reply, done) => {
    done();
    if (unobserved.test(request.url)) return;
    const record = request.observed;
    const operation = boundedName(isGraphql(request) ? record?.operation : addressOf(request));
    const outcome = record?.outcome ?? outcomeOfStatus(reply);
    requests.inc({ operation, outcome });
    requestSeconds.observe({ operation }, reply.elapsedTime / 1_000);
    record?.span.setAttribute('http.response.status_code', reply.statusCode);
    if (outcome === 'fault') record?.span.setStatus({ code: SpanStatusCode.ERROR });
    record?.span.end();
    if (!log.isLevelEnabled('debug')) return;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    context.with(record?.within ?? context.active(), () =>
      log.debug({ operation, outcome, status: reply.statusCode, ms }, 'answered'),
    );
  });
}

/** Tells what a GraphQL request asks for, and what came of it. */
export function observeOperations<RequestContext extends BaseContext>(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, operationName }) => {
        const record = ongoingRequest();
        if (record === null) return;
        record.operation = operationOf(operationName);
        const type = operation?.operation ?? 'operation';
        record.span.updateName(`${type} ${record.operation ?? 'anonymous'}`);
        record.span.setAttributes({
          'graphql.operation.type': type,
          'graphql.operation.name': record.operation ?? 'anonymous',
        });
      },
      willSendResponse: async (answered) => {
        const record = ongoingRequest();
        if (record !== null) record.outcome = outcomeOf(answered);
      },
    }),
  };
}

function ongoingRequest(): Ongoing | null {
  return (context.active().getValue(ongoingKey) as Ongoing | undefined) ?? null;
}

/** Where GraphQL is served, the name of the operation says more than the address. */
function isGraphql({ url }: FastifyRequest): boolean {
  return url === '/graphql' || url.startsWith('/graphql?');
}

/** The address as the program knows it, so that there are no more of them than routes. */
function addressOf({ method, routeOptions }: FastifyRequest): string {
  return `${method} ${routeOptions.url ?? 'unknown address'}`;
}

/** The gateway asks subgraphs under the client's name of the operation, its own of the subgraph, and a number. */
function operationOf(name: string | null): string | null {
  return name?.replace(/__[a-z]+__\d+$/, '') ?? null;
}

function outcomeOfStatus({ statusCode }: FastifyReply): Outcome {
  if (statusCode >= 500) return 'fault';
  return statusCode >= 400 ? 'invalid' : 'ok';
}

function outcomeOf({ response }: GraphQLRequestContextWillSendResponse<BaseContext>): Outcome {
  if (response.body.kind !== 'single') return 'ok';
  const { data, errors = [] } = response.body.singleResult;
  const codes = errors.map(({ extensions }) => extensions?.['code']).map((code) => (isFaultCode(code) ? code : null));
  for (const code of codes) graphqlErrors.inc({ code: code ?? 'INTERNAL_SERVER_ERROR' });
  if (codes.some((code) => code === null || faultCodes[code] >= 500)) return 'fault';
  if (codes.length > 0) return 'invalid';
  return Object.values(data ?? {}).some(hasUserErrors) ? 'refused' : 'ok';
}

function hasUserErrors(payload: unknown): boolean {
  if (typeof payload !== 'object' || payload === null || !('userErrors' in payload)) return false;
  return Array.isArray(payload.userErrors) && payload.userErrors.length > 0;
}
