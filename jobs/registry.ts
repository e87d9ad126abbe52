import type { OutboxOwner, WorkerGroup } from '#subgraphs/manifest.ts';
import { closeBillingOutboxQueue, closeOrderOutboxQueue, closeUserOutboxQueue } from './queues/close-outbox.ts';
import type { QueueContract } from './queues/contract.ts';
import { keepContactsQueue } from './queues/keep-contacts.ts';
import { liftSealsQueue } from './queues/lift-seals.ts';
import { notifyOfOrdersQueue } from './queues/notify-of-orders.ts';
import { notifyOfTransfersQueue } from './queues/notify-of-transfers.ts';
import { openAccountsQueue } from './queues/open-accounts.ts';
import { recordOutcomesQueue } from './queues/record-outcomes.ts';
import { refundOrdersQueue } from './queues/refund-orders.ts';
import { sendMessagesQueue } from './queues/send-messages.ts';
import { settleOrdersQueue } from './queues/settle-orders.ts';
import { closeBillingOutboxWorker, closeOrderOutboxWorker, closeUserOutboxWorker } from './workers/close-outbox.ts';
import { keepContactsWorker } from './workers/keep-contacts.ts';
import { liftSealsWorker } from './workers/lift-seals.ts';
import { notifyOfOrdersWorker } from './workers/notify-of-orders.ts';
import { notifyOfTransfersWorker } from './workers/notify-of-transfers.ts';
import { openAccountsWorker } from './workers/open-accounts.ts';
import { recordOutcomesWorker } from './workers/record-outcomes.ts';
import { refundOrdersWorker } from './workers/refund-orders.ts';
import { sendMessagesWorker } from './workers/send-messages.ts';
import { settleOrdersWorker } from './workers/settle-orders.ts';
import type { Worker } from './worker.ts';

/** The closed list of queues. */
export const queues: readonly QueueContract[] = [
  settleOrdersQueue,
  refundOrdersQueue,
  recordOutcomesQueue,
  notifyOfOrdersQueue,
  openAccountsQueue,
  keepContactsQueue,
  notifyOfTransfersQueue,
  sendMessagesQueue,
  liftSealsQueue,
  closeOrderOutboxQueue,
  closeUserOutboxQueue,
  closeBillingOutboxQueue,
];

/** Whoever works on them. */
export const workers: readonly Worker[] = [
  settleOrdersWorker,
  refundOrdersWorker,
  recordOutcomesWorker,
  notifyOfOrdersWorker,
  openAccountsWorker,
  keepContactsWorker,
  notifyOfTransfersWorker,
  sendMessagesWorker,
  liftSealsWorker,
  closeOrderOutboxWorker,
  closeUserOutboxWorker,
  closeBillingOutboxWorker,
];

/** Where a row of an outbox begins its way, by the subgraph that owns the outbox and the kind of the row. */
export const routes: Readonly<Record<OutboxOwner, Readonly<Record<string, QueueContract>>>> = {
  order: {
    'order-placed': settleOrdersQueue,
    'order-refund': refundOrdersQueue,
  },
  user: { 'user-changed': openAccountsQueue, 'contact-changed': keepContactsQueue },
  billing: { 'transfer-sent': notifyOfTransfersQueue, 'closing-begun': liftSealsQueue },
};

/** The queues whose jobs a subgraph's workers do, and others to which they add jobs that follow from these. */
export function queuesOf(group: WorkerGroup): {
  readonly taken: readonly QueueContract[];
  readonly added: readonly QueueContract[];
} {
  const own = workers.filter(({ queue }) => queue.group === group);
  const reached = new Set(own.flatMap(({ next, close }) => [...next, ...(close === null ? [] : [close])]));
  const taken = own.map(({ queue }) => queue);
  return { taken, added: [...reached].filter((queue) => !taken.includes(queue)) };
}

/** @throws where a queue has no worker or more than one: its jobs would wait for ever, or be fought for. */
export function assertEveryQueueHasAWorker(
  known: readonly Pick<QueueContract, 'name'>[] = queues,
  working: readonly { readonly queue: Pick<QueueContract, 'name'> }[] = workers,
): void {
  const served = working.map(({ queue }) => queue.name).sort();
  const named = known.map(({ name }) => name).sort();
  if (JSON.stringify(served) !== JSON.stringify(named)) {
    throw new Error(
      `every queue needs one worker: the queues are ${named.join(', ')}; workers serve ${served.join(', ')}`,
    );
  }
}
