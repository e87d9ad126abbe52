import { constants, type PerformanceEntry, type PerformanceNodeEntry, PerformanceObserver } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from 'prom-client';
import { errorText, type Log } from './log.ts';

/**
 * The metrics of the platform. Those of a domain are in `metrics.ts` of its subgraph. Names follow Prometheus: counters
 * end in _total, durations are in seconds. docs/observability.md describes each metric.
 */

const quickSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const requests = new Counter({
  name: 'wallet_requests_total',
  help: 'Requests answered, by GraphQL operation, or by route for other requests',
  labelNames: ['operation', 'outcome'],
});

export const requestSeconds = new Histogram({
  name: 'wallet_request_seconds',
  help: 'Time from the first byte of a request to the end of its response',
  labelNames: ['operation'],
  buckets: quickSeconds,
});

export const clientRequests = new Counter({
  name: 'wallet_client_requests_total',
  help: 'Requests answered by the router, by the client name in the request header',
  labelNames: ['client', 'version', 'outcome'],
});

export const graphqlErrors = new Counter({
  name: 'wallet_graphql_errors_total',
  help: 'Errors in responses, by code',
  labelNames: ['code'],
});

export const refusals = new Counter({
  name: 'wallet_refusals_total',
  help: 'User errors in responses, by code',
  labelNames: ['code'],
});

export const subgraphRequestSeconds = new Histogram({
  name: 'wallet_subgraph_request_seconds',
  help: 'Time that a subgraph took to respond to the router, by outcome',
  labelNames: ['subgraph', 'outcome'],
  buckets: quickSeconds,
});

export const liveStreams = new Gauge({
  name: 'wallet_live_streams',
  help: 'Open streams of live updates at this router',
});

export const jobSeconds = new Histogram({
  name: 'wallet_job_seconds',
  help: 'Time that one attempt of a job took, by outcome',
  labelNames: ['queue', 'outcome'],
  buckets: quickSeconds,
});

export const jobItems = new Histogram({
  name: 'wallet_job_items',
  help: 'Items in a job; in the queue settle-orders, the orders of a settlement',
  labelNames: ['queue'],
  buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 900],
});

export const jobsTakenAgain = new Counter({
  name: 'wallet_jobs_taken_again_total',
  help: 'Times that a worker took a job again after its worker had died or failed',
  labelNames: ['queue'],
});

export const itemsDeadLettered = new Counter({
  name: 'wallet_items_set_aside_total',
  help: 'Items of jobs that could not be processed',
  labelNames: ['queue'],
});

export const itemsUnsigned = new Counter({
  name: 'wallet_items_unsigned_total',
  help: 'Items of jobs that were refused because of a missing or invalid signature',
  labelNames: ['queue'],
});

export const mails = new Counter({
  name: 'wallet_mails_total',
  help: 'Attempts to send a message, by outcome; refused: the mail server refuses the recipient for good',
  labelNames: ['outcome'],
});

export const outboxEntries = new Counter({
  name: 'wallet_outbox_entries_total',
  help: 'Rows written to an outbox, including those of transactions that were rolled back',
  labelNames: ['kind'],
});

export const queueJobs = new Gauge({
  name: 'wallet_queue_jobs',
  help: 'Jobs in a queue, by state; failed jobs are kept for inspection',
  labelNames: ['queue', 'group', 'state'],
});

export const queueOldestWaitingSeconds = new Gauge({
  name: 'wallet_queue_oldest_waiting_seconds',
  help: 'Age of the oldest job that waits for a worker; 0 if none waits',
  labelNames: ['queue', 'group'],
});

export const outboxRows = new Gauge({
  name: 'wallet_outbox_rows',
  help: 'Rows of an outbox: due, dispatched to a job, or dead-lettered',
  labelNames: ['outbox', 'state'],
});

export const outboxOldestSeconds = new Gauge({
  name: 'wallet_outbox_oldest_seconds',
  help: 'Age of the oldest row: for how long it is overdue (due), or for how long it has been open (open)',
  labelNames: ['outbox', 'state'],
});

export const poolConnections = new Gauge({
  name: 'wallet_pool_connections',
  help: 'Connections of this process to a database: all, idle, and the statements that wait for one',
  labelNames: ['database', 'state'],
});

export const liveMemory = new Gauge({
  name: 'wallet_live_memory_bytes',
  help: 'Heap and buffers in use after the last full garbage collection; 0 before the first',
});

export const scrapeFaults = new Counter({
  name: 'wallet_scrape_faults_total',
  help: 'Measurements that failed; their metrics are then missing',
  labelNames: ['source'],
});

/** A value that is measured at each scrape. */
export interface Reading {
  readonly gauge: Gauge;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Source {
  readonly read: () => Promise<readonly Reading[]> | readonly Reading[];
  shown: readonly Reading[];
}

const sources = new Map<string, Source>();

/** Registers a source to measure at each scrape. It replaces an earlier source of the same name. */
export function measureOnScrape(name: string, read: Source['read']): void {
  sources.set(name, { read, shown: [] });
}

/** Returns the metrics of this process in Prometheus's format. */
export async function metricsText(log: Log): Promise<string> {
  await Promise.all([...sources].map(async ([name, source]) => await measure(name, source, log)));
  return await register.metrics();
}

/** Labels each metric with the name of this process. */
export function nameProcess(name: string): void {
  register.setDefaultLabels({ process: name });
}

let measuresProcess = false;

/** Adds the metrics of Node and of the operating system for this process. */
export function measureProcess(): void {
  if (measuresProcess) return;
  measuresProcess = true;
  collectDefaultMetrics();
  new PerformanceObserver((entries) => {
    if (entries.getEntries().some(isWholeCollection)) measureLiveMemory();
  }).observe({ entryTypes: ['gc'] });
}

/** Minor and incremental collections leave garbage. */
function isWholeCollection(entry: PerformanceEntry): boolean {
  return (entry as PerformanceNodeEntry).detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}

function measureLiveMemory(): void {
  const { heapUsed, external } = process.memoryUsage();
  liveMemory.set(heapUsed + external);
}

export const metricsContentType = register.contentType;

/** A source that takes longer is left out, so that no old value is shown. */
const patienceMs = 2_000;

async function measure(name: string, source: Source, log: Log): Promise<void> {
  for (const { gauge, labels } of source.shown) gauge.remove(labels);
  source.shown = [];
  try {
    const readings = await withinMs(patienceMs, source.read());
    for (const { gauge, labels, value } of readings) gauge.set(labels, value);
    source.shown = readings;
  } catch (error) {
    scrapeFaults.inc({ source: name });
    log.debug({ source: name, reason: errorText(error) }, 'a metric cannot be measured');
  }
}

/** @throws Error after that time. The work continues. */
export async function withinMs<Value>(ms: number, work: Promise<Value> | Value): Promise<Value> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** The maximum number of operation names as labels: clients must not be able to create metrics without bound. */
const maxNames = 100;
const longestName = 64;
const names = new Set<string>();

/** Returns the name as a label: `anonymous` if there is none, `other` if there are too many names. */
export function boundedName(name: string | null | undefined): string {
  if (name === null || name === undefined || name === '') return 'anonymous';
  if (names.has(name)) return name;
  if (names.size >= maxNames || name.length > longestName) return 'other';
  names.add(name);
  return name;
}

const codes = new Set<string>();

/** Returns the code of a user error as a label. A client can alias fields, so that any text can stand for a code. */
export function boundedCode(code: unknown): string {
  if (typeof code !== 'string' || !/^[A-Z][A-Z_]{2,39}$/.test(code)) return 'other';
  if (codes.size >= maxNames && !codes.has(code)) return 'other';
  codes.add(code);
  return code;
}
