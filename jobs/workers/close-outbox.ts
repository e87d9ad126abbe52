import { closeOutbox } from '#platform/outbox.ts';
import {
  closeBillingOutboxQueue,
  closeOrderOutboxQueue,
  closeUserOutboxQueue,
  type OutcomeItem,
} from '../queues/close-outbox.ts';
import type { QueueContract } from '../queues/contract.ts';
import type { Worker } from '../worker.ts';

export const closeOrderOutboxWorker = closeWorker(closeOrderOutboxQueue, 'order');
export const closeUserOutboxWorker = closeWorker(closeUserOutboxQueue, 'user');
export const closeBillingOutboxWorker = closeWorker(closeBillingOutboxQueue, 'billing');

function closeWorker(queue: QueueContract<OutcomeItem>, owner: 'order' | 'user' | 'billing'): Worker<OutcomeItem> {
  return {
    queue,
    group: owner,
    run: async (services, outcomes) => {
      await closeOutbox(services[owner], outcomes);
      return [];
    },
    next: [],
    close: null,
  };
}
