import { liftSeals } from '#order/services/seal-orders.ts';
import { closeBillingOutboxQueue } from '../queues/close-outbox.ts';
import { type ClosingItem, liftSealsQueue } from '../queues/lift-seals.ts';
import { closeRows, type Worker } from '../worker.ts';

export const liftSealsWorker: Worker<ClosingItem> = {
  queue: liftSealsQueue,
  run: async ({ order }, closings) => {
    await liftSeals(order, closings);
    return [closeRows(closeBillingOutboxQueue, liftSealsQueue, closings)];
  },
  next: [],
  close: closeBillingOutboxQueue,
};
