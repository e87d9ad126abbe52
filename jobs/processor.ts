import type { Log } from '#platform/telemetry/log.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { isTransient, lacksRight } from '#platform/postgres/database.ts';
import { itemsDeadLettered, itemsUnsigned } from '#platform/telemetry/metrics.ts';
import { reach } from '#platform/process/fault-points.ts';
import type { JobKeys } from '#platform/messaging/job-keys.ts';
import { type Decoded, decodePayload, rowOf } from './queues/contract.ts';
import { type Dispatch, dispatch, type Services, type Worker } from './worker.ts';

export interface Delivery {
  readonly data: unknown;
  /** 1 at the first time. */
  readonly attempt: number;
}

/** What a job leads to, each to be enqueued as it comes: before the job is completed, and without waiting for the rest. */
export type Process = (delivery: Delivery) => AsyncIterable<Dispatch>;

/** What a job was for can never be done, and is set aside: another try is for whoever has mended the reason. */
export class DeadLettered extends Error {
  constructor(reason: string, options: ErrorOptions) {
    super(reason, options);
    this.name = 'DeadLettered';
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
): AsyncGenerator<Dispatch, void> {
  const decoded = decodePayload(worker.queue, data, keys);
  const { items } = decoded;
  yield* deadLetterMalformed(worker, decoded, log);
  try {
    if (items.length > 0) yield* await work(worker, services, items);
  } catch (error) {
    if (isTransient(error) || lacksRight(error)) throw error;
    if (items.length > 1) yield* byHalves(worker, services, items, log);
    else if (attempt < worker.queue.policy.attemptsOfItem) throw error;
    else yield* deadLetter(worker, services, items[0], error, log);
  }
  refuseUnsigned(worker, decoded, log);
}

/** The job ends as a failed one, to be looked at. The rows that such items name are not touched. */
function refuseUnsigned({ queue }: Worker, { unsigned }: Decoded<unknown>, log: Log): void {
  // Also when it is none, so that the series begins with nought.
  itemsUnsigned.inc({ queue: queue.name }, unsigned);
  if (unsigned === 0) return;
  log.error({ queue: queue.name, items: unsigned }, 'items of a job are not signed by a subgraph that may');
  throw new DeadLettered(`${unsigned} items are not signed by a subgraph that may`, {});
}

/** The interface descriptions are made of what workers say of themselves: it has to be true. */
async function* declared(worker: Worker, dispatched: AsyncIterable<Dispatch>): AsyncGenerator<Dispatch, void> {
  const known = new Set([worker.queue, worker.close, ...worker.next].map((queue) => queue?.name));
  for await (const one of dispatched) {
    if (!known.has(one.queue.name)) {
      throw new Error(`the worker of ${worker.queue.name} hands on to ${one.queue.name}, and does not say so`);
    }
    yield one;
  }
}

async function work(worker: Worker, services: Services, items: readonly unknown[]): Promise<readonly Dispatch[]> {
  const about = { queue: worker.queue.name, items };
  reach('job: before work', about);
  const dispatched = await worker.run(services, items);
  reach('job: after work', about);
  return dispatched;
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
): AsyncGenerator<Dispatch, void> {
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
        yield dispatch(worker.queue, half);
      }
    }
  }
}

/** The job ends as a failed one, with the reason, and can be tried again from where that is seen. */
async function* deadLetter(
  worker: Worker,
  services: Services,
  item: unknown,
  error: unknown,
  log: Log,
): AsyncGenerator<Dispatch, never> {
  const row = rowOf(worker.queue, item);
  const reason = errorText(error);
  log.error({ queue: worker.queue.name, outboxId: row?.outboxId, err: error }, 'an item is set aside');
  itemsDeadLettered.inc({ queue: worker.queue.name });
  if (worker.deadLetter !== undefined) yield* await worker.deadLetter(services, item, reason);
  else if (worker.close !== null && row !== null) yield dispatch(worker.close, [{ ...row, failure: reason }]);
  throw new DeadLettered(reason, { cause: error });
}

function deadLetterMalformed(worker: Worker, { malformed }: Decoded<unknown>, log: Log): Dispatch[] {
  for (const { reason } of malformed) log.error({ queue: worker.queue.name, reason }, 'an item is malformed');
  itemsDeadLettered.inc({ queue: worker.queue.name }, malformed.length);
  const rows = malformed.flatMap(({ item, reason }) => {
    const row = rowOf(worker.queue, item);
    return row === null ? [] : [{ ...row, failure: reason }];
  });
  return worker.close === null || rows.length === 0 ? [] : [dispatch(worker.close, rows)];
}
