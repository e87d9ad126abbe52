import { once } from 'node:events';
import {
  createPostgresBackend,
  type Job,
  Queue,
  UnrecoverableError,
  Worker as QueueWorker,
  type WorkerOptions,
} from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import { z } from 'zod';
import { now } from '#platform/process/clock.ts';
import { reach } from '#platform/process/fault-points.ts';
import type { JobKeys } from '#platform/messaging/job-keys.ts';
import type { WorkerGroup } from '#subgraphs/manifest.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { connectToRedis, type RedisServer } from '#platform/messaging/redis.ts';
import { retryUntil } from '#platform/process/retry.ts';
import { isRecordingTraces } from '#platform/telemetry/trace.ts';
import { observedJob, traceOfAdder } from './observed-job.ts';
import { type Process, DeadLettered } from './processor.ts';
import { QueuePool } from './queue-pool.ts';
import { encodePayload, type QueueContract } from './queues/contract.ts';
import type { Dispatch, Step } from './worker.ts';

export type BrokerAddress = RedisServer | { readonly postgresUrl: string };

/**
 * Whether BullMQ can tell which workers a queue has. It looks for connections that bear the queue's name: on Redis each
 * worker has one, on PostgreSQL all workers of a process share one (queue-pool.ts).
 */
export const knowsWorkers = (address: BrokerAddress): boolean => 'redisUrl' in address;

/** The queue server: BullMQ over Redis or over PostgreSQL, with the same code. It holds no truth. */
export interface Broker {
  /** @param keys of the subgraph whose worker adds the jobs; null for the relay. */
  readonly enqueue: (dispatched: readonly Dispatch[], keys: JobKeys<WorkerGroup> | null) => Promise<void>;
  /** Begins to work on a queue. @param keys of the worker's subgraph, with which it signs what it hands on. */
  readonly work: (worker: Pick<Step, 'queue'>, process: Process, keys: JobKeys<WorkerGroup>) => void;
  /** What these queues hold at the moment. */
  readonly states: (queues: readonly string[]) => Promise<QueueState[]>;
  /** The queues themselves, for a page that shows them. */
  readonly queues: readonly AnyQueue[];
  /** Seconds since this process took or finished a job of a queue that it works on. */
  readonly idleS: (queue: string) => number;
  /** Lets the jobs in hand finish, then lets go of everything; once, however often it is asked. */
  readonly close: () => Promise<void>;
}

export interface QueueState {
  readonly queue: string;
  readonly counts: Readonly<Record<(typeof shownStates)[number], number>>;
  /** 0 where no job waits for a worker. */
  readonly oldestWaitingS: number;
}

/** Completed jobs are not kept. */
const shownStates = ['waiting', 'active', 'delayed', 'failed'] as const;

/** A worker that died holds its jobs for this long at most. */
const lockMs = 10_000;
const stalledCheckMs = 5_000;

/** A crash is not the job's fault: it may meet as many as it takes. */
const manyStalls = 1_000;

/** Jobs that failed as a whole are kept for a while, to be looked at. */
const keptFailures = { count: 1_000, age: 7 * 24 * 3_600 };

/**
 * Opens queues, when the server answers, however long that takes: what BullMQ makes while its server is away may
 * never recover.
 */
export async function openBroker(
  address: BrokerAddress,
  contracts: readonly QueueContract[],
  log: Log,
  signal: AbortSignal,
): Promise<Broker> {
  const server = 'redisUrl' in address ? redisServer(address, log) : postgresServer(address.postgresUrl, log);
  await retryUntil(server.ping, {
    signal,
    retry: () => true,
    failed: (error, retryInMs) =>
      log.warn({ retryInMs, reason: errorText(error) }, 'the queue server cannot be reached'),
  });
  const opened = new Map(contracts.map(({ name }) => [name, server.queue(name)]));
  const workers: AnyWorker[] = [];
  const lastActiveMs = new Map<string, number>();

  async function enqueue(dispatched: readonly Dispatch[], keys: JobKeys<WorkerGroup> | null): Promise<void> {
    for (const { queue, items } of dispatched) {
      if (items.length > 0)
        await opened
          .get(queue.name)!
          .add(queue.name, encodePayload(queue, items, keys), { ...jobOptions(queue), ...traceOfAdder() });
    }
  }

  function work({ queue: { name } }: Pick<Step, 'queue'>, process: Process, keys: JobKeys<WorkerGroup>): void {
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
        // A payload of another version stays what it is, however often it is tried.
        throw error instanceof z.ZodError ? new UnrecoverableError(z.prettifyError(error)) : error;
      } finally {
        active();
      }
    };
    active();
    const worker = server.worker(name, async (job) => await observedJob(job, log, async () => await run(job)));
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

async function stateOf(queue: string, opened: AnyQueue): Promise<QueueState> {
  const [found, [oldest]] = await Promise.all([
    opened.getJobCounts(...shownStates),
    opened.getJobs('waiting', 0, 0, true),
  ]);
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = found;
  const ageMs = oldest === undefined ? 0 : now().getTime() - oldest.timestamp;
  return { queue, counts: { waiting, active, delayed, failed }, oldestWaitingS: Math.max(0, ageMs / 1_000) };
}

interface Emitter {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Faults of the queue server are told; BullMQ goes on by itself when they are over. */
function watched<Part extends Emitter>(part: Part, queue: string, log: Log): Part {
  part.on('error', (error) => log.warn({ queue, reason: errorText(error) }, 'the queue server has a fault'));
  return part;
}

function jobOptions({ policy }: QueueContract) {
  return {
    attempts: policy.attempts,
    backoff: { type: 'exponential', delay: policy.backoffMs },
    removeOnComplete: true,
    removeOnFail: keptFailures,
  };
}

/** A queue on either server, which BullMQ has a type of its own for. */
export type AnyQueue = Pick<Queue, 'add' | 'close' | 'getJobCounts' | 'getJobs' | 'name'>;
interface AnyWorker extends Pick<QueueWorker, 'close'> {
  on(event: 'completed', listener: () => void): unknown;
}

interface Server {
  readonly queue: (name: string) => AnyQueue;
  readonly worker: (name: string, run: (job: Job) => Promise<void>) => AnyWorker;
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const workerOptions: Omit<WorkerOptions, 'connection'> = {
  concurrency: 2,
  lockDuration: lockMs,
  stalledInterval: stalledCheckMs,
  maxStalledCount: manyStalls,
  removeOnComplete: { count: 0 },
  removeOnFail: keptFailures,
};

/** Adding a job and working on it are steps of a trace, where traces are recorded. */
function telemetry() {
  return isRecordingTraces() ? { telemetry: new BullMQOtel({ tracerName: 'jobs' }) } : {};
}

/** A server that says nothing for so long is away, whatever the network tells; a worker waits for jobs for ten seconds. */
const producerSilenceMs = 5_000;
const consumerSilenceMs = 30_000;

function redisServer(address: RedisServer, log: Log): Server {
  // A producer fails at once while Redis is away, so that the outbox takes its rows back; a worker waits.
  const producer = connectToRedis(address, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: () => 500,
    socketTimeout: producerSilenceMs,
  });
  const consumer = connectToRedis(address, {
    maxRetriesPerRequest: null,
    retryStrategy: () => 500,
    socketTimeout: consumerSilenceMs,
  });
  for (const connection of [producer, consumer]) {
    connection.on('error', (error) => log.warn({ reason: errorText(error) }, 'Redis cannot be reached'));
  }
  return {
    queue: (name) =>
      watched(new Queue(name, { ...telemetry(), connection: producer, skipWaitingForReady: true }), name, log),
    worker: (name, run) =>
      watched(new QueueWorker(name, run, { ...workerOptions, ...telemetry(), connection: consumer }), name, log),
    ping: async () => {
      await consumer.ping();
      if (producer.status !== 'ready') await once(producer, 'ready');
    },
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

/** One to listen on, the others for what is done meanwhile. */
const maxConnections = 10;

function postgresServer(url: string, log: Log): Server {
  // The role that connects has the schema of the queues as its search path (deploy/local/role-settings.ts).
  const connection = new QueuePool({
    connectionString: url,
    max: maxConnections,
    query_timeout: consumerSilenceMs,
    keepAlive: true,
    application_name: 'jobs',
  });
  connection.on('error', (error) => log.warn({ reason: errorText(error) }, 'the jobs database dropped a connection'));
  return {
    queue: (name) => watched(new Queue(name, { ...telemetry(), connection }, createPostgresBackend), name, log),
    worker: (name, run) => {
      const options = { ...workerOptions, ...telemetry(), connection };
      return watched(new QueueWorker(name, run, options, createPostgresBackend), name, log);
    },
    ping: async () => void (await connection.query('select 1')),
    close: async () => await connection.end(),
  };
}
