import { keepContacts } from '#notification/services/keep-contacts.ts';
import { closeUserOutboxQueue } from '../queues/close-outbox.ts';
import { keepContactsQueue } from '../queues/keep-contacts.ts';
import type { UserItem } from '../queues/user-item.ts';
import { closeRows, type Worker } from '../worker.ts';

export const keepContactsWorker: Worker<UserItem> = {
  queue: keepContactsQueue,
  run: async ({ notification }, users) => {
    await keepContacts(notification, users);
    return [closeRows(closeUserOutboxQueue, keepContactsQueue, users)];
  },
  next: [],
  close: closeUserOutboxQueue,
};
