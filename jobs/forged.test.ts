import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signedText, signFor } from '#platform/messaging/job-keys.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { type WorkerGroup, workerGroups } from '#subgraphs/manifest.ts';
import { outboxKinds } from '#subgraphs/outbox-kinds.ts';
import { testJobKeys } from '#test/job-keys.ts';
import { processor } from './processor.ts';
import { encodePayload, type Payload, type QueueContract } from './queues/contract.ts';
import type { OrderItem } from './queues/order-items.ts';
import { workers } from './registry.ts';
import type { Services, Worker } from './worker.ts';

/** Whoever can write to the queue server, or has the keys of another subgraph, puts jobs into every queue. */

const log = createLog('test', 'silent');
const [someId, otherId] = [randomUUID(), randomUUID()];

const order: OrderItem = {
  outboxId: '17',
  orderId: someId,
  customerId: otherId,
  email: 'eve@example.com',
  name: 'Eve',
  productId: 'book',
  quantity: 1,
  currency: 'USD',
  totalMinor: 100_000_000n,
};
const decided = {
  ...order,
  outcome: 'PAID',
  rejectionReason: null,
  settledAt: new Date(),
  isHeld: false,
  failure: null,
};
const user = { outboxId: '17', userId: someId, version: 9, email: 'eve@example.com', name: 'Eve', deleted: false };
const closed = { outboxId: '17', key: someId, failure: null };

/** What a job of each queue could carry. */
const samples: Readonly<Record<string, object>> = {
  'settle-orders': order,
  'refund-orders': order,
  'record-outcomes': decided,
  'notify-of-orders': decided,
  'open-accounts': user,
  'keep-contacts': user,
  'notify-of-transfers': {
    outboxId: '17',
    transactionId: someId,
    customerId: otherId,
    senderName: 'Your bank',
    receivedMinor: 1n,
    currency: 'USD',
    description: 'Call this number',
  },
  'send-messages': { notificationId: someId },
  'lift-seals': { outboxId: '17', closingId: someId, customerId: otherId },
  'close-order-outbox': closed,
  'close-user-outbox': closed,
  'close-billing-outbox': closed,
};

/** Tells what of the services was used. */
function watched() {
  const used: string[] = [];
  const services = new Proxy({} as Services, {
    get: (_target, name) => {
      used.push(String(name));
      return name === 'mailer' ? null : () => undefined;
    },
  });
  return { services, used };
}

/** What comes of a job: the services that were used, what was handed on, and the reason why it failed. */
async function deliver(worker: Worker, data: Payload) {
  const { services, used } = watched();
  const dispatched: unknown[] = [];
  const spied: Worker = {
    ...worker,
    run: async () => {
      used.push('run');
      return [];
    },
  };
  let reason = '';
  try {
    const process = processor(spied, services, testJobKeys(worker.queue.group), log);
    for await (const one of process({ data, attempt: 1 })) dispatched.push(one);
  } catch (error) {
    reason = String(error);
  }
  return { used, dispatched, reason };
}

const nothing = { used: [], dispatched: [], reason: expect.stringContaining('not signed') };

/** What the subgraph could add to the queue by itself, were it believed. */
function signedBy(writer: WorkerGroup, queue: QueueContract): Payload {
  const keys = testJobKeys(writer);
  const sample = samples[queue.name]!;
  if ('by' in queue.signed) return encodePayload(queue, [sample], keys);
  const kind = queue.signed.rows;
  const encoded = z.encode(queue.item, sample) as Record<string, unknown>;
  const code = signFor(keys, queue.group, signedText(kind, outboxKinds[kind], encoded));
  return encodePayload(queue, [{ ...sample, signatures: { [queue.group]: code } }], null);
}

function mayWrite(writer: WorkerGroup, { signed, group }: QueueContract): boolean {
  return 'by' in signed ? [...signed.by, group].includes(writer) : outboxKinds[signed.rows].by === writer;
}

const cases = workers.map((worker) => [worker.queue.name, worker] as const);

describe.each(cases)('%s', (name, worker) => {
  const { queue } = worker;

  test('has no effect where nobody has signed it', async () => {
    expect(await deliver(worker, encodePayload(queue, [samples[name]], null))).toEqual(nothing);
  });

  test.each(workerGroups.filter((writer) => !mayWrite(writer, queue)))(
    'has no effect where %s has signed it',
    async (writer) => {
      expect(await deliver(worker, signedBy(writer, queue))).toEqual(nothing);
    },
  );

  test.each(workerGroups.filter((writer) => mayWrite(writer, queue)))(
    'is done where %s has signed it',
    async (writer) => {
      expect(await deliver(worker, signedBy(writer, queue))).toEqual({ used: ['run'], dispatched: [], reason: '' });
    },
  );

  test('has no effect where it was signed for another queue or another subgraph', async () => {
    const others = workers.filter((other) => other.queue !== queue && 'by' in other.queue.signed);
    for (const other of others) {
      for (const writer of workerGroups.filter((one) => mayWrite(one, other.queue))) {
        const { signature } = signedBy(writer, other.queue);
        const moved = {
          ...encodePayload(queue, [samples[name]], null),
          ...(signature === undefined ? {} : { signature }),
        };
        expect(await deliver(worker, moved)).toEqual(nothing);
      }
    }
  });
});

test('a row that was signed as one kind is nothing as another, nor with another value in any field', async () => {
  const settle = workers.find(({ queue }) => queue.name === 'settle-orders')!;
  const refund = workers.find(({ queue }) => queue.name === 'refund-orders')!;
  const honest = signedBy('order', settle.queue);
  expect(await deliver(settle, honest)).toMatchObject({ used: ['run'] });
  expect(await deliver(refund, honest)).toEqual(nothing);

  const signatures = { billing: signFor(testJobKeys('order'), 'billing', textOf(order)) };
  const others: Omit<OrderItem, 'outboxId' | 'signatures'> = {
    orderId: randomUUID(),
    customerId: randomUUID(),
    email: 'ada@example.com',
    name: 'Ada',
    productId: 'pen',
    quantity: 2,
    currency: 'EUR',
    totalMinor: 1n,
  };
  expect(Object.keys(others)).toEqual(outboxKinds['order-placed'].signed);
  for (const [field, value] of Object.entries(others)) {
    const item = { ...order, [field]: value, signatures };
    expect(await deliver(settle, encodePayload(settle.queue, [item], null))).toEqual(nothing);
  }
});

test('of a job, what is signed is done and the rest is not', async () => {
  const settle = workers.find(({ queue }) => queue.name === 'settle-orders')!;
  const signatures = { billing: signFor(testJobKeys('order'), 'billing', textOf(order)) };
  const seen: unknown[] = [];
  const worker = {
    ...settle,
    run: async (_services: Services, items: readonly unknown[]) => {
      seen.push(...items);
      return [];
    },
  };
  const data = encodePayload(
    settle.queue,
    [
      { ...order, signatures },
      { ...order, totalMinor: 1n, signatures },
    ],
    null,
  );
  const process = processor(worker, {} as Services, testJobKeys('billing'), log);

  await expect(Array.fromAsync(process({ data, attempt: 1 }))).rejects.toThrow('1 items are not signed');
  expect(seen).toEqual([{ ...order, signatures }]);
});

function textOf(item: OrderItem): string {
  return signedText('order-placed', outboxKinds['order-placed'], { ...item, totalMinor: item.totalMinor.toString() });
}
