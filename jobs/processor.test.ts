import { describe, expect, test } from '@jest/globals';
import { createLog } from '#platform/telemetry/log.ts';
import { testJobKeys } from '#test/job-keys.ts';
import { processor } from './processor.ts';
import { closeOrderOutboxQueue } from './queues/close-outbox.ts';
import { encodePayload } from './queues/contract.ts';
import { sendMessagesQueue } from './queues/send-messages.ts';
import { dispatch, type Services, type Worker } from './worker.ts';

const keys = testJobKeys('notification');
const item = { notificationId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1' };
const delivery = { data: encodePayload(sendMessagesQueue, [item], keys), attempt: 1 };
const outcome = { outboxId: '1', key: 'a', failure: null };

function workerWith(next: Worker['next']): Worker {
  return {
    queue: sendMessagesQueue,
    run: async () => [dispatch(closeOrderOutboxQueue, [outcome])],
    next,
    close: null,
  };
}

describe('what a job leads to', () => {
  const log = createLog('test', 'silent');

  test('goes to a queue that its worker names', async () => {
    const dispatched = await Array.fromAsync(
      processor(workerWith([closeOrderOutboxQueue]), {} as Services, keys, log)(delivery),
    );

    expect(dispatched).toEqual([{ queue: closeOrderOutboxQueue, items: [outcome] }]);
  });

  test('goes to no other', async () => {
    const dispatched = Array.fromAsync(processor(workerWith([]), {} as Services, keys, log)(delivery));
    await expect(dispatched).rejects.toThrow(
      'the worker of send-messages hands on to close-order-outbox, and does not say so',
    );
  });
});
