import { recordOutcomes } from '#order/services/record-outcomes.ts';
import { closeOrderOutboxQueue } from '../queues/close-outbox.ts';
import { notifyOfOrdersQueue } from '../queues/notify-of-orders.ts';
import type { DecidedOrderItem } from '../queues/order-items.ts';
import { recordOutcomesQueue } from '../queues/record-outcomes.ts';
import { handOn, type Worker } from '../worker.ts';

export const recordOutcomesWorker: Worker<DecidedOrderItem> = {
  queue: recordOutcomesQueue,
  group: 'order',
  run: async ({ order, tellLive }, items) => {
    const known = await recordOutcomes(order, items);
    const recorded = items.filter(({ orderId }) => known.has(orderId));
    const lost = items.filter(({ orderId }) => !known.has(orderId));
    tellLive(recorded.map(({ customerId, orderId }) => ({ kind: 'order-changed', customerId, orderId })));
    return [
      handOn(notifyOfOrdersQueue, recorded),
      handOn(
        closeOrderOutboxQueue,
        lost.map(({ outboxId }) => ({ outboxId, failure: 'the order does not exist' })),
      ),
    ];
  },
  next: [notifyOfOrdersQueue],
  close: closeOrderOutboxQueue,
};
