import { z } from 'zod';
import { outboxId, type QueueContract, standardPolicy } from './contract.ts';

const outcomeItem = z
  .object({
    outboxId,
    failure: z
      .string()
      .nullable()
      .describe('Why it was set aside; null where everything that followed from it is done.'),
  })
  .meta({ title: 'OutcomeItem' });

export type OutcomeItem = z.infer<typeof outcomeItem>;

function closeQueue(owner: 'order' | 'user' | 'billing'): QueueContract<OutcomeItem> {
  return {
    name: `close-${owner}-outbox`,
    about: 'The last on every way: what is done leaves its outbox, what cannot be done is marked there.',
    item: outcomeItem,
    policy: standardPolicy,
  };
}

export const closeOrderOutboxQueue = closeQueue('order');
export const closeUserOutboxQueue = closeQueue('user');
export const closeBillingOutboxQueue = closeQueue('billing');
