import type { Log } from '#platform/telemetry/log.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { isTransient, lacksRight } from '#platform/postgres/database.ts';
import { itemsSetAside, itemsUnsigned } from '#platform/telemetry/metrics.ts';
import { reach } from '#platform/process/fault-points.ts';
import type { JobKeys } from '#platform/messaging/job-keys.ts';
import { type Decoded, decodePayload, rowOf } from './queues/contract.ts';
import { type HandOn, handOn, type Services, type Worker } from './worker.ts';

export interface Delivery {
  readonly data: unknown;
  /** 1 at the first time. */
  readonly attempt: number;
}

/** What a job leads to, each to be enqueued as it comes: before the job is completed, and without waiting for the rest. */
export type Process = (delivery: Delivery) => AsyncIterable<HandOn>;

/** What a job was for can never be done, and is set aside: another try is for whoever has mended the reason. */
export class SetAside extends Error {
  constructor(reason: string, options: ErrorOptions) {
    super(reason, options);
    this.name = 'SetAside';
  }
}

/**
 * Does a job: parses it, makes one service call for all items, and says what to hand on.
 *
 * An item that fails for a reason of its own does not fail the others: halves of the job are then done apart; what fails
 * alone becomes a job of its own, and after some attempts is set aside as a dead letter. What a lost connection or a full
 * server did fails the whole job, which the queue then repeats.
 *
 * @param keys of the worker's subgraph: what nobody who may has signed is not done.
 */
export function processor(worker: Worker, services: Services, keys: JobKeys, log: Log): Process {
  return (delivery) => declared(worker, handle(worker, services, keys, delivery, log));
}

async function* handle(
  worker: Worker,
  services: Services,
  keys: JobKeys,
  { data, attempt }: Delivery,
  log: Log,
): AsyncGenerator<HandOn, void> {
  const decoded = decodePayload(worker.queue, data, keys);
  const { items } = decoded;
  yield* setAsideMalformed(worker, decoded, log);
  try {
    if (items.length > 0) yield* await work(worker, services, items);
  } catch (error) {
    if (isTransient(error) || lacksRight(error)) throw error;
    if (items.length > 1) yield* byHalves(worker, services, items, log);
    else if (attempt < worker.queue.policy.attemptsOfItem) throw error;
    else yield* setAside(worker, services, items[0], error, log);
  }
  refuseUnsigned(worker, decoded, log);
}

/** The job ends as a failed one, to be looked at. The rows that such items name are not touched. */
function refuseUnsigned({ queue }: Worker, { unsigned }: Decoded<unknown>, log: Log): void {
  // Also when it is none, so that the series begins with nought.
  itemsUnsigned.inc({ queue: queue.name }, unsigned);
  if (unsigned === 0) return;
  log.error({ queue: queue.name, items: unsigned }, 'items of a job are not signed by a subgraph that may');
  throw new SetAside(`${unsigned} items are not signed by a subgraph that may`, {});
}

/** The interface descriptions are made of what workers say of themselves: it has to be true. */
async function* declared(worker: Worker, handedOn: AsyncIterable<HandOn>): AsyncGenerator<HandOn, void> {
  const known = new Set([worker.queue, worker.close, ...worker.next].map((queue) => queue?.name));
  for await (const one of handedOn) {
    if (!known.has(one.queue.name)) {
      throw new Error(`the worker of ${worker.queue.name} hands on to ${one.queue.name}, and does not say so`);
    }
    yield one;
  }
}

async function work(worker: Worker, services: Services, items: readonly unknown[]): Promise<readonly HandOn[]> {
  const about = { queue: worker.queue.name, items };
  reach('job: before work', about);
  const handedOn = await worker.run(services, items);
  reach('job: after work', about);
  return handedOn;
}

/**
 * Does each half of what failed as a whole, and halves of what fails again: among n items one that always fails costs
 * some 2 log n tries instead of n. What fails alone becomes a job of its own, so that nobody waits for it.
 */
async function* byHalves(
  worker: Worker,
  services: Services,
  items: readonly unknown[],
  log: Log,
): AsyncGenerator<HandOn, void> {
  const middle = Math.ceil(items.length / 2);
  for (const half of [items.slice(0, middle), items.slice(middle)]) {
    try {
      yield* await work(worker, services, half);
    } catch (error) {
      if (isTransient(error) || lacksRight(error)) throw error;
      if (half.length > 1) {
        yield* byHalves(worker, services, half, log);
      } else {
        log.warn({ queue: worker.queue.name, reason: errorText(error) }, 'an item goes on in a job of its own');
        yield handOn(worker.queue, half);
      }
    }
  }
}

/** The job ends as a failed one, with the reason, and can be tried again from where that is seen. */
async function* setAside(
  worker: Worker,
  services: Services,
  item: unknown,
  error: unknown,
  log: Log,
): AsyncGenerator<HandOn, never> {
  const row = rowOf(worker.queue, item);
  const reason = errorText(error);
  log.error({ queue: worker.queue.name, outboxId: row?.outboxId, err: error }, 'an item is set aside');
  itemsSetAside.inc({ queue: worker.queue.name });
  if (worker.setAside !== undefined) yield* await worker.setAside(services, item, reason);
  else if (worker.close !== null && row !== null) yield handOn(worker.close, [{ ...row, failure: reason }]);
  throw new SetAside(reason, { cause: error });
}

function setAsideMalformed(worker: Worker, { malformed }: Decoded<unknown>, log: Log): HandOn[] {
  for (const { reason } of malformed) log.error({ queue: worker.queue.name, reason }, 'an item is malformed');
  itemsSetAside.inc({ queue: worker.queue.name }, malformed.length);
  const rows = malformed.flatMap(({ item, reason }) => {
    const row = rowOf(worker.queue, item);
    return row === null ? [] : [{ ...row, failure: reason }];
  });
  return worker.close === null || rows.length === 0 ? [] : [handOn(worker.close, rows)];
}
