import { type DecidedOrderItem, decidedOrderItem } from './order-items.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

export const recordOutcomesQueue: QueueContract<DecidedOrderItem> = {
  name: 'record-outcomes',
  group: 'order',
  signed: { by: ['billing'], rowKey: ['orderId'] },
  about: 'What billing decided: the order subgraph records it.',
  item: decidedOrderItem,
  policy: standardPolicy,
};
