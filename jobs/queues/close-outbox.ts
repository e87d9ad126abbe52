import { z } from 'zod';
import type { OutboxOwner, WorkerGroup } from '#subgraphs/manifest.ts';
import { outboxId, type QueueContract, standardPolicy } from './contract.ts';

const outcomeItem = z
  .object({
    outboxId,
    key: z.string().describe('The key of that row.'),
    failure: z
      .string()
      .nullable()
      .describe('Why it was set aside; null where everything that followed from it is done.'),
  })
  .meta({ title: 'OutcomeItem' });

export type OutcomeItem = z.infer<typeof outcomeItem>;

function closeQueue(owner: OutboxOwner, by: readonly WorkerGroup[]): QueueContract<OutcomeItem> {
  return {
    name: `close-${owner}-outbox`,
    group: owner,
    signed: { by },
    about: 'The last on every way: what is done leaves its outbox, what cannot be done is marked there.',
    item: outcomeItem,
    policy: standardPolicy,
  };
}

export const closeOrderOutboxQueue = closeQueue('order', ['billing', 'notification']);
export const closeUserOutboxQueue = closeQueue('user', ['billing', 'notification']);
export const closeBillingOutboxQueue = closeQueue('billing', ['order', 'notification']);
