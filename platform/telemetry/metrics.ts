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
  help: 'Requests answered, by the name of the GraphQL operation, or the address of what is not GraphQL',
  labelNames: ['operation', 'outcome'],
});

export const requestSeconds = new Histogram({
  name: 'wallet_request_seconds',
  help: 'Time from the first byte of a request to the end of its answer',
  labelNames: ['operation'],
  buckets: quickSeconds,
});

export const graphqlErrors = new Counter({
  name: 'wallet_graphql_errors_total',
  help: 'Errors in answers, by their code',
  labelNames: ['code'],
});

export const subgraphRequestSeconds = new Histogram({
  name: 'wallet_subgraph_request_seconds',
  help: 'Time that a subgraph took to answer the router, by what came of it',
  labelNames: ['subgraph', 'outcome'],
  buckets: quickSeconds,
});

export const liveStreams = new Gauge({
  name: 'wallet_live_streams',
  help: 'Streams of live updates that are open at this router',
});

export const jobSeconds = new Histogram({
  name: 'wallet_job_seconds',
  help: 'Time that one try of a job took, by what came of it',
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
  help: 'Times that a worker took a job that one had taken before: who had it died with it, or failed',
  labelNames: ['queue'],
});

export const itemsDeadLettered = new Counter({
  name: 'wallet_items_set_aside_total',
  help: 'Items of jobs that could not be processed',
  labelNames: ['queue'],
});

export const itemsUnsigned = new Counter({
  name: 'wallet_items_unsigned_total',
  help: 'Items of jobs that were not done, since nobody who may has signed them',
  labelNames: ['queue'],
});

export const outboxEntries = new Counter({
  name: 'wallet_outbox_entries_total',
  help: 'Changes noted for others to learn of, those of transactions that were rolled back included',
  labelNames: ['kind'],
});

export const queueJobs = new Gauge({
  name: 'wallet_queue_jobs',
  help: 'Jobs in a queue, by state; failed ones are kept to be looked at',
  labelNames: ['queue', 'group', 'state'],
});

export const queueOldestWaitingSeconds = new Gauge({
  name: 'wallet_queue_oldest_waiting_seconds',
  help: 'Age of the oldest job that waits for a worker; 0 where none waits',
  labelNames: ['queue', 'group'],
});

export const outboxRows = new Gauge({
  name: 'wallet_outbox_rows',
  help: 'Rows of an outbox: due, handed over to a job, or set aside as dead letters',
  labelNames: ['outbox', 'state'],
});

export const outboxOldestSeconds = new Gauge({
  name: 'wallet_outbox_oldest_seconds',
  help: 'Age of the oldest row: how long it is overdue (due), or how long ago it was noted and is not done (open)',
  labelNames: ['outbox', 'state'],
});

export const poolConnections = new Gauge({
  name: 'wallet_pool_connections',
  help: 'Connections to a database: all of this process, those that rest, and the statements that wait for one',
  labelNames: ['database', 'state'],
});

export const liveMemory = new Gauge({
  name: 'wallet_live_memory_bytes',
  help: 'Heap and buffers that were still in use after the last collection of all garbage; 0 before the first',
});

export const scrapeFaults = new Counter({
  name: 'wallet_scrape_faults_total',
  help: 'Times that something could not be measured; its metrics are missing then',
  labelNames: ['source'],
});

/** A reading of something that is measured when somebody asks. */
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

/** Measures this whenever the metrics are asked for; a source of the same name takes the place of the one before. */
export function measureOnScrape(name: string, read: Source['read']): void {
  sources.set(name, { read, shown: [] });
}

/** The metrics of this process, as Prometheus reads them. */
export async function metricsText(log: Log): Promise<string> {
  await Promise.all([...sources].map(async ([name, source]) => await measure(name, source, log)));
  return await register.metrics();
}

/** From now on each metric of this process says which process it is. */
export function nameProcess(name: string): void {
  register.setDefaultLabels({ process: name });
}

let measuresProcess = false;

/** From now on what Node and the operating system know of the process is among its metrics. */
export function measureProcess(): void {
  if (measuresProcess) return;
  measuresProcess = true;
  collectDefaultMetrics();
  new PerformanceObserver((entries) => {
    if (entries.getEntries().some(isWholeCollection)) measureLiveMemory();
  }).observe({ entryTypes: ['gc'] });
}

/** Collections of what is young, and the steps of larger ones, leave garbage. */
function isWholeCollection(entry: PerformanceEntry): boolean {
  return (entry as PerformanceNodeEntry).detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}

function measureLiveMemory(): void {
  const { heapUsed, external } = process.memoryUsage();
  liveMemory.set(heapUsed + external);
}

export const metricsContentType = register.contentType;

/** What cannot be measured in time is left out, instead of being shown as it was. */
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
    log.debug({ source: name, reason: errorText(error) }, 'something cannot be measured');
  }
}

/** @throws where it takes longer; whatever it is goes on. */
export async function withinMs<Value>(ms: number, work: Promise<Value> | Value): Promise<Value> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** This many names are told apart; whoever asks under names of their own must not make metrics without end. */
const maxNames = 100;
const longestName = 64;
const names = new Set<string>();

/** The name as a label: `anonymous` where there is none, `other` where there are too many. */
export function boundedName(name: string | null | undefined): string {
  if (name === null || name === undefined || name === '') return 'anonymous';
  if (names.has(name)) return name;
  if (names.size >= maxNames || name.length > longestName) return 'other';
  names.add(name);
  return name;
}
