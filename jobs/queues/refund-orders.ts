import { type OrderItem, orderItem } from './order-items.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

/** Paid orders whose money is asked back: billing reverses them. First on the way of a refund. */
export const refundOrdersQueue: QueueContract<OrderItem> = {
  name: 'refund-orders',
  item: orderItem,
  policy: standardPolicy,
};
