import { type DecidedOrderItem, decidedOrderItem } from './order-items.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

export const notifyOfOrdersQueue: QueueContract<DecidedOrderItem> = {
  name: 'notify-of-orders',
  group: 'notification',
  signed: { by: ['order'], rowKey: ['orderId'] },
  about: 'Orders whose outcome is recorded: notification tells the customer.',
  item: decidedOrderItem,
  policy: standardPolicy,
};
