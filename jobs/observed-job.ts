import type { Job } from 'bullmq';
import { jobItems, jobSeconds, jobsTakenAgain } from '#platform/telemetry/metrics.ts';
import { type Log } from '#platform/telemetry/log.ts';
import { currentTrace, currentTraceparent, parseTraceparent, withinTrace } from '#platform/telemetry/trace.ts';

/** What the queue hands out, as far as it is of interest here. */
type ObservableJob = Pick<Job, 'attemptsStarted' | 'data' | 'opts' | 'queueName'>;

/** What a job has to carry so that its worker goes on with the trace of whoever adds it. */
export function traceOfAdder(): { readonly telemetry?: { readonly metadata: string } } {
  const traceparent = currentTraceparent();
  return traceparent === null ? {} : { telemetry: { metadata: JSON.stringify({ traceparent }) } };
}

/** Works on a job within the trace that it carries, counts and times it. */
export async function observedJob(job: ObservableJob, log: Log, work: () => Promise<void>): Promise<void> {
  // Where traces are recorded, the queue's library has begun a step already.
  if (currentTrace() !== null) return await timed(job, log, work);
  await withinTrace(traceOf(job), async () => await timed(job, log, work));
}

async function timed(
  { queueName: queue, data, attemptsStarted }: ObservableJob,
  log: Log,
  work: () => Promise<void>,
): Promise<void> {
  const items = itemsOf(data);
  const isTakenAgain = attemptsStarted > 1;
  jobsTakenAgain.inc({ queue }, isTakenAgain ? 1 : 0);
  if (isTakenAgain) log.warn({ queue, items, times: attemptsStarted }, 'a job is taken again');
  const startedAt = performance.now();
  let outcome = 'failed';
  jobItems.observe({ queue }, items);
  try {
    await work();
    outcome = 'done';
  } finally {
    const ms = performance.now() - startedAt;
    jobSeconds.observe({ queue, outcome }, ms / 1_000);
    log.debug({ queue, items, outcome, ms: Math.round(ms * 10) / 10 }, 'a job was worked on');
  }
}

function traceOf({ opts }: ObservableJob) {
  return parseTraceparent(/"traceparent":"([^"]+)"/.exec(opts.telemetry?.metadata ?? '')?.[1]);
}

function itemsOf(data: unknown): number {
  const items = (data as { items?: unknown } | null | undefined)?.items;
  return Array.isArray(items) ? items.length : 0;
}
