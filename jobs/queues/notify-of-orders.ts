import { type DecidedOrderItem, decidedOrderItem } from './order-items.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

/** Orders whose outcome is recorded: notification tells the customer. */
export const notifyOfOrdersQueue: QueueContract<DecidedOrderItem> = {
  name: 'notify-of-orders',
  item: decidedOrderItem,
  policy: standardPolicy,
};
