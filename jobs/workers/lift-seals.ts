import { z } from 'zod';
import { liftSeals } from '#order/services/seal-orders.ts';
import { defineQueue, outboxId, signatures, standardPolicy } from '../queues/contract.ts';
import { closed, defineWorker } from '../worker.ts';

const closingItem = z.object({ outboxId, signatures, closingId: z.uuid(), customerId: z.uuid() }).meta({
  title: 'ClosingItem',
  description: 'The closing of a customer’s accounts that was not finished.',
  examples: [
    {
      outboxId: '17',
      closingId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1',
      customerId: '01a1fd28-33e3-71d0-97d5-49badbf8fee4',
    },
  ],
});

export const liftSealsWorker = defineWorker({
  queue: defineQueue({
    name: 'lift-seals',
    group: 'order',
    row: { kind: 'closing-begun' },
    about: 'Closings of accounts that were abandoned: the order subgraph lets their customers place orders again.',
    item: closingItem,
    policy: standardPolicy,
  }),
  run: async ({ order }, closings) => {
    await liftSeals(order, closings);
    return { closed: closed(closings) };
  },
});
