import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signedText, signFor } from '#platform/messaging/job-keys.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { type WorkerGroup, workerGroups } from '#subgraphs/manifest.ts';
import { outboxKinds } from '#subgraphs/outbox-kinds.ts';
import { exampleItem } from '#test/example-item.ts';
import { testJobKeys } from '#test/job-keys.ts';
import { processor } from './processor.ts';
import { encodePayload, type Payload, type QueueContract } from './queues/contract.ts';
import type { OrderItem } from './queues/order-items.ts';
import { workers } from './registry.ts';
import type { Services, Step } from './worker.ts';
import { settleOrdersQueue } from './workers/settle-orders.ts';

/** An attacker who can write to the queue server, or has the keys of another subgraph, adds jobs to every queue. */

const log = createLog('test', 'silent');

const order = exampleItem(settleOrdersQueue);

/** Services that record which of them are used. */
function recordingServices() {
  const used: string[] = [];
  const services = new Proxy({} as Services, {
    get: (_target, name) => {
      used.push(String(name));
      return name === 'mailer' ? null : () => undefined;
    },
  });
  return { services, used };
}

/** @returns the services that the job used, the jobs that it dispatched, and the reason why it failed. */
async function deliver(worker: Step, data: Payload) {
  const { services, used } = recordingServices();
  const dispatched: unknown[] = [];
  const spied: Step = {
    ...worker,
    run: async () => {
      used.push('run');
      return {};
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

const nothing = { used: [], dispatched: [], reason: expect.stringContaining('no valid signature') };

/** A job that the subgraph can sign on its own. */
function signedBy(writer: WorkerGroup, queue: QueueContract): Payload {
  const keys = testJobKeys(writer);
  const sample = exampleItem(queue);
  const { row } = queue;
  if (row === null || 'key' in row) return encodePayload(queue, [sample], keys);
  const { kind } = row;
  const encoded = z.encode(queue.item, sample) as Record<string, unknown>;
  const code = signFor(keys, queue.group, signedText(kind, outboxKinds[kind], encoded));
  return encodePayload(queue, [{ ...(sample as object), signatures: { [queue.group]: code } }], null);
}

function mayWrite(writer: WorkerGroup, { queue: { row }, signers }: Step): boolean {
  return row !== null && 'kind' in row ? outboxKinds[row.kind].by === writer : signers.includes(writer);
}

const cases = workers.map((worker) => [worker.queue.name, worker] as const);

describe.each(cases)('%s', (_name, worker) => {
  const { queue } = worker;

  test('has no effect without a signature', async () => {
    expect(await deliver(worker, encodePayload(queue, [exampleItem(queue)], null))).toEqual(nothing);
  });

  test.each(workerGroups.filter((writer) => !mayWrite(writer, worker)))(
    'has no effect if %s signed it',
    async (writer) => {
      expect(await deliver(worker, signedBy(writer, queue))).toEqual(nothing);
    },
  );

  test.each(workerGroups.filter((writer) => mayWrite(writer, worker)))('runs if %s signed it', async (writer) => {
    expect(await deliver(worker, signedBy(writer, queue))).toEqual({ used: ['run'], dispatched: [], reason: '' });
  });

  test('has no effect if it was signed for another queue or another subgraph', async () => {
    const others = workers.filter(({ queue: other }) => other !== queue && (other.row === null || 'key' in other.row));
    for (const other of others) {
      for (const writer of workerGroups.filter((one) => mayWrite(one, other))) {
        const { signature } = signedBy(writer, other.queue);
        const moved = {
          ...encodePayload(queue, [exampleItem(queue)], null),
          ...(signature === undefined ? {} : { signature }),
        };
        expect(await deliver(worker, moved)).toEqual(nothing);
      }
    }
  });
});

test('the signature of a row is invalid for another kind, and for another value of any field', async () => {
  const settle = workers.find(({ queue }) => queue.name === 'settle-orders')!;
  const refund = workers.find(({ queue }) => queue.name === 'refund-orders')!;
  const valid = signedBy('order', settle.queue);
  expect(await deliver(settle, valid)).toMatchObject({ used: ['run'] });
  expect(await deliver(refund, valid)).toEqual(nothing);

  const signatures = { billing: signFor(testJobKeys('order'), 'billing', textOf(order)) };
  const others: Omit<OrderItem, 'outboxId' | 'signatures'> = {
    orderId: randomUUID(),
    customerId: randomUUID(),
    email: 'eve@example.com',
    name: 'Eve',
    productId: 'pen',
    quantity: 3,
    currency: 'EUR',
    totalMinor: 1n,
  };
  expect(Object.keys(others)).toEqual(outboxKinds['order-placed'].signed);
  for (const [field, value] of Object.entries(others)) {
    const item = { ...order, [field]: value, signatures };
    expect(await deliver(settle, encodePayload(settle.queue, [item], null))).toEqual(nothing);
  }
});

test('a worker processes the signed items of a job and refuses the others', async () => {
  const settle = workers.find(({ queue }) => queue.name === 'settle-orders')!;
  const signatures = { billing: signFor(testJobKeys('order'), 'billing', textOf(order)) };
  const seen: unknown[] = [];
  const worker = {
    ...settle,
    run: async (_services: Services, items: readonly unknown[]) => {
      seen.push(...items);
      return {};
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

  await expect(Array.fromAsync(process({ data, attempt: 1 }))).rejects.toThrow('1 items have no valid signature');
  expect(seen).toEqual([{ ...order, signatures }]);
});

function textOf(item: OrderItem): string {
  return signedText('order-placed', outboxKinds['order-placed'], { ...item, totalMinor: item.totalMinor.toString() });
}
