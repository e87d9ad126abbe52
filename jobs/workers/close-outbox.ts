import { closeOrderOutbox } from '#order/services/close-outbox.ts';
import { closeOutbox } from '#platform/messaging/outbox-relay.ts';
import type { OutboxOwner } from '#subgraphs/manifest.ts';
import { type QueueContract, standardPolicy } from '../queues/contract.ts';
import { type OutcomeItem, outcomeItem } from '../queues/outcome-item.ts';
import { defineWorker } from '../worker.ts';

function closeQueue(owner: OutboxOwner): QueueContract<OutcomeItem, null> {
  return {
    name: `close-${owner}-outbox`,
    group: owner,
    row: null,
    about: 'The end of every chain: rows that are done leave the outbox, rows that cannot be done are marked there.',
    item: outcomeItem,
    policy: standardPolicy,
  };
}

export const closeOrderOutboxWorker = defineWorker({
  queue: closeQueue('order'),
  run: async ({ order }, outcomes) => {
    await closeOrderOutbox(order, outcomes);
    return {};
  },
});

export const closeUserOutboxWorker = defineWorker({
  queue: closeQueue('user'),
  run: async ({ user }, outcomes) => {
    await closeOutbox(user, outcomes);
    return {};
  },
});

export const closeBillingOutboxWorker = defineWorker({
  queue: closeQueue('billing'),
  run: async ({ billing }, outcomes) => {
    await closeOutbox(billing, outcomes);
    return {};
  },
});
