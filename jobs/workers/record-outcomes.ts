import { recordOutcomes } from '#order/services/record-outcomes.ts';
import { defineQueue, standardPolicy } from '../queues/contract.ts';
import { decidedOrderItem } from '../queues/order-items.ts';
import { closed, defineWorker } from '../worker.ts';

export const recordOutcomesQueue = defineQueue({
  name: 'record-outcomes',
  group: 'order',
  row: { key: ['orderId', 'refundId'] },
  about: 'What billing decided: the order subgraph records it.',
  item: decidedOrderItem,
  policy: standardPolicy,
});

export const recordOutcomesWorker = defineWorker({
  queue: recordOutcomesQueue,
  run: async ({ order, publishLive }, items) => {
    const recorded = new Map((await recordOutcomes(order, items)).map((one) => [one.outboxId, one]));
    const lost = items.filter(({ outboxId }) => !recorded.has(outboxId));
    publishLive(
      [...recorded.values()].map(({ customerId, orderId }) => ({ kind: 'order-changed', customerId, orderId })),
    );
    return {
      // Of an order only its outcome is taken from billing. If its outbox row is closed, all of this was done before.
      next: items.flatMap((item) => {
        const { placed } = recorded.get(item.outboxId) ?? { placed: null };
        if (placed === null) return [];
        const { refundMinor, refundNumber, ...order } = placed;
        const refund = refundMinor === null || refundNumber === null ? {} : { refundMinor, refundNumber };
        return [{ ...item, ...order, ...refund }];
      }),
      closed: closed(lost, () => 'the order does not exist'),
    };
  },
});
