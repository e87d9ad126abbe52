import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { type Context, context, createContextKey, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import { faultCodes, isFaultCode } from '../errors/faults.ts';
import type { Log } from './log.ts';
import { boundedCode, boundedName, graphqlErrors, refusals, requests, requestSeconds } from './metrics.ts';
import { operationsPath } from '../graphql/operations.ts';
import { beginTrace, parseTraceparent } from './trace.ts';

/** The outcome of a request. `refused`: a mutation with user errors. `invalid`: an error of the client. `fault`: ours. */
type Outcome = 'ok' | 'refused' | 'invalid' | 'fault';

/** A request in progress. */
interface Ongoing {
  readonly within: Context;
  readonly span: Span;
  /** The name of the GraphQL operation. Null where there is no operation, or it has no name. */
  operation: string | null;
  outcome: Outcome | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    observed: Ongoing | null;
  }
}

const ongoingKey = createContextKey('request');

/** Each operation of a router's request is observed separately, instead of the request. */
const isUnobserved = (url: string | undefined) => url === operationsPath;

/**
 * Observes each HTTP request: it gets a trace, which continues the one of its `traceparent`, it is counted and timed,
 * and logged at level debug.
 */
export function observeRequests(http: FastifyInstance, log: Log): void {
  http.decorateRequest('observed', null);

  // The context of a request would be lost while its body is read, so it begins after that.
  http.addHook('preHandler', (request, _reply, done) => {
    if (isUnobserved(request.routeOptions.url)) return done();
    const record = begin(isGraphql(request) ? 'graphql' : routeOf(request), request.headers.traceparent);
    request.observed = record;
    context.with(record.within, done);
  });

  http.addHook('onResponse', (request, reply, done) => {
    done();
    if (isUnobserved(request.routeOptions.url)) return;
    const { observed } = request;
    const operation = isGraphql(request) ? observed?.operation : routeOf(request);
    const outcome = outcomeOfRequest(request, reply);
    observed?.span.setAttribute('http.response.status_code', reply.statusCode);
    end(observed, { operation, outcome, ms: reply.elapsedTime, status: reply.statusCode }, log);
  });
}

export function outcomeOfRequest({ observed }: FastifyRequest, reply: FastifyReply): Outcome {
  return observed?.outcome ?? outcomeOfStatus(reply);
}

/**
 * Observes one operation of a router's request as a request of its own.
 *
 * @param traceparent of the caller of the operation.
 */
export async function observeOperation(
  traceparent: string | undefined,
  answer: () => Promise<FormattedExecutionResult>,
  log: Log,
): Promise<FormattedExecutionResult> {
  const startedAt = performance.now();
  const record = begin('graphql', traceparent);
  return await context.with(record.within, async () => {
    const result = await answer();
    const outcome = outcomeOf(result);
    end(record, { operation: record.operation, outcome, ms: performance.now() - startedAt }, log);
    return result;
  });
}

/**
 * Names the operation of the current request.
 *
 * @param type such as `query`.
 */
export function nameOperation(type: string, operationName: string | null | undefined): void {
  const record = ongoingRequest();
  if (record === null) return;
  record.operation = operationOf(operationName ?? null);
  const name = record.operation ?? 'anonymous';
  record.span.updateName(`${type} ${name}`);
  record.span.setAttributes({ 'graphql.operation.type': type, 'graphql.operation.name': name });
}

/** Records the outcome of the current request. */
export function recordOutcome(result: FormattedExecutionResult): void {
  const outcome = outcomeOf(result);
  const record = ongoingRequest();
  if (record !== null) record.outcome = outcome;
}

/** Records the outcome of each GraphQL request that Apollo Server answers. */
export function recordOutcomes<RequestContext extends BaseContext>(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response: { body } }) => {
        if (body.kind === 'single') recordOutcome(body.singleResult);
      },
    }),
  };
}

function begin(name: string, traceparent: unknown): Ongoing {
  const { within, span } = beginTrace(name, parseTraceparent(traceparent));
  const record = { span, operation: null, outcome: null };
  return Object.assign(record, { within: within.setValue(ongoingKey, record) });
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
  const fields = { operation, outcome, status, ms: Math.round(ms * 10) / 10 };
  context.with(record?.within ?? context.active(), () => log.debug(fields, 'answered'));
}

function ongoingRequest(): Ongoing | null {
  return (context.active().getValue(ongoingKey) as Ongoing | undefined) ?? null;
}

/** A GraphQL request is named by its operation instead of its route. */
function isGraphql({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url === '/graphql';
}

/** The route pattern, not the URL: it bounds the number of metric labels. */
function routeOf({ method, routeOptions }: FastifyRequest): string {
  return `${method} ${routeOptions.url ?? 'unknown address'}`;
}

/** Removes what the gateway appends to the client's name of an operation: the subgraph and a number. */
function operationOf(name: string | null): string | null {
  return name?.replace(/__[a-z]+__\d+$/, '') ?? null;
}

function outcomeOfStatus({ statusCode }: FastifyReply): Outcome {
  if (statusCode >= 500) return 'fault';
  return statusCode >= 400 ? 'invalid' : 'ok';
}

function outcomeOf({ data, errors = [] }: FormattedExecutionResult): Outcome {
  const codes = errors.map(({ extensions }) => extensions?.['code']).map((code) => (isFaultCode(code) ? code : null));
  for (const code of codes) graphqlErrors.inc({ code: code ?? 'INTERNAL_SERVER_ERROR' });
  if (codes.some((code) => code === null || faultCodes[code] >= 500)) return 'fault';
  if (codes.length > 0) return 'invalid';
  const userErrors = Object.values(data ?? {}).flatMap(userErrorsOf);
  for (const userError of userErrors) refusals.inc({ code: boundedCode(codeOf(userError)) });
  return userErrors.length > 0 ? 'refused' : 'ok';
}

/** A client can alias any list as `userErrors`. */
function userErrorsOf(payload: unknown): readonly unknown[] {
  if (typeof payload !== 'object' || payload === null || !('userErrors' in payload)) return [];
  return Array.isArray(payload.userErrors) ? payload.userErrors : [];
}

function codeOf(userError: unknown): unknown {
  return typeof userError === 'object' && userError !== null && 'code' in userError ? userError.code : null;
}
