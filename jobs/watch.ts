import type { Liveness } from '#platform/http/management.ts';
import type { Manager } from '#platform/postgres/database.ts';
import {
  measureOnScrape,
  outboxOldestSeconds,
  outboxRows,
  queueJobs,
  queueOldestWaitingSeconds,
  type Reading,
  withinMs,
} from '#platform/telemetry/metrics.ts';
import { outboxState } from '#platform/messaging/outbox-relay.ts';
import type { Broker, QueueState } from './broker.ts';
import { workers } from './registry.ts';

/** Registers metrics: how many jobs these queues hold, and how long the oldest has waited. */
export function measureQueues(broker: Pick<Broker, 'states'>, queues: readonly string[]): void {
  measureOnScrape('queues', async () => (await broker.states(queues)).flatMap(queueReadings));
}

/** Registers metrics: how many rows of an outbox wait, for how long, and how many are dead-lettered. */
export function measureOutbox(outbox: string, em: Manager): void {
  measureOnScrape(`outbox of ${outbox}`, async () => {
    const { due, inFlight, deadLetter, oldestDueS, oldestOpenS } = await outboxState(em.fork());
    return [
      { gauge: outboxRows, labels: { outbox, state: 'due' }, value: due },
      { gauge: outboxRows, labels: { outbox, state: 'handed_over' }, value: inFlight },
      { gauge: outboxRows, labels: { outbox, state: 'set_aside' }, value: deadLetter },
      { gauge: outboxOldestSeconds, labels: { outbox, state: 'due' }, value: oldestDueS },
      { gauge: outboxOldestSeconds, labels: { outbox, state: 'open' }, value: oldestOpenS },
    ];
  });
}

function queueReadings({ queue, counts, oldestWaitingS }: QueueState): Reading[] {
  const group = groups.get(queue) ?? 'unknown';
  return [
    ...Object.entries(counts).map(([state, value]) => ({ gauge: queueJobs, labels: { queue, group, state }, value })),
    { gauge: queueOldestWaitingSeconds, labels: { queue, group }, value: oldestWaitingS },
  ];
}

const groups = new Map<string, string>(workers.map(({ queue: { name, group } }) => [name, group]));

/** The readiness check treats a queue server that takes longer as down. */
const timeoutMs = 2_000;

/**
 * Returns what the workers of these queues wait for; null if they work. A queue is stalled if its oldest job has waited
 * for `stalledAfterS` seconds and no worker of this process started or finished one of its jobs in that time.
 */
export async function workersWaitFor(
  broker: Pick<Broker, 'states' | 'idleS'>,
  queues: readonly string[],
  stalledAfterS: number,
): Promise<string | null> {
  try {
    const states = await withinMs(timeoutMs, broker.states(queues));
    const stalled = states.find(
      ({ queue, oldestWaitingS }) => Math.min(oldestWaitingS, broker.idleS(queue)) > stalledAfterS,
    );
    return stalled === undefined ? null : `a worker to take the jobs of ${stalled.queue}`;
  } catch {
    return 'the queue server';
  }
}

export interface ProgressOptions {
  /** What the process waits for; null if it works. */
  readonly waitsFor: () => Promise<string | null>;
  /** Seconds since a worker of the process started or finished a job of any queue. */
  readonly idleS: () => number;
  /** Whether a new connection to the queue server works. */
  readonly reachesServer: () => Promise<boolean>;
  readonly restartAfterS: number;
}

/**
 * Returns a liveness check: a process that waits and works on no job for `restartAfterS` seconds, although a new
 * connection to the queue server works, does not recover by itself. While the server is down, a restart would not help.
 */
export function progressCheck({ waitsFor, idleS, reachesServer, restartAfterS }: ProgressOptions): Liveness {
  let waitsSinceMs: number | null = null;
  return async () => {
    const waitingFor = await waitsFor();
    if (waitingFor === null) waitsSinceMs = null;
    else waitsSinceMs ??= performance.now();
    if (waitsSinceMs === null) return null;
    const stuckS = Math.min(idleS(), (performance.now() - waitsSinceMs) / 1_000);
    if (stuckS <= restartAfterS) return null;
    if (await reachesServer()) return `waits for ${waitingFor} since ${Math.floor(stuckS)} s`;
    // The time begins again when the server is back.
    waitsSinceMs = null;
    return null;
  };
}
