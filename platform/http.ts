import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyError } from 'fastify';
import { GraphQLError } from 'graphql';
import { faultCodes, type FaultCode, internalMessage, isFaultCode } from './faults.ts';
import { type Log, errorText } from './log.ts';
import { measureProcess, metricsContentType, metricsText } from './metrics.ts';
import { observeRequests } from './requests.ts';

export type Http = FastifyInstance;

/** What a process still waits for, or null when it can work. */
export type Readiness = () => string | null | Promise<string | null>;

export interface HttpOptions {
  readonly log: Log;
  readonly ready: Readiness;
  /** Largest body taken, in bytes. */
  readonly bodyLimit: number;
  /** For how long it goes on answering when it is told to stop: whoever balances has to notice first. */
  readonly drainS?: number;
}

/**
 * What clients are told of how long they may leave a connection idle. A drain is longer, so that a connection has been
 * used by then, and was told to close, or its client has let go of it: none is closed under a request.
 */
const idleConnectionMs = 4_000;
/** Proxies keep connections for a minute, whatever they are told. */
const idleProxyMs = 65_000;

/** The port is taken; the message says which setting moves it. */
export class PortTaken extends Error {
  constructor(host: string, port: number, setting: string) {
    super(`Port ${port} of ${host} is in use by another program: set ${setting} to a free one.`);
    this.name = 'PortTaken';
  }
}

/**
 * An HTTP server with the paths that every process of the system answers: `/health/live` (the process runs),
 * `/health/ready` (it can work, or 503 and what it waits for) and `/metrics` (for Prometheus). Every error is answered
 * in the shape of GraphQL's.
 */
export function createHttp({ log, ready, bodyLimit, drainS = 0 }: HttpOptions): Http {
  const http = fastify({
    bodyLimit,
    // Whoever never comes to the end of a request is let go.
    requestTimeout: 30_000,
    http: {
      headersTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeoutBuffer: idleProxyMs - idleConnectionMs,
    },
    keepAliveTimeout: idleConnectionMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
  });
  let stopping = false;
  http.addHook('preClose', async () => {
    stopping = true;
    await delay(drainS * 1_000);
  });
  // Whoever asks over a connection meanwhile opens another one for the next request, elsewhere.
  http.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
  observeRequests(http, log);
  http.setErrorHandler<FastifyError | GraphQLError>(async (error, _request, reply) => {
    const [code, message] = transportFault(error);
    if (code === 'INTERNAL_SERVER_ERROR') log.error({ err: error }, 'a request met a fault');
    return await reply.code(faultCodes[code]).send(errorBody(code, message));
  });
  http.setNotFoundHandler(
    async (_request, reply) => await reply.code(404).send(errorBody('NOT_FOUND', 'There is nothing at this address.')),
  );
  http.get('/health/live', async () => ({ status: 'ok' }));
  http.get('/health/ready', async (_request, reply) => {
    const waitingFor = stopping ? 'the end of the process' : await ready();
    if (waitingFor === null) return { status: 'ok' };
    return await reply.code(503).send({ status: 'waiting', waitingFor });
  });
  measureProcess();
  http.get('/metrics', async (_request, reply) => {
    const text = await metricsText(log);
    return await reply.header('content-type', metricsContentType).send(text);
  });
  return http;
}

export function errorBody(code: FaultCode, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}

function transportFault(error: FastifyError | GraphQLError): [FaultCode, string] {
  if (error instanceof GraphQLError) {
    const { code } = error.extensions;
    return isFaultCode(code) ? [code, error.message] : ['INTERNAL_SERVER_ERROR', internalMessage];
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return ['PAYLOAD_TOO_LARGE', 'The body is too large.'];
  if (error.statusCode !== undefined && error.statusCode < 500) return ['BAD_REQUEST', 'The request cannot be read.'];
  return ['INTERNAL_SERVER_ERROR', internalMessage];
}

/**
 * Listens.
 *
 * @throws PortTaken
 */
export async function listen(http: Http, host: string, port: number, setting: string): Promise<void> {
  try {
    await http.listen({ host, port });
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRINUSE') throw new PortTaken(host, port, setting);
    throw new Error(`Cannot listen on port ${port} of ${host}: ${errorText(error)}`, { cause: error });
  }
}
