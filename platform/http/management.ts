import { createHttp, type Http } from './http.ts';
import { listen } from './listen.ts';
import type { Log } from '../telemetry/log.ts';
import { measureProcess, metricsContentType, metricsText } from '../telemetry/metrics.ts';

/** Returns what a process still waits for; null when it is ready. */
export type Readiness = () => string | null | Promise<string | null>;

export interface ManagementAddress {
  readonly host: string;
  readonly port: number;
  /** The setting that chooses the port. */
  readonly setting: string;
}

/** Returns why the process has to be restarted; null while it works. */
export type Liveness = () => string | null | Promise<string | null>;

export interface ManagementOptions extends ManagementAddress {
  readonly log: Log;
  readonly ready: Readiness;
  /** Default: a process that responds works. */
  readonly live?: Liveness;
}

/** The server for operators, on its own port. */
export interface Management {
  readonly port: number;
  /** Marks the process as not ready, so that load balancers skip it. */
  readonly drain: () => void;
  readonly close: () => Promise<void>;
}

/** In bytes. Requests here have no body. */
const bodyLimitBytes = 1_000;

/** Probes and scrapers need few connections. */
const maxConnections = 100;

/**
 * Serves the endpoints for operators of a process: `/health/live` (the process runs, or
 * 503 and why it has to be restarted), `/health/ready` (it is ready, or 503
 * and what it waits for) and `/metrics` (for Prometheus). Its port is not the public one, so that a network can separate
 * the two.
 *
 * @throws CannotListen
 */
export async function startManagement(options: ManagementOptions): Promise<Management> {
  const { log, ready, live = () => null, host, port, setting } = options;
  const http = createHttp({ log, bodyLimit: bodyLimitBytes, isObserved: false });
  http.server.maxConnections = maxConnections;
  let isDraining = false;
  http.get('/health/live', async (_request, reply) => {
    const stuck = await live();
    if (stuck === null) return { status: 'ok' };
    return await reply.code(503).send({ status: 'stuck', reason: stuck });
  });
  http.get('/health/ready', async (_request, reply) => {
    const waitingFor = isDraining ? 'the end of the process' : await ready();
    if (waitingFor === null) return { status: 'ok' };
    return await reply.code(503).send({ status: 'waiting', waitingFor });
  });
  measureProcess();
  const metrics = oneAtATime(async () => await metricsText(log));
  http.get('/metrics', async (_request, reply) => {
    const text = await metrics();
    return await reply.header('content-type', metricsContentType).send(text);
  });
  await listen(http, host, port, setting);
  return {
    port: portOf(http),
    drain: () => {
      isDraining = true;
    },
    close: async () => {
      await http.close();
    },
  };
}

/** Calls during a measurement share its result: it queries databases and queues. */
function oneAtATime<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let underWay: Promise<Value> | null = null;
  return async () => {
    underWay ??= work().finally(() => {
      underWay = null;
    });
    return await underWay;
  };
}

function portOf({ server }: Http): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
