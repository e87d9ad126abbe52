import { describe, expect, test } from '@jest/globals';
import { exampleItem } from '#test/example-item.ts';
import { after, from } from './chain.ts';
import { chains } from './chains.ts';
import { queues, queuesOf, registryOf, routes, workers } from './registry.ts';
import { defineWorker } from './worker.ts';
import { closeUserOutboxWorker } from './workers/close-outbox.ts';
import { keepContactsWorker } from './workers/keep-contacts.ts';
import { openAccountsWorker } from './workers/open-accounts.ts';
import { recordOutcomesQueue, recordOutcomesWorker } from './workers/record-outcomes.ts';
import { notifyOfOrdersWorker } from './workers/notify-of-orders.ts';
import { sendMessagesQueue } from './workers/send-messages.ts';
import { settleOrdersQueue } from './workers/settle-orders.ts';

const stepOf = (name: string) => workers.find(({ queue }) => queue.name === name)!;
const namesOf = (contracts: readonly { readonly name: string }[]) => contracts.map(({ name }) => name).toSorted();

describe('the registry', () => {
  test('sends each kind of row to the first queue of its chain', () => {
    expect(routes.order['order-placed']).toBe(settleOrdersQueue);
    expect(Object.keys(routes.order)).toEqual(['order-placed', 'order-cancel', 'order-refund']);
    expect(Object.keys(routes.billing)).toEqual(['transfer-sent', 'payment-started', 'closing-begun']);
    expect(Object.keys(routes.user)).toEqual([
      'user-changed',
      'contact-changed',
      'export-requested',
      'account-mail-written',
      'message-resend-requested',
    ]);
  });

  test('sends results to the next queues, and rows to the queue that closes their outbox', () => {
    expect(namesOf(stepOf('record-outcomes').next)).toContain('notify-of-orders');
    expect(stepOf('record-outcomes').close?.name).toBe('close-order-outbox');
    expect(stepOf('notify-of-transfers').close?.name).toBe('close-billing-outbox');
    expect(stepOf('send-messages')).toMatchObject({ next: [], close: null });
    expect(namesOf(queuesOf('order').added)).toEqual(
      expect.arrayContaining(['close-billing-outbox', 'notify-of-orders']),
    );
    expect(namesOf(queuesOf('user').added)).toEqual([]);
  });

  test('lets only the workers that precede a queue sign its jobs', () => {
    expect(stepOf('record-outcomes').signers.toSorted()).toEqual(['billing', 'order']);
    expect(stepOf('notify-of-orders').signers.toSorted()).toEqual(['notification', 'order']);
    expect(stepOf('send-messages').signers).toEqual(['notification']);
    expect(stepOf('close-order-outbox').signers.toSorted()).toEqual(['billing', 'notification', 'order']);
    expect(stepOf('close-user-outbox').signers.toSorted()).toEqual(['billing', 'notification', 'user']);
    expect(stepOf('close-billing-outbox').signers.toSorted()).toEqual(['billing', 'notification', 'order']);
  });

  test('contains each queue once, with an example of its items', () => {
    expect(new Set(namesOf(queues)).size).toBe(queues.length);
    for (const queue of queues) expect(() => exampleItem(queue)).not.toThrow();
  });
});

describe('the registry refuses at the start:', () => {
  const [ordersChain, ...others] = chains;

  test('a kind of row without a chain, or with two', () => {
    expect(() => registryOf(others)).toThrow('no chain begins with the rows of the kind order-placed');
    expect(() => registryOf([...chains, ordersChain!])).toThrow('more than one first queue');
  });

  test('two workers of one queue', () => {
    const second = defineWorker({ queue: sendMessagesQueue, run: async () => ({}) });
    expect(() => registryOf([...chains, after(notifyOfOrdersWorker).to(second)])).toThrow(
      'more than one queue send-messages',
    );
  });

  test('a worker whose rows no chain closes, or whose chains close them in two outboxes', () => {
    const [first, ...rest] = chains;
    expect(() => registryOf(chains.map((chain) => ({ ...chain, close: null })))).toThrow('closes its rows');
    expect(() => registryOf([{ ...first!, close: closeUserOutboxWorker }, ...rest])).toThrow('different outboxes');
  });
});

test('chains whose items do not fit do not compile', () => {
  // @ts-expect-error The first worker does jobs of another kind of row.
  from('user-changed').to(keepContactsWorker);
  // @ts-expect-error The worker returns no items for another queue.
  from('user-changed').to(openAccountsWorker).to(recordOutcomesWorker);
  // @ts-expect-error The queue carries items of another type than the worker returns.
  after(recordOutcomesWorker).to(closeUserOutboxWorker);
  defineWorker({
    // @ts-expect-error The worker wants a field that the queue does not carry.
    queue: recordOutcomesQueue,
    run: async (_services, items: readonly { readonly note: string }[]) => ({ next: items.map(({ note }) => note) }),
  });
  expect(chains.length).toBeGreaterThan(0);
});
