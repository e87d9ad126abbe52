import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createLog } from '#platform/telemetry/log.ts';
import { queueServers, type QueueServer, warnWithoutRedis } from '#test/queue-servers.ts';
import { testJobKeys } from '#test/job-keys.ts';
import { until } from '#test/until.ts';
import { type Broker, openBroker } from './broker.ts';
import { processor } from './processor.ts';
import { minor, outboxId, type QueueContract, time } from './queues/contract.ts';
import type { OutcomeItem } from './queues/outcome-item.ts';
import { closed, dispatch, type Services, type Step } from './worker.ts';

warnWithoutRedis();

const log = createLog('test', 'silent');
const keys = testJobKeys('order');
const item = z.object({ outboxId, label: z.string(), amountMinor: minor, at: time });
type Item = z.infer<typeof item>;

const policy = { attempts: 5, backoffMs: 10, attemptsOfItem: 2 };
const at = new Date('2026-01-02T03:04:05.678Z');

function labelled(label: string, id = '1'): Item {
  return { outboxId: id, label, amountMinor: 10n ** 17n, at };
}

describe.each(queueServers)('a queue on %s', (_name, startServer) => {
  let server: QueueServer;
  let broker: Broker;
  let tests = 0;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => await server.stop());

  /** Each test has its own queues. */
  let work: QueueContract<Item>;
  let close: QueueContract<OutcomeItem>;

  beforeEach(async () => {
    tests += 1;
    work = {
      name: `work-${tests}`,
      group: 'order',
      row: { key: ['label'] },
      about: 'items',
      item,
      policy,
    };
    close = {
      name: `close-${tests}`,
      group: 'order',
      row: null,
      about: 'outcomes',
      item: z.object({ outboxId, key: z.string(), failure: z.string().nullable() }),
      policy,
    };
    broker = await openBroker(server.address, [work, close], log, new AbortController().signal);
  });
  afterEach(async () => await broker.close());

  /** Starts both workers; `act` processes the items. Returns the closed rows, which grow over time. */
  function start(act: (items: readonly Item[], call: number) => Promise<void>) {
    const rows: OutcomeItem[] = [];
    let calls = 0;
    const worker: Step = {
      queue: work,
      run: async (_services, items: readonly Item[]) => {
        calls += 1;
        await act(items, calls);
        return { closed: closed(items) };
      },
      next: [],
      close,
      signers: ['order'],
    };
    const closer: Step = {
      queue: close,
      run: async (_services, items: readonly OutcomeItem[]) => {
        rows.push(...items);
        return {};
      },
      next: [],
      close: null,
      signers: ['order'],
    };
    const none = {} as Services;
    for (const one of [worker, closer]) broker.work(one, processor(one, none, keys, log), keys);
    return rows;
  }

  test('carries items unchanged, amounts and times included, and enqueues the next jobs', async () => {
    const seen: Item[] = [];
    const closed = start(async (items) => void seen.push(...items));
    await broker.enqueue([dispatch(work, [labelled('a', '1'), labelled('b', '2')])], keys);
    await until('both to be closed', () => closed.length === 2);
    expect(seen).toEqual([labelled('a', '1'), labelled('b', '2')]);
  });

  test('repeats a job that failed because of a lost connection', async () => {
    const closed = start(async (_items, call) => {
      if (call < 3) throw Object.assign(new Error('connection lost'), { code: 'ECONNRESET' });
    });
    await broker.enqueue([dispatch(work, [labelled('a')])], keys);
    await until('the third attempt', () => closed.length === 1);
    expect(closed).toEqual([{ outboxId: '1', key: 'a', failure: null }]);
  });

  test('dead-letters an item that always fails, with its reason, and processes the rest of its batch', async () => {
    const done: string[] = [];
    const closed = start(async (items) => {
      if (items.some(({ label }) => label === 'poison')) throw new Error('poisoned');
      done.push(...items.map(({ label }) => label));
    });
    await broker.enqueue([dispatch(work, [labelled('a', '1'), labelled('poison', '2'), labelled('c', '3')])], keys);
    await until('all three to be closed', () => closed.length === 3);
    expect(done).toEqual(['a', 'c']);
    expect(closed).toContainEqual(expect.objectContaining({ outboxId: '2', failure: 'poisoned' }));
    await until('its job to end as failed, with the reason', async () => {
      const [job] = await server.queue(work.name).getFailed();
      return job?.failedReason === 'poisoned';
    });
  });

  test('finds one failing item among many in few attempts, and enqueues the next jobs of the others', async () => {
    let attempts = 0;
    const closed = start(async (items, call) => {
      attempts = call;
      if (items.some(({ label }) => label === 'poison')) throw new Error('poisoned');
    });
    const items = Array.from({ length: 64 }, (_, index) => labelled(index === 40 ? 'poison' : 'good', String(index)));
    await broker.enqueue([dispatch(work, items)], keys);
    await until('all to be closed', () => closed.length === 64);
    // One attempt for the whole job, two halves at each of six sizes, and the item's own attempts by its policy.
    expect(attempts).toBe(1 + 2 * 6 + policy.attemptsOfItem);
  });

  test('dead-letters a malformed item, with its reason, and processes the rest of its batch', async () => {
    const closed = start(async () => undefined);
    const loose = { ...work, item: z.unknown() };
    const malformed = { outboxId: '2', label: 'no amount' };
    await broker.enqueue([dispatch(loose, [z.encode(item, labelled('a', '1')), malformed])], keys);
    await until('both to be closed', () => closed.length === 2);
    expect(closed).toContainEqual(expect.objectContaining({ outboxId: '1', failure: null }));
    expect(closed.find(({ outboxId }) => outboxId === '2')?.failure).toContain('amountMinor');
  });

  test.each<readonly [string, object, string]>([
    ['of another version', { version: 0, orders: [] }, 'version'],
    ['that cannot be unpacked', { version: 2, items: 'bm90IGNvbXByZXNzZWQ=' }, 'items'],
  ])('fails a payload %s at once, and processes the next job', async (_, data, reason) => {
    const closed = start(async () => undefined);
    const queue = server.queue(work.name);
    await queue.add(work.name, data, { attempts: 5 });
    await broker.enqueue([dispatch(work, [labelled('a')])], keys);
    await until('the job behind it', () => closed.length === 1);
    const [failed] = await until('the failed job', async () => {
      const jobs = await queue.getFailed();
      return jobs.length > 0 ? jobs : null;
    });
    expect(failed).toMatchObject({ attemptsMade: 1, failedReason: expect.stringContaining(reason) });
  });

  test('finishes the active job when it is closed', async () => {
    let finish = () => {};
    let begun = false;
    let finished = false;
    start(async () => {
      begun = true;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      finished = true;
    });
    await broker.enqueue([dispatch(work, [labelled('a')])], keys);
    await until('the job to begin', () => begun);
    const closing = broker.close();
    finish();
    await closing;
    expect(finished).toBe(true);
  });
});
