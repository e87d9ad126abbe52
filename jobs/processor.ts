import type { Log } from '#platform/telemetry/log.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { isTransient, lacksRight } from '#platform/postgres/database.ts';
import { itemsDeadLettered, itemsUnsigned } from '#platform/telemetry/metrics.ts';
import { reach } from '#platform/process/fault-points.ts';
import type { JobKeys } from '#platform/messaging/job-keys.ts';
import { type Decoded, decodePayload, rowOf } from './queues/contract.ts';
import { type Dispatch, dispatch, type Outcome, type Services, type Step } from './worker.ts';

export interface Delivery {
  readonly data: unknown;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** What a job leads to. The caller enqueues each dispatch as it comes, before the job is completed. */
export type Process = (delivery: Delivery) => AsyncIterable<Dispatch>;

/** The job can never be done. It fails without another attempt, until an operator retries it. */
export class DeadLettered extends Error {
  constructor(reason: string, options: ErrorOptions) {
    super(reason, options);
    this.name = 'DeadLettered';
  }
}

/**
 * Does a job: parses it, makes one service call for all items, and dispatches the results to the next queues.
 *
 * An item that fails for a reason of its own does not fail the others: the halves of the job are then done separately.
 * An item that fails alone becomes a job of its own, and is dead-lettered after some attempts. A lost connection or a
 * full server fails the whole job, which the queue then repeats.
 *
 * @param keys of the worker's subgraph. Items without a valid signature are refused.
 */
export function processor(step: Step, services: Services, keys: JobKeys, log: Log): Process {
  return (delivery) => handle(step, services, keys, delivery, log);
}

async function* handle(
  step: Step,
  services: Services,
  keys: JobKeys,
  { data, attempt }: Delivery,
  log: Log,
): AsyncGenerator<Dispatch, void> {
  const decoded = decodePayload(step, data, keys);
  const { items } = decoded;
  yield* deadLetterMalformed(step, decoded, log);
  try {
    if (items.length > 0) yield* await work(step, services, items);
  } catch (error) {
    if (isTransient(error) || lacksRight(error)) throw error;
    if (items.length > 1) yield* byHalves(step, services, items, log);
    else if (attempt < step.queue.policy.attemptsOfItem) throw error;
    else yield* deadLetter(step, services, items[0], error, log);
  }
  refuseUnsigned(step, decoded, log);
}

/** Fails the job, so that an operator sees it. The rows that such items name are not touched. */
function refuseUnsigned({ queue }: Step, { unsigned }: Decoded<unknown>, log: Log): void {
  // Also for 0, so that the series begins with 0.
  itemsUnsigned.inc({ queue: queue.name }, unsigned);
  if (unsigned === 0) return;
  log.error({ queue: queue.name, items: unsigned }, 'items of a job have no valid signature');
  throw new DeadLettered(`${unsigned} items have no valid signature`, {});
}

async function work(step: Step, services: Services, items: readonly unknown[]): Promise<readonly Dispatch[]> {
  const about = { queue: step.queue.name, items };
  reach('job: before work', about);
  const outcome = await step.run(services, items as readonly never[]);
  reach('job: after work', about);
  return dispatchesOf(step, outcome);
}

/** @throws if the chains have no queue for what the worker returns: the chain is incomplete. */
export function dispatchesOf(step: Step, { next = [], closed = [] }: Outcome<unknown, unknown>): readonly Dispatch[] {
  const rows = closed.flatMap(({ item, failure }) => {
    const row = rowOf(step.queue, item);
    return row === null ? [] : [{ ...row, failure }];
  });
  if (next.length > 0 && step.next.length === 0) throw new Error(`no chain goes on from ${step.queue.name}`);
  if (rows.length > 0 && step.close === null) throw new Error(`no chain of ${step.queue.name} closes its rows`);
  return [
    ...(next.length === 0 ? [] : step.next.map((queue) => dispatch(queue, next))),
    ...(step.close === null || rows.length === 0 ? [] : [dispatch(step.close, rows)]),
  ];
}

/**
 * Does each half of a job that failed as a whole, and halves of a half that fails again: if one of n items always fails,
 * this takes about 2 log n attempts instead of n. An item that fails alone becomes a job of its own, so that no other
 * item waits for it.
 */
async function* byHalves(
  step: Step,
  services: Services,
  items: readonly unknown[],
  log: Log,
): AsyncGenerator<Dispatch, void> {
  const middle = Math.ceil(items.length / 2);
  for (const half of [items.slice(0, middle), items.slice(middle)]) {
    try {
      yield* await work(step, services, half);
    } catch (error) {
      if (isTransient(error) || lacksRight(error)) throw error;
      if (half.length > 1) {
        yield* byHalves(step, services, half, log);
      } else {
        log.warn({ queue: step.queue.name, reason: errorText(error) }, 'item isolated in a job of its own');
        yield dispatch(step.queue, half);
      }
    }
  }
}

/** Fails the job with the reason. An operator can retry it from the dashboard. */
async function* deadLetter(
  step: Step,
  services: Services,
  item: unknown,
  error: unknown,
  log: Log,
): AsyncGenerator<Dispatch, never> {
  const reason = errorText(error);
  log.error({ queue: step.queue.name, outboxId: rowOf(step.queue, item)?.outboxId, err: error }, 'item dead-lettered');
  itemsDeadLettered.inc({ queue: step.queue.name });
  const outcome = await step.deadLetter?.(services, item as never, reason);
  yield* dispatchesOf(step, outcome ?? { closed: [{ item, failure: reason }] });
  throw new DeadLettered(reason, { cause: error });
}

function deadLetterMalformed(step: Step, { malformed }: Decoded<unknown>, log: Log): readonly Dispatch[] {
  for (const { reason } of malformed) log.error({ queue: step.queue.name, reason }, 'malformed item dead-lettered');
  itemsDeadLettered.inc({ queue: step.queue.name }, malformed.length);
  return dispatchesOf(step, { closed: malformed.map(({ item, reason }) => ({ item, failure: reason })) });
}
