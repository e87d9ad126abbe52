import { once } from 'node:events';
import { createPostgresBackend, type Job, Queue, Worker as QueueWorker, type WorkerOptions } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import { connectToRedis, type RedisServer, refuseCluster } from '#platform/messaging/redis.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { isRecordingTraces } from '#platform/telemetry/trace.ts';
import { QueuePool } from './queue-pool.ts';

export type BrokerAddress = RedisServer | { readonly postgresUrl: string };

/** A queue on Redis or on PostgreSQL. BullMQ has a different type for each server. */
export type AnyQueue = Pick<Queue, 'add' | 'close' | 'getJobCounts' | 'getJobs' | 'name'>;
export interface AnyWorker extends Pick<QueueWorker, 'close'> {
  on(event: 'completed', listener: () => void): unknown;
}

/** BullMQ at this address. It connects, and connects again after a lost connection. */
export function queueServerAt(address: BrokerAddress, log: Log): QueueServer {
  return 'redisUrl' in address ? redisServer(address, log) : postgresServer(address.postgresUrl, log);
}

export interface QueueServer {
  readonly queue: (name: string) => AnyQueue;
  /** @param jobsAtOnce how many jobs it does at once; two if not given. */
  readonly worker: (name: string, run: (job: Job) => Promise<void>, jobsAtOnce?: number) => AnyWorker;
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** If a worker dies, another worker can take its jobs after this time. */
const lockMs = 10_000;
const stalledCheckMs = 5_000;

/** BullMQ fails a job after this many crashes of its workers. The limit is high: a crash is rarely the job's fault. */
const manyStalls = 1_000;

/** BullMQ keeps failed jobs for an operator: at most 1,000, for seven days. */
export const keptFailures = { count: 1_000, age: 7 * 24 * 3_600 };

const workerOptions = (concurrency = 2): Omit<WorkerOptions, 'connection'> => ({
  concurrency,
  lockDuration: lockMs,
  stalledInterval: stalledCheckMs,
  maxStalledCount: manyStalls,
  removeOnComplete: { count: 0 },
  removeOnFail: keptFailures,
});

interface Emitter {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Logs the errors of a queue or worker. BullMQ recovers without help. */
function withErrorLog<Part extends Emitter>(part: Part, queue: string, log: Log): Part {
  part.on('error', (error) => log.warn({ queue, reason: errorText(error) }, 'the queue server reported an error'));
  return part;
}

/** Records a span for each added and each processed job if this process records traces. */
function telemetry() {
  return isRecordingTraces() ? { telemetry: new BullMQOtel({ tracerName: 'jobs' }) } : {};
}

const connectTimeoutMs = 5_000;

/**
 * The process closes a connection to Redis on which the server sends nothing for this long. The limit for workers is
 * higher, because a worker waits for a job for up to ten seconds.
 */
const producerSilenceMs = 5_000;
const consumerSilenceMs = 15_000;

function redisServer(address: RedisServer, log: Log): QueueServer {
  // While Redis is down, the producer fails at once, so the relay releases its rows. A worker waits.
  const producer = connectToRedis(address, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: () => 500,
    connectTimeout: connectTimeoutMs,
    socketTimeout: producerSilenceMs,
  });
  const consumer = connectToRedis(address, {
    maxRetriesPerRequest: null,
    retryStrategy: () => 500,
    connectTimeout: connectTimeoutMs,
    socketTimeout: consumerSilenceMs,
  });
  for (const connection of [producer, consumer]) {
    connection.on('error', (error) => log.warn({ reason: errorText(error) }, 'Redis cannot be reached'));
  }
  return {
    queue: (name) =>
      withErrorLog(new Queue(name, { ...telemetry(), connection: producer, skipWaitingForReady: true }), name, log),
    worker: (name, run, jobsAtOnce) => {
      const options = { ...workerOptions(jobsAtOnce), ...telemetry(), connection: consumer };
      return withErrorLog(new QueueWorker(name, run, options), name, log);
    },
    ping: async () => {
      await refuseCluster(consumer);
      if (producer.status !== 'ready') await once(producer, 'ready');
    },
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

/** The workers share one connection for LISTEN. The others execute statements. */
const maxConnections = 10;

/** No statement of the queue waits: workers wait for notifications. */
const longestQueueStatementMs = 10_000;

function postgresServer(url: string, log: Log): QueueServer {
  // The role that connects has the schema of the queues as its search path (deploy/local/role-settings.ts).
  const connection = new QueuePool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: longestQueueStatementMs,
    keepAlive: true,
    application_name: 'jobs',
  });
  connection.on('error', (error) => log.warn({ reason: errorText(error) }, 'the jobs database dropped a connection'));
  return {
    queue: (name) => withErrorLog(new Queue(name, { ...telemetry(), connection }, createPostgresBackend), name, log),
    worker: (name, run, jobsAtOnce) => {
      const options = { ...workerOptions(jobsAtOnce), ...telemetry(), connection };
      return withErrorLog(new QueueWorker(name, run, options, createPostgresBackend), name, log);
    },
    ping: async () => void (await connection.query('select 1')),
    close: async () => await connection.end(),
  };
}
