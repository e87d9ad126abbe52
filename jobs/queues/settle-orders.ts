import { type OrderItem, orderItem } from './order-items.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

/** Orders that were placed: billing pays or rejects them. First on the way of an order. */
export const settleOrdersQueue: QueueContract<OrderItem> = {
  name: 'settle-orders',
  item: orderItem,
  policy: standardPolicy,
};
