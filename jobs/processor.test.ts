import { describe, expect, test } from '@jest/globals';
import { createLog } from '#platform/telemetry/log.ts';
import { exampleItem } from '#test/example-item.ts';
import { testJobKeys } from '#test/job-keys.ts';
import { processor } from './processor.ts';
import { encodePayload } from './queues/contract.ts';
import type { Outcome, Services, Step } from './worker.ts';
import { closeOrderOutboxWorker } from './workers/close-outbox.ts';
import { notifyOfOrdersQueue } from './workers/notify-of-orders.ts';
import { openAccountsQueue } from './workers/open-accounts.ts';
import { sendMessagesQueue } from './workers/send-messages.ts';

const keys = testJobKeys('notification');
const item = exampleItem(notifyOfOrdersQueue);
const delivery = { data: encodePayload(notifyOfOrdersQueue, [item], keys), attempt: 1 };
const message = { notificationId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1' };

function stepThat(outcome: Outcome<unknown, unknown>, chains: Pick<Step, 'next' | 'close'>): Step {
  return { queue: notifyOfOrdersQueue, run: async () => outcome, signers: ['notification'], ...chains };
}

describe('the result of a job', () => {
  const log = createLog('test', 'silent');
  const deliver = async (step: Step) => await Array.fromAsync(processor(step, {} as Services, keys, log)(delivery));
  const close = closeOrderOutboxWorker.queue;

  test('is dispatched to every next queue of the chains, and its rows are closed', async () => {
    const next = [sendMessagesQueue, openAccountsQueue];
    const step = stepThat({ next: [message], closed: [{ item, failure: 'why' }] }, { next, close });

    expect(await deliver(step)).toEqual([
      { queue: sendMessagesQueue, items: [message] },
      { queue: openAccountsQueue, items: [message] },
      { queue: close, items: [{ outboxId: item.outboxId, key: item.orderId, failure: 'why' }] },
    ]);
  });

  test('is empty for a worker without results', async () => {
    expect(await deliver(stepThat({}, { next: [], close: null }))).toEqual([]);
    expect(await deliver(stepThat({ next: [], closed: [] }, { next: [sendMessagesQueue], close }))).toEqual([]);
  });

  test('is refused if no chain continues, or if none closes the rows', async () => {
    await expect(deliver(stepThat({ next: [message] }, { next: [], close }))).rejects.toThrow(
      'no chain goes on from notify-of-orders',
    );
    await expect(
      deliver(stepThat({ closed: [{ item, failure: null }] }, { next: [sendMessagesQueue], close: null })),
    ).rejects.toThrow('no chain of notify-of-orders closes its rows');
  });
});
