import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { callerGone } from './callers.ts';
import { errorBody, fault, faultCodes, type FaultCode, internalMessage, isFaultCode } from '../errors/faults.ts';
import { headFault } from './request-head.ts';
import type { Log } from '../telemetry/log.ts';
import { operationsPath } from '../graphql/operations.ts';
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
  /** Largest body taken, in bytes. */
  readonly bodyLimit: number;
  /** For how long it goes on answering when it is told to stop: whoever balances has to notice first. */
  readonly drainS?: number;
  /** Whether requests are traced, counted and timed. */
  readonly isObserved?: boolean;
  readonly patience?: Patience;
}

/** After this, whoever asks is let go, in milliseconds. */
interface Patience {
  /** From the first byte of a connection, or the end of an answer, to the end of the next headers. */
  readonly headersMs: number;
  /** To the end of the request. */
  readonly requestMs: number;
  /** In which neither anything comes nor anything of an answer is taken. */
  readonly silenceMs: number;
}

const defaultPatience: Patience = { headersMs: 10_000, requestMs: 30_000, silenceMs: 30_000 };

/**
 * What clients are told of how long they may leave a connection idle. A drain is longer, so that a connection has been
 * used by then, and was told to close, or its client has let go of it: none is closed under a request.
 */
const idleConnectionMs = 4_000;
/** Proxies keep connections for a minute, whatever they are told. */
const idleProxyMs = 65_000;

/** An HTTP server without any address yet. Every error is answered in the shape of GraphQL's. */
export function createHttp(options: HttpOptions): Http {
  const { log, bodyLimit, drainS = 0, isObserved = true, patience = defaultPatience } = options;
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
    // Of addresses that cannot be read, which no hook and no handler is asked about.
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
    // A handler may still set others. The router is no browser, and asks the most.
    if (request.routeOptions.url !== operationsPath) void reply.headers(strictHeaders);
    const refused = refusalOf(request, reply);
    // Answered here: pages of others, as those of the queues, handle errors in their own way.
    if (refused === null) done();
    else void sendFault(reply, refused);
  });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, readJson(body as Buffer));
  });
  // Whoever asks over a connection meanwhile opens another one for the next request, elsewhere.
  http.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
  if (isObserved) observeRequests(http, log);
  http.setErrorHandler<FastifyError | GraphQLError>(async (error, _request, reply) => {
    if (clientHasGone(error, reply)) {
      log.debug('the client went away before it was answered');
      return await sendFault(reply, transportFault(callerGone()));
    }
    const told = transportFault(error);
    if (told[0] === 'INTERNAL_SERVER_ERROR') log.error({ err: error }, 'a request failed');
    return await sendFault(reply, told);
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

/** Why a request is refused before its body is read; null where it is not. */
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

function sendFault(reply: FastifyReply, [code, message]: HttpFault): FastifyReply {
  return reply.code(faultCodes[code]).send(errorBody(code, message));
}

const notFound: HttpFault = ['NOT_FOUND', 'There is nothing at this address.'];

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
  if (error.statusCode !== undefined && error.statusCode < 500) return ['BAD_REQUEST', 'The request cannot be read.'];
  return ['INTERNAL_SERVER_ERROR', internalMessage];
}
