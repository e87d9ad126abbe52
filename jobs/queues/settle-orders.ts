import { type OrderItem, orderItem } from './order-items.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

export const settleOrdersQueue: QueueContract<OrderItem> = {
  name: 'settle-orders',
  group: 'billing',
  signed: { rows: 'order-placed' },
  about: 'Orders that were placed: billing pays or rejects them. First on the way of an order.',
  item: orderItem,
  policy: standardPolicy,
};
