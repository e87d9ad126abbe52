import type { Manager } from '#platform/postgres/database.ts';
import type { EventPublisher } from '#platform/messaging/events.ts';
import type { Mailer } from '#platform/messaging/mailer.ts';
import type { WorkerGroup } from '#subgraphs/manifest.ts';
import type { OutcomeItem } from './queues/close-outbox.ts';
import { type QueueContract, rowOf } from './queues/contract.ts';

/** What workers work on: the managers of the databases that their process may reach. */
export interface Services extends Readonly<Record<WorkerGroup, Manager>> {
  readonly mailer: Mailer | null;
  /** Tells, after the commit, whoever shows changes as they happen. */
  readonly publishLive: EventPublisher['publish'];
}

/** Items for a queue, to be enqueued before the job that made them is completed. */
export interface Dispatch {
  readonly queue: QueueContract;
  readonly items: readonly unknown[];
}

export function dispatch<Item>(queue: QueueContract<Item>, items: readonly Item[]): Dispatch {
  return { queue, items };
}

/** Closes the rows of the outbox that items of a queue came of: done, unless an item has met a failure. */
export function closeRows<Item extends object>(
  close: QueueContract<OutcomeItem>,
  queue: QueueContract<Item>,
  items: readonly Item[],
  failureOf: (item: Item) => string | null = () => null,
): Dispatch {
  const outcomes = items.flatMap((item) => {
    const row = rowOf(queue, item);
    return row === null ? [] : [{ ...row, failure: failureOf(item) }];
  });
  return dispatch(close, outcomes);
}

/** What is done with a queue's jobs: one service call for all of a job's items. */
export interface Worker<Item = unknown> {
  readonly queue: QueueContract<Item>;
  run(services: Services, items: readonly Item[]): Promise<readonly Dispatch[]>;
  /** What becomes of an item that cannot be processed, in place of marking its outbox row. */
  deadLetter?(services: Services, item: Item, reason: string): Promise<readonly Dispatch[]>;
  /** Where its items may go on to, beside `close`. */
  readonly next: readonly QueueContract[];
  /** Where the item's outbox row is closed; null for what has none. */
  readonly close: QueueContract<OutcomeItem> | null;
}
