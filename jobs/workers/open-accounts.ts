import { openAccounts } from '#billing/services/open-accounts.ts';
import { closeUserOutboxQueue } from '../queues/close-outbox.ts';
import { openAccountsQueue } from '../queues/open-accounts.ts';
import type { UserItem } from '../queues/user-item.ts';
import { closeRows, type Worker } from '../worker.ts';

export const openAccountsWorker: Worker<UserItem> = {
  queue: openAccountsQueue,
  // A deleted user's accounts were closed before. A late job finds them and opens none.
  run: async ({ billing }, users) => {
    const here = users.filter(({ deleted }) => !deleted).map(({ userId }) => userId);
    await openAccounts(billing, here);
    return [closeRows(closeUserOutboxQueue, openAccountsQueue, users)];
  },
  next: [],
  close: closeUserOutboxQueue,
};
