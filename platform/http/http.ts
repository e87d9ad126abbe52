import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { callerGone } from './callers.ts';
import { addChallenge } from './challenge.ts';
import { errorBody, fault, faultCodes, type FaultCode, internalMessage, isFaultCode } from '../errors/faults.ts';
import { headFault } from './request-head.ts';
import type { Log } from '../telemetry/log.ts';
import { operationsPath } from '../graphql/operations.ts';
import { sendProblem } from './problem.ts';
import { refuseAmbiguous } from './request-rules.ts';
import { observeRequests } from '../telemetry/requests.ts';
import { parseSearch, type SearchParameters } from './search-parameters.ts';
import { BadJson, parseJson } from './strict-json.ts';
import { strictHeaders } from './strict-headers.ts';
import { clientHasGone } from './unfinished-answers.ts';
import { answerUnreadable } from './unreadable-requests.ts';

export type Http = FastifyInstance;

export interface HttpOptions {
  readonly log: Log;
  /** The maximum size of a body, in bytes. */
  readonly bodyLimit: number;
  /** For how long a stopping server still responds, so that load balancers notice. */
  readonly drainS?: number;
  /** Whether requests are traced, counted and timed. */
  readonly isObserved?: boolean;
  /** Whether a path gets its errors as problems (RFC 9457). */
  readonly sendsProblems?: (path: string) => boolean;
  readonly patience?: Patience;
}

/** The time-outs of a connection, in milliseconds. */
interface Patience {
  /** From the start of a connection, or the end of a response, to the end of the next headers. */
  readonly headersMs: number;
  /** From the same start to the end of the request. */
  readonly requestMs: number;
  /** Without any byte received or sent. */
  readonly silenceMs: number;
}

const defaultPatience: Patience = { headersMs: 10_000, requestMs: 30_000, silenceMs: 30_000 };

/**
 * The keep-alive time that clients are given. A drain takes longer. By its end each connection was used, and got
 * `Connection: close`, or the client has closed it. So no request loses its connection.
 */
const idleConnectionMs = 4_000;
/** Proxies keep connections for a minute, whatever the keep-alive time is. */
const idleProxyMs = 65_000;

/** Creates an HTTP server without routes. Error responses have the form of a GraphQL error, or are problems. */
export function createHttp(options: HttpOptions): Http {
  const { log, bodyLimit, drainS = 0, isObserved = true, sendsProblems, patience = defaultPatience } = options;
  const sendFault = faultSender(sendsProblems);
  const http = fastify({
    bodyLimit,
    requestTimeout: patience.requestMs,
    connectionTimeout: patience.silenceMs,
    http: {
      headersTimeout: patience.headersMs,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeoutBuffer: idleProxyMs - idleConnectionMs,
    },
    keepAliveTimeout: idleConnectionMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    clientErrorHandler: answerUnreadable,
    routerOptions: { querystringParser: parseSearch as () => SearchParameters },
    // For malformed URLs, which reach no hook and no handler.
    frameworkErrors: (error, _request, reply) => {
      void reply.headers(strictHeaders);
      void sendFault(reply, transportFault(error));
    },
  });
  let stopping = false;
  http.addHook('preClose', async () => {
    stopping = true;
    await delay(drainS * 1_000);
  });
  http.addHook('onRequest', (request, reply, done) => {
    // A handler can still change them. The router, which sends the most requests, is not a browser.
    if (request.routeOptions.url !== operationsPath) void reply.headers(strictHeaders);
    const refused = refusalOf(request, reply);
    // Refused here: other pages, such as the queue dashboard, handle errors in their own way.
    if (refused === null) done();
    else void sendFault(reply, refused);
  });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    // Many clients send the type with every request.
    done(null, body.length === 0 ? undefined : readJson(body as Buffer));
  });
  // A client that uses a connection meanwhile opens its next one at another replica.
  http.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
  if (isObserved) observeRequests(http, log);
  http.setErrorHandler<FastifyError | GraphQLError>(async (error, _request, reply) => {
    if (clientHasGone(error, reply)) {
      log.debug('the client disconnected before the response');
      return await sendFault(reply, transportFault(callerGone()));
    }
    const refused = transportFault(error);
    if (refused[0] === 'INTERNAL_SERVER_ERROR') log.error({ err: error }, 'a request failed');
    return await sendFault(reply, refused);
  });
  http.setNotFoundHandler(async (_request, reply) => await sendFault(reply, notFound));
  return http;
}

function readJson(body: Buffer): unknown {
  try {
    return parseJson(body);
  } catch (error) {
    throw error instanceof BadJson ? fault('BAD_REQUEST', error.message) : error;
  }
}

/** Returns why a request is refused before its body is read; null if it is accepted. */
function refusalOf(request: FastifyRequest, reply: FastifyReply): HttpFault | null {
  const tooLong = headFault(request);
  if (tooLong !== null) return ['BAD_REQUEST', tooLong];
  try {
    refuseAmbiguous(request, reply);
    return null;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return transportFault(error);
  }
}

type HttpFault = readonly [code: FaultCode, message: string];

function faultSender(sendsProblems: HttpOptions['sendsProblems'] = () => false) {
  return (reply: FastifyReply, [code, message]: HttpFault): FastifyReply => {
    const status = faultCodes[code];
    if (sendsProblems(pathOf(reply.request))) {
      return sendProblem(reply, { status, causes: [{ code, detail: message }] });
    }
    addChallenge(reply, status, code);
    return reply.code(status).send(errorBody(code, message));
  };
}

/** The path of the route that matches; else the path of the URL, without host and escapes of ASCII characters. */
function pathOf({ url, routeOptions }: FastifyRequest): string {
  if (routeOptions.url !== undefined) return routeOptions.url;
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return path.replaceAll(/%([0-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const notFound: HttpFault = ['NOT_FOUND', 'There is nothing at this URL.'];

function transportFault(error: FastifyError | GraphQLError): HttpFault {
  if (error instanceof GraphQLError) {
    const { code } = error.extensions;
    return isFaultCode(code) ? [code, error.message] : ['INTERNAL_SERVER_ERROR', internalMessage];
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return ['PAYLOAD_TOO_LARGE', 'The body is too large.'];
  if (error.code === 'FST_ERR_MAX_PARAM_LENGTH') return notFound;
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return ['UNSUPPORTED_MEDIA_TYPE', 'A body is JSON: send it with Content-Type: application/json.'];
  }
  if (error.statusCode !== undefined && error.statusCode < 500) return ['BAD_REQUEST', 'The request is malformed.'];
  return ['INTERNAL_SERVER_ERROR', internalMessage];
}
