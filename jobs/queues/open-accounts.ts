import { type UserItem, userItem } from './user-item.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

export const openAccountsQueue: QueueContract<UserItem> = {
  name: 'open-accounts',
  group: 'billing',
  signed: { rows: 'user-changed' },
  about: 'Users who registered or changed: billing opens accounts for new ones.',
  item: userItem,
  policy: standardPolicy,
};
