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
  /** Whose outbox it is. */
  readonly owner: string;
  readonly em: Manager;
  /** A direct connection to the outbox's database: LISTEN does not work through a pooler that shares connections. */
  readonly listenUrl: string;
  /** Where each kind of row begins its way. */
  readonly routes: Readonly<Record<string, QueueContract>>;
  readonly broker: Pick<Broker, 'enqueue' | 'states'>;
  readonly log: Log;
}

/**
 * One row at rest, up to 900 under load. A row comes again after 15 s, then every 30: what is lost on its way (a flushed
 * Redis, a job given up, a crash between claim and hand-over) is lost for so long.
 */
const policy: ClaimPolicy = { batch: itemsPerJob, inFlight: 4_500, firstRetryS: 15, longestRetryS: 30 };

/**
 * A queue whose oldest job has waited for so long has not lost what comes again, but not come to it: more would only
 * fill it. It is looked at again every second.
 */
const behindAfterS = 10;
const lookAgainMs = 1_000;

/**
 * After a hand-over that was not full it lets rows gather for so long: a job costs the queue at each stage what dozens of
 * rows cost the databases, so that where rows come often few jobs have to carry them. What comes alone does not wait.
 */
const gatherMs = 25;

/** It looks by itself so often at least, in case a notification was lost. */
const longestRestMs = 2_000;
/** Rows that are due and cannot be had, since enough are in flight or held back, are worth no hurry. */
const fullRestMs = 50;
const pauseAfterFaultMs = 1_000;

/** Hands over what stands in an outbox, until stopped; resolves when it has. */
export async function runRelay(options: RelayOptions, signal: AbortSignal): Promise<void> {
  const wakeUps = new WakeUps();
  signal.addEventListener('abort', () => wakeUps.close(), { once: true });
  const listening = listenForRows(options, wakeUps, signal);
  const backlog = new Backlog(options);
  while (!signal.aborted) {
    try {
      const rows = await claimDue(options.em, policy, await backlog.heldKinds());
      if (rows.length > 0) await handOver(options, await backlog.worthHandingOver(rows));
      else await rest(options.em, wakeUps, signal);
      if (rows.length > 0 && rows.length < policy.batch) await pause(gatherMs, signal);
    } catch (error) {
      options.log.warn({ outbox: options.owner, reason: errorText(error) }, 'the outbox cannot be relayed');
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

/** Wakes the relay when the owner of the outbox has added rows, and after each connect. */
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
      onFault: (error) => log.warn({ outbox: owner, reason: errorText(error) }, 'the outbox cannot be listened to'),
    },
    signal,
  );
}

/** Holds back what would be added to queues that are behind, as all are whose workers are gone. */
class Backlog {
  readonly #routes: RelayOptions['routes'];
  readonly #broker: Pick<Broker, 'states'>;
  #held: readonly string[] = [];
  #lookedAtMs = 0;

  constructor({ routes, broker }: Pick<RelayOptions, 'routes' | 'broker'>) {
    this.#routes = routes;
    this.#broker = broker;
  }

  /** Nobody is asked as long as nothing is held. */
  async heldKinds(): Promise<readonly string[]> {
    if (this.#held.length > 0 && performance.now() - this.#lookedAtMs > lookAgainMs) await this.#look();
    return this.#held;
  }

  /** Rows that come again are a reason to look: they were lost, or still wait where they were put. */
  async worthHandingOver(rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
    if (rows.every(({ attempts }) => attempts === 1)) return rows;
    // Where the queue server is away, the rows are given back by who hands them over.
    await this.#look().catch(() => undefined);
    return rows.filter(({ attempts, kind }) => attempts === 1 || !this.#held.includes(kind));
  }

  async #look(): Promise<void> {
    const names = Object.values(this.#routes).map(({ name }) => name);
    const states = await this.#broker.states(names);
    const behind = new Set(states.filter(({ oldestWaitingS: ageS }) => ageS > behindAfterS).map(({ queue }) => queue));
    const kinds = Object.entries(this.#routes).filter(([, { name }]) => behind.has(name));
    this.#held = kinds.map(([kind]) => kind);
    this.#lookedAtMs = performance.now();
  }
}

async function handOver({ em, routes, broker, log, owner }: RelayOptions, rows: readonly OutboxRow[]): Promise<void> {
  for (const [kind, group] of Map.groupBy(rows, ({ kind }) => kind)) {
    const queue = routes[kind];
    if (queue === undefined) {
      log.error({ outbox: owner, kind }, 'nobody knows what to do with this kind of row');
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
 * Rows that are handed over together go on in the trace of the first: a job has one parent. The step that this is of it
 * names the traces of the others.
 */
async function withinTracesOf(rows: readonly OutboxRow[], owner: string, handOver: () => Promise<void>): Promise<void> {
  const traces = rows.map(({ traceparent }) => parseTraceparent(traceparent)).filter((trace) => trace !== null);
  const [first = null, ...links] = traces;
  const attributes = { 'outbox.rows': rows.length };
  await withinTrace(first, async () => await traced(`relay ${owner} outbox`, { attributes, links }, handOver));
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
    // Woken before the time is over.
  }
}
