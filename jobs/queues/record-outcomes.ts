import { type DecidedOrderItem, decidedOrderItem } from './order-items.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

/** What billing decided: the order subgraph records it. */
export const recordOutcomesQueue: QueueContract<DecidedOrderItem> = {
  name: 'record-outcomes',
  item: decidedOrderItem,
  policy: standardPolicy,
};
