import { type Job, UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import { now } from '#platform/process/clock.ts';
import { reach } from '#platform/process/fault-points.ts';
import type { JobKeys } from '#platform/messaging/job-keys.ts';
import type { WorkerGroup } from '#subgraphs/manifest.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { CannotStart } from '#platform/process/process.ts';
import { retryUntil } from '#platform/process/retry.ts';
import { withinMs } from '#platform/telemetry/metrics.ts';
import { observedJob, traceOptions } from './observed-job.ts';
import { type Process, DeadLettered } from './processor.ts';
import { type AnyQueue, type AnyWorker, type BrokerAddress, keptFailures, queueServerAt } from './queue-server.ts';
import { encodePayload, type QueueContract } from './queues/contract.ts';
import type { Dispatch, Step } from './worker.ts';

/**
 * Whether BullMQ knows which workers a queue has. BullMQ looks for connections with the queue's name. On Redis, each
 * worker has such a connection. On PostgreSQL, all workers of a process share one connection (queue-pool.ts).
 */
export const knowsWorkers = (address: BrokerAddress): boolean => 'redisUrl' in address;

/** The queue server: BullMQ on Redis or on PostgreSQL. The databases can restore everything that it holds. */
export interface Broker {
  /** Adds one job for each dispatch. @param keys of the subgraph whose worker adds the jobs; null for the relay. */
  readonly enqueue: (dispatched: readonly Dispatch[], keys: JobKeys<WorkerGroup> | null) => Promise<void>;
  /** Starts a worker on a queue. @param keys of the worker's subgraph. The worker signs the next jobs with them. */
  readonly work: (worker: Pick<Step, 'queue'>, process: Process, keys: JobKeys<WorkerGroup>) => void;
  /** The current number of jobs in these queues, and the age of the oldest. */
  readonly states: (queues: readonly string[]) => Promise<QueueState[]>;
  /** The open queues. The dashboard shows them. */
  readonly queues: readonly AnyQueue[];
  /** Seconds since a worker of this process started or finished a job of this queue. */
  readonly idleS: (queue: string) => number;
  /** Waits for the active jobs, then closes all connections. Later calls return the same promise. */
  readonly close: () => Promise<void>;
}

export interface QueueState {
  readonly queue: string;
  readonly counts: Readonly<Record<(typeof shownStates)[number], number>>;
  /** The age in seconds of the oldest waiting job; 0 if no job waits. */
  readonly oldestWaitingS: number;
}

/** The completed state is missing because BullMQ removes completed jobs. */
const shownStates = ['waiting', 'active', 'delayed', 'failed'] as const;

/**
 * Opens the queues after the queue server answers, without a time limit. A queue that BullMQ opens while the server is
 * down may never recover.
 *
 * @throws CannotStart if the server can never hold the queues.
 */
export async function openBroker(
  address: BrokerAddress,
  contracts: readonly QueueContract[],
  log: Log,
  signal: AbortSignal,
): Promise<Broker> {
  const server = queueServerAt(address, log);
  try {
    await retryUntil(server.ping, {
      signal,
      retry: (error) => !(error instanceof CannotStart),
      failed: (error, retryInMs) =>
        log.warn({ retryInMs, reason: errorText(error) }, 'the queue server cannot be reached'),
    });
  } catch (error) {
    await server.close();
    throw error;
  }
  const opened = new Map(contracts.map(({ name }) => [name, server.queue(name)]));
  const workers: AnyWorker[] = [];
  const lastActiveMs = new Map<string, number>();

  async function enqueue(dispatched: readonly Dispatch[], keys: JobKeys<WorkerGroup> | null): Promise<void> {
    for (const { queue, items } of dispatched) {
      if (items.length > 0)
        await opened
          .get(queue.name)!
          .add(queue.name, encodePayload(queue, items, keys), { ...jobOptions(queue), ...traceOptions() });
    }
  }

  function work({ queue: { name, policy } }: Pick<Step, 'queue'>, process: Process, keys: JobKeys<WorkerGroup>): void {
    const active = () => lastActiveMs.set(name, performance.now());
    const run = async (job: Job) => {
      active();
      try {
        for await (const dispatched of process({ data: job.data, attempt: job.attemptsMade + 1 }))
          await enqueue([dispatched], keys);
        reach('job: after enqueue', { queue: name });
      } catch (error) {
        log.warn({ queue: name, attempt: job.attemptsMade + 1, reason: errorText(error) }, 'a job failed');
        if (error instanceof DeadLettered) throw new UnrecoverableError(error.message);
        // A retry cannot repair a payload of another version.
        throw error instanceof z.ZodError ? new UnrecoverableError(z.prettifyError(error)) : error;
      } finally {
        active();
      }
    };
    active();
    const observed = async (job: Job) => await observedJob(job, log, async () => await run(job));
    const worker = server.worker(name, observed, policy.jobsAtOnce);
    worker.on('completed', () => reach('job: after acknowledgement', { queue: name }));
    workers.push(worker);
  }

  async function states(names: readonly string[]): Promise<QueueState[]> {
    return await Promise.all(names.map(async (name) => await stateOf(name, opened.get(name)!)));
  }

  const idleS = (name: string) => (performance.now() - (lastActiveMs.get(name) ?? 0)) / 1_000;

  async function close(): Promise<void> {
    await Promise.all(workers.map(async (worker) => await worker.close()));
    await Promise.all([...opened.values()].map(async (queue) => await queue.close()));
    await server.close();
  }

  let closing: Promise<void> | undefined;
  return { enqueue, work, states, queues: [...opened.values()], idleS, close: () => (closing ??= close()) };
}

const reachedWithinMs = 2_000;

/** Whether a new connection to the queue server gets a response. */
export async function reachesQueueServer(address: BrokerAddress, log: Log): Promise<boolean> {
  const server = queueServerAt(address, log);
  try {
    await withinMs(reachedWithinMs, server.ping());
    return true;
  } catch {
    return false;
  } finally {
    await server.close();
  }
}

async function stateOf(queue: string, opened: AnyQueue): Promise<QueueState> {
  const [found, [oldest]] = await Promise.all([
    opened.getJobCounts(...shownStates),
    opened.getJobs('waiting', 0, 0, true),
  ]);
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = found;
  const ageMs = oldest === undefined ? 0 : now().getTime() - oldest.timestamp;
  return { queue, counts: { waiting, active, delayed, failed }, oldestWaitingS: Math.max(0, ageMs / 1_000) };
}

function jobOptions({ policy }: QueueContract) {
  return {
    attempts: policy.attempts,
    backoff: { type: 'exponential', delay: policy.backoffMs },
    removeOnComplete: true,
    removeOnFail: keptFailures,
  };
}
