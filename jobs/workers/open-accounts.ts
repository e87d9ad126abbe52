import { openAccounts } from '#billing/services/open-accounts.ts';
import { closeUserOutboxQueue } from '../queues/close-outbox.ts';
import { keepContactsQueue } from '../queues/keep-contacts.ts';
import { openAccountsQueue } from '../queues/open-accounts.ts';
import type { UserItem } from '../queues/user-item.ts';
import { handOn, type Worker } from '../worker.ts';

export const openAccountsWorker: Worker<UserItem> = {
  queue: openAccountsQueue,
  // Whoever is gone has closed their accounts before; news that comes late finds them there and opens nothing.
  run: async ({ billing }, users) => {
    const here = users.filter(({ deleted }) => !deleted).map(({ userId }) => userId);
    await openAccounts(billing, here);
    return [handOn(keepContactsQueue, users)];
  },
  next: [keepContactsQueue],
  close: closeUserOutboxQueue,
};
