import { z } from 'zod';
import { outboxId, type QueueContract, signatures, standardPolicy } from './contract.ts';

const closingItem = z
  .object({ outboxId, signatures, closingId: z.uuid(), customerId: z.uuid() })
  .meta({ title: 'ClosingItem', description: 'The closing of a customer’s accounts that did not come to its end.' });

export type ClosingItem = z.infer<typeof closingItem>;

export const liftSealsQueue: QueueContract<ClosingItem> = {
  name: 'lift-seals',
  group: 'order',
  signed: { rows: 'closing-begun' },
  about: 'Closings of accounts that were given up: the order subgraph lets their customers place orders again.',
  item: closingItem,
  policy: standardPolicy,
};
