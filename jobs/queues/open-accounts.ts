import { type UserItem, userItem } from './user-item.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

/** Users who registered or changed: billing gives new ones their accounts. First on the way of a user. */
export const openAccountsQueue: QueueContract<UserItem> = {
  name: 'open-accounts',
  item: userItem,
  policy: standardPolicy,
};
