import { type UserItem, userItem } from './user-item.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

export const keepContactsQueue: QueueContract<UserItem> = {
  name: 'keep-contacts',
  group: 'notification',
  signed: { rows: 'user-changed' },
  about: 'Users, once billing knows of them: notification keeps how to reach them, or forgets those who are gone.',
  item: userItem,
  policy: standardPolicy,
};
