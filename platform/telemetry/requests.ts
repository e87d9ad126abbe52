import type { ApolloServerPlugin, BaseContext, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { type Context, context, createContextKey, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import { faultCodes, isFaultCode } from '../errors/faults.ts';
import type { Log } from './log.ts';
import { boundedName, graphqlErrors, requests, requestSeconds } from './metrics.ts';
import { type AnswerOperation, operationsPath } from '../graphql/operations.ts';
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

/** What the router asks a subgraph is observed operation by operation. */
const isUnobserved = (url: string | undefined) => url === operationsPath;

/**
 * Gives each request a trace, which goes on from the caller's where a `traceparent` says so, counts and times it, and
 * writes a line of log for it at level debug.
 */
export function observeRequests(http: FastifyInstance, log: Log): void {
  http.decorateRequest('observed', null);

  // Not before the body is read: what runs in the context of a request would be lost there.
  http.addHook('preHandler', (request, _reply, done) => {
    if (isUnobserved(request.routeOptions.url)) return done();
    const record = begin(isGraphql(request) ? 'graphql' : addressOf(request), request.headers.traceparent);
    request.observed = record;
    context.with(record.within, done);
  });

  http.addHook('onResponse', (request, reply, done) => {
    done();
    if (isUnobserved(request.routeOptions.url)) return;
    const { observed } = request;
    const operation = isGraphql(request) ? observed?.operation : addressOf(request);
    const outcome = observed?.outcome ?? outcomeOfStatus(reply);
    observed?.span.setAttribute('http.response.status_code', reply.statusCode);
    end(observed, { operation, outcome, ms: reply.elapsedTime, status: reply.statusCode }, log);
  });
}

/** Tells what a GraphQL request asks for, and what came of it. */
export function observeOperations<RequestContext extends BaseContext>(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, operationName }) => {
        const record = ongoingRequest();
        if (record !== null) nameOperation(record, operation?.operation ?? 'operation', operationName);
      },
      willSendResponse: async (answered) => {
        const record = ongoingRequest();
        if (record !== null) record.outcome = outcomeOf(answered);
      },
    }),
  };
}

/** Observes each of the operations that the router asks as if it had come in a request of its own. */
export function observedOperations(answer: AnswerOperation, log: Log): AnswerOperation {
  return async (called) => {
    const startedAt = performance.now();
    const record = begin('graphql', called.traceparent);
    nameOperation(record, /^\w{1,20}/.exec(called.query)?.[0] ?? 'operation', called.operationName ?? null);
    return await context.with(record.within, async () => {
      const result = await answer(called);
      const outcome = outcomeOfResult(result);
      end(record, { operation: record.operation, outcome, ms: performance.now() - startedAt }, log);
      return result;
    });
  };
}

function begin(name: string, traceparent: unknown): Ongoing {
  const { within, span } = beginTrace(name, parseTraceparent(traceparent));
  const record = { span, operation: null, outcome: null };
  return Object.assign(record, { within: within.setValue(ongoingKey, record) });
}

function nameOperation(record: Ongoing, type: string, operationName: string | null): void {
  record.operation = operationOf(operationName);
  const name = record.operation ?? 'anonymous';
  record.span.updateName(`${type} ${name}`);
  record.span.setAttributes({ 'graphql.operation.type': type, 'graphql.operation.name': name });
}

interface End {
  readonly operation: string | null | undefined;
  readonly outcome: Outcome;
  readonly ms: number;
  readonly status?: number;
}

function end(record: Ongoing | null, { operation: name, outcome, ms, status }: End, log: Log): void {
  const operation = boundedName(name);
  requests.inc({ operation, outcome });
  requestSeconds.observe({ operation }, ms / 1_000);
  if (outcome === 'fault') record?.span.setStatus({ code: SpanStatusCode.ERROR });
  record?.span.end();
  if (!log.isLevelEnabled('debug')) return;
  const told = { operation, outcome, status, ms: Math.round(ms * 10) / 10 };
  context.with(record?.within ?? context.active(), () => log.debug(told, 'answered'));
}

function ongoingRequest(): Ongoing | null {
  return (context.active().getValue(ongoingKey) as Ongoing | undefined) ?? null;
}

/** Where GraphQL is served, the name of the operation says more than the address. */
function isGraphql({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url === '/graphql';
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

function outcomeOf({ response: { body } }: GraphQLRequestContextWillSendResponse<BaseContext>): Outcome {
  return body.kind === 'single' ? outcomeOfResult(body.singleResult) : 'ok';
}

function outcomeOfResult({ data, errors = [] }: FormattedExecutionResult): Outcome {
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
