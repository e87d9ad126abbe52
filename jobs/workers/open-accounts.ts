import { openAccounts } from '#billing/services/open-accounts.ts';
import { defineQueue, standardPolicy } from '../queues/contract.ts';
import { userItem } from '../queues/user-item.ts';
import { closed, defineWorker } from '../worker.ts';

export const openAccountsQueue = defineQueue({
  name: 'open-accounts',
  group: 'billing',
  row: { kind: 'user-changed' },
  about: 'Users who registered or changed: billing opens accounts for new ones.',
  item: userItem,
  policy: standardPolicy,
});

export const openAccountsWorker = defineWorker({
  queue: openAccountsQueue,
  // A deleted user's accounts were closed before. A late job finds them and opens none.
  run: async ({ billing }, users) => {
    const present = users.filter(({ deleted }) => !deleted).map(({ userId }) => userId);
    await openAccounts(billing, present);
    return { closed: closed(users) };
  },
});
