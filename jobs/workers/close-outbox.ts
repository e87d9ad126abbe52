import { closeOrderOutbox } from '#order/services/close-outbox.ts';
import { closeOutbox } from '#platform/messaging/outbox-relay.ts';
import {
  closeBillingOutboxQueue,
  closeOrderOutboxQueue,
  closeUserOutboxQueue,
  type OutcomeItem,
} from '../queues/close-outbox.ts';
import type { Worker } from '../worker.ts';

export const closeOrderOutboxWorker: Worker<OutcomeItem> = {
  queue: closeOrderOutboxQueue,
  run: async ({ order }, outcomes) => {
    await closeOrderOutbox(order, outcomes);
    return [];
  },
  next: [],
  close: null,
};

export const closeUserOutboxWorker: Worker<OutcomeItem> = {
  queue: closeUserOutboxQueue,
  run: async ({ user }, outcomes) => {
    await closeOutbox(user, outcomes);
    return [];
  },
  next: [],
  close: null,
};

export const closeBillingOutboxWorker: Worker<OutcomeItem> = {
  queue: closeBillingOutboxQueue,
  run: async ({ billing }, outcomes) => {
    await closeOutbox(billing, outcomes);
    return [];
  },
  next: [],
  close: null,
};
