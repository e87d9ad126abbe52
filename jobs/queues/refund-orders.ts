import { type OrderItem, orderItem } from './order-items.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

export const refundOrdersQueue: QueueContract<OrderItem> = {
  name: 'refund-orders',
  group: 'billing',
  signed: { rows: 'order-refund' },
  about: 'Paid orders whose money is asked back: billing reverses them. First on the way of a refund.',
  item: orderItem,
  policy: standardPolicy,
};
