import { type UserItem, userItem } from './user-item.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

/** The same users: notification keeps how to reach them, or forgets those who are gone. */
export const keepContactsQueue: QueueContract<UserItem> = {
  name: 'keep-contacts',
  item: userItem,
  policy: standardPolicy,
};
