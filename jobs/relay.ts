import { setTimeout as delay } from 'node:timers/promises';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { reach } from '#platform/process/fault-points.ts';
import {
  claimDue,
  type ClaimPolicy,
  closeOutbox,
  release,
  nextDueInMs,
  type OutboxRow,
} from '#platform/messaging/outbox-relay.ts';
import { keepListening } from '#platform/messaging/listen.ts';
import { outboxChannel } from '#platform/messaging/outbox.ts';
import { WakeUps } from '#platform/messaging/wake-ups.ts';
import { parseTraceparent, traced, withinTrace } from '#platform/telemetry/trace.ts';
import type { Broker } from './broker.ts';
import { itemsPerJob, type QueueContract } from './queues/contract.ts';

export interface RelayOptions {
  /** The subgraph that owns the outbox. */
  readonly owner: string;
  readonly em: Manager;
  /** The URL of a direct connection: LISTEN does not work through a pooler that shares connections. */
  readonly listenUrl: string;
  /** The first queue for each kind of row. */
  readonly routes: Readonly<Record<string, QueueContract>>;
  readonly broker: Pick<Broker, 'enqueue' | 'states'>;
  readonly log: Log;
}

/**
 * The relay enqueues a row again after 15 s, and then every 30 s. So a lost job delays its row by at most 30 s. Jobs are
 * lost when Redis is flushed, when the last attempt fails, or when the relay crashes between claiming and enqueueing.
 */
const policy: ClaimPolicy = { batch: itemsPerJob, inFlight: 4_500, firstRetryS: 15, longestRetryS: 30 };

/**
 * A queue is behind if its oldest job has waited for this long. Its jobs are late, not lost, so the relay adds no more
 * until the queue recovers. The relay checks such queues every second.
 */
const behindAfterS = 10;
const recheckMs = 1_000;

/**
 * After a batch that is not full, the relay pauses, so that more rows share the next job. At each stage, a job costs
 * the queue as much as dozens of rows cost the databases. A single row does not wait.
 */
const gatherMs = 25;

/** The relay polls the outbox at least this often, because PostgreSQL can lose a notification. */
const longestRestMs = 2_000;
/** The pause while rows are due but the relay may not claim them: too many are in flight, or their queue is behind. */
const fullRestMs = 50;
const pauseAfterFaultMs = 1_000;

/** Enqueues the rows of an outbox until the signal is aborted. Resolves when the relay has stopped. */
export async function runRelay(options: RelayOptions, signal: AbortSignal): Promise<void> {
  const wakeUps = new WakeUps();
  signal.addEventListener('abort', () => wakeUps.close(), { once: true });
  const listening = listenForRows(options, wakeUps, signal);
  const backlog = new Backlog(options);
  while (!signal.aborted) {
    try {
      const rows = await claimDue(options.em, policy, await backlog.heldKinds());
      if (rows.length > 0) await enqueueRows(options, await backlog.rowsToEnqueue(rows));
      else await rest(options.em, wakeUps, signal);
      if (rows.length > 0 && rows.length < policy.batch) await pause(gatherMs, signal);
    } catch (error) {
      options.log.warn({ outbox: options.owner, reason: errorText(error) }, 'the relay cannot process the outbox');
      await pause(pauseAfterFaultMs, signal);
    }
  }
  await listening;
}

async function rest(em: Manager, wakeUps: WakeUps, signal: AbortSignal): Promise<void> {
  const dueInMs = (await nextDueInMs(em)) ?? longestRestMs;
  if (dueInMs <= 0) await pause(fullRestMs, signal);
  else await wakeUps.wait(Math.min(dueInMs, longestRestMs));
}

/** Wakes the relay when the owner of the outbox has added rows, and after each new connection. */
async function listenForRows(
  { listenUrl, owner, log }: RelayOptions,
  wakeUps: WakeUps,
  signal: AbortSignal,
): Promise<void> {
  await keepListening(
    {
      url: listenUrl,
      channel: outboxChannel,
      applicationName: 'relay',
      onListening: () => wakeUps.notify(),
      onNotification: () => wakeUps.notify(),
      onFault: (error) =>
        log.warn({ outbox: owner, reason: errorText(error) }, 'the relay cannot listen to the outbox'),
    },
    signal,
  );
}

/** Tracks which queues are behind, for example because their workers are down. The relay adds no jobs to them. */
class Backlog {
  readonly #routes: RelayOptions['routes'];
  readonly #broker: Pick<Broker, 'states'>;
  #held: readonly string[] = [];
  #checkedAtMs = 0;

  constructor({ routes, broker }: Pick<RelayOptions, 'routes' | 'broker'>) {
    this.#routes = routes;
    this.#broker = broker;
  }

  /** The kinds of rows whose queues are behind. It queries the queue server only if some are. */
  async heldKinds(): Promise<readonly string[]> {
    if (this.#held.length > 0 && performance.now() - this.#checkedAtMs > recheckMs) await this.#check();
    return this.#held;
  }

  /** Omits repeated rows of queues that are behind: their jobs still wait. Other repeated rows lost their jobs. */
  async rowsToEnqueue(rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
    if (rows.every(({ attempts }) => attempts === 1)) return rows;
    // If the queue server is down, `enqueueRows` fails and releases the rows.
    await this.#check().catch(() => undefined);
    return rows.filter(({ attempts, kind }) => attempts === 1 || !this.#held.includes(kind));
  }

  async #check(): Promise<void> {
    const names = Object.values(this.#routes).map(({ name }) => name);
    const states = await this.#broker.states(names);
    const behind = new Set(states.filter(({ oldestWaitingS: ageS }) => ageS > behindAfterS).map(({ queue }) => queue));
    const kinds = Object.entries(this.#routes).filter(([, { name }]) => behind.has(name));
    this.#held = kinds.map(([kind]) => kind);
    this.#checkedAtMs = performance.now();
  }
}

async function enqueueRows(
  { em, routes, broker, log, owner }: RelayOptions,
  rows: readonly OutboxRow[],
): Promise<void> {
  for (const [kind, group] of Map.groupBy(rows, ({ kind }) => kind)) {
    const queue = routes[kind];
    if (queue === undefined) {
      log.error({ outbox: owner, kind }, 'no queue takes rows of this kind');
      await closeOutbox(
        em,
        group.map(({ id, key }) => ({ outboxId: id, key, failure: `unknown kind ${kind}` })),
      );
      continue;
    }
    const { items, malformed } = decodeRows(queue, group);
    if (malformed.length > 0) await closeOutbox(em, malformed);
    try {
      reach('relay: before enqueue', { queue: queue.name, items });
      await withinTracesOf(group, owner, async () => await broker.enqueue([{ queue, items }], null));
      reach('relay: after enqueue', { queue: queue.name, items });
    } catch (error) {
      await release(
        em,
        group.map(({ id }) => id),
      );
      throw error;
    }
  }
}

/**
 * Continues the trace of the first row, because a job has only one parent. The relay's span links to the traces of the
 * other rows.
 */
async function withinTracesOf(rows: readonly OutboxRow[], owner: string, enqueue: () => Promise<void>): Promise<void> {
  const traces = rows.map(({ traceparent }) => parseTraceparent(traceparent)).filter((trace) => trace !== null);
  const [first = null, ...links] = traces;
  const attributes = { 'outbox.rows': rows.length };
  await withinTrace(first, async () => await traced(`relay ${owner} outbox`, { attributes, links }, enqueue));
}

function decodeRows(queue: QueueContract, rows: readonly OutboxRow[]) {
  const decoded = rows.map(({ id, key, payload, signatures }) => ({
    id,
    key,
    result: queue.item.safeParse({ ...payload, outboxId: id, signatures }),
  }));
  return {
    items: decoded.flatMap(({ result }) => (result.success ? [result.data] : [])),
    malformed: decoded.flatMap(({ id, key, result }) =>
      result.success ? [] : [{ outboxId: id, key, failure: `malformed: ${result.error.message}` }],
    ),
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    // The signal ended the pause early.
  }
}
