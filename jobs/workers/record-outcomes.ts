import { recordOutcomes } from '#order/services/record-outcomes.ts';
import { closeOrderOutboxQueue } from '../queues/close-outbox.ts';
import { notifyOfOrdersQueue } from '../queues/notify-of-orders.ts';
import type { DecidedOrderItem } from '../queues/order-items.ts';
import { recordOutcomesQueue } from '../queues/record-outcomes.ts';
import { closeRows, dispatch, type Worker } from '../worker.ts';

export const recordOutcomesWorker: Worker<DecidedOrderItem> = {
  queue: recordOutcomesQueue,
  run: async ({ order, publishLive }, items) => {
    const recorded = new Map((await recordOutcomes(order, items)).map((one) => [one.orderId, one]));
    const lost = items.filter(({ orderId }) => !recorded.has(orderId));
    publishLive(
      [...recorded.values()].map(({ customerId, orderId }) => ({ kind: 'order-changed', customerId, orderId })),
    );
    return [
      // Of an order only its outcome is taken from billing. Where its row is closed, all of this was done before.
      dispatch(
        notifyOfOrdersQueue,
        items.flatMap((item) => {
          const { placed } = recorded.get(item.orderId) ?? { placed: null };
          return placed === null ? [] : [{ ...item, ...placed }];
        }),
      ),
      closeRows(closeOrderOutboxQueue, recordOutcomesQueue, lost, () => 'the order does not exist'),
    ];
  },
  next: [notifyOfOrdersQueue],
  close: closeOrderOutboxQueue,
};
