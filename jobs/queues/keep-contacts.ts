import { type UserItem, userItem } from './user-item.ts';
import { type QueueContract, standardPolicy } from './contract.ts';

export const keepContactsQueue: QueueContract<UserItem> = {
  name: 'keep-contacts',
  group: 'notification',
  signed: { rows: 'contact-changed' },
  about: 'Users who registered, changed or left: notification keeps their contact data, or deletes it.',
  item: userItem,
  policy: standardPolicy,
};
