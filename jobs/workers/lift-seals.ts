import { liftSeals } from '#order/services/seal-orders.ts';
import { closeBillingOutboxQueue } from '../queues/close-outbox.ts';
import { type ClosingItem, liftSealsQueue } from '../queues/lift-seals.ts';
import { handOn, type Worker } from '../worker.ts';

export const liftSealsWorker: Worker<ClosingItem> = {
  queue: liftSealsQueue,
  group: 'order',
  run: async ({ order }, closings) => {
    await liftSeals(order, closings);
    return [
      handOn(
        closeBillingOutboxQueue,
        closings.map(({ outboxId }) => ({ outboxId, failure: null })),
      ),
    ];
  },
  next: [],
  close: closeBillingOutboxQueue,
};
