import { z } from 'zod';
import { createPayment } from '#billing/services/create-payments.ts';
import { defineQueue, outboxId, signatures } from '../queues/contract.ts';
import { closed, defineWorker } from '../worker.ts';

const paymentItem = z.object({ outboxId, signatures, paymentId: z.uuid() }).meta({
  title: 'PaymentItem',
  description: 'A deposit that a customer started: the worker creates the payment at the provider.',
  examples: [{ outboxId: '17', paymentId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1' }],
});

export const createPaymentsWorker = defineWorker({
  queue: defineQueue({
    name: 'create-payments',
    group: 'billing',
    row: { kind: 'payment-started' },
    about: 'Deposits that customers started: billing creates each payment at the provider, which knows it by its id.',
    item: paymentItem,
    // It outlasts a provider that is down for two hours.
    policy: { attempts: 13, backoffMs: 1_000, attemptsOfItem: 13 },
  }),
  run: async ({ billing, provider }, items) => {
    if (provider === null) throw new Error('PROVIDER_URL and PROVIDER_API_KEY are not set');
    await Promise.all(items.map(async ({ paymentId }) => await createPayment(billing, provider, paymentId)));
    return { closed: closed(items) };
  },
});
