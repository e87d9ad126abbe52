import type { Job } from 'bullmq';
import { jobItems, jobSeconds, jobsTakenAgain } from '#platform/telemetry/metrics.ts';
import { type Log } from '#platform/telemetry/log.ts';
import { currentTrace, currentTraceparent, parseTraceparent, withinTrace } from '#platform/telemetry/trace.ts';

/** The fields of a job that this module reads. */
type ObservableJob = Pick<Job, 'attemptsStarted' | 'data' | 'opts' | 'queueName'>;

/** Job options that carry the current trace, so that the worker of the job continues it. */
export function traceOptions(): { readonly telemetry?: { readonly metadata: string } } {
  const traceparent = currentTraceparent();
  return traceparent === null ? {} : { telemetry: { metadata: JSON.stringify({ traceparent }) } };
}

/** Runs a job within the trace that it carries, and records its metrics. */
export async function observedJob(job: ObservableJob, log: Log, work: () => Promise<void>): Promise<void> {
  // If this process records traces, BullMQ has already started a span.
  if (currentTrace() !== null) return await timed(job, log, work);
  await withinTrace(traceOf(job), async () => await timed(job, log, work));
}

async function timed(
  { queueName: queue, data, attemptsStarted }: ObservableJob,
  log: Log,
  work: () => Promise<void>,
): Promise<void> {
  const items = itemsOf(data);
  const isRedelivered = attemptsStarted > 1;
  jobsTakenAgain.inc({ queue }, isRedelivered ? 1 : 0);
  if (isRedelivered) log.warn({ queue, items, times: attemptsStarted }, 'a job was redelivered');
  const startedAt = performance.now();
  let outcome = 'failed';
  jobItems.observe({ queue }, items);
  try {
    await work();
    outcome = 'done';
  } finally {
    const ms = performance.now() - startedAt;
    jobSeconds.observe({ queue, outcome }, ms / 1_000);
    log.debug({ queue, items, outcome, ms: Math.round(ms * 10) / 10 }, 'a job ended');
  }
}

function traceOf({ opts }: ObservableJob) {
  return parseTraceparent(/"traceparent":"([^"]+)"/.exec(opts.telemetry?.metadata ?? '')?.[1]);
}

function itemsOf(data: unknown): number {
  const items = (data as { items?: unknown } | null | undefined)?.items;
  return Array.isArray(items) ? items.length : 0;
}
