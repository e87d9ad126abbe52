import { keepContacts } from '#notification/services/keep-contacts.ts';
import { defineQueue, standardPolicy } from '../queues/contract.ts';
import { userItem } from '../queues/user-item.ts';
import { closed, defineWorker } from '../worker.ts';

export const keepContactsQueue = defineQueue({
  name: 'keep-contacts',
  group: 'notification',
  row: { kind: 'contact-changed' },
  about: 'Users who registered, changed or were deleted: notification keeps their contact data, or deletes it.',
  item: userItem,
  policy: standardPolicy,
});

export const keepContactsWorker = defineWorker({
  queue: keepContactsQueue,
  run: async ({ notification }, users) => {
    await keepContacts(notification, users);
    return { closed: closed(users) };
  },
});
