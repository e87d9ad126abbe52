import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { z } from 'zod';
import { database as definition } from '#order/database.ts';
import { type Database, openDatabase } from '#platform/postgres/database.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { until } from '#test/until.ts';
import type { QueueState } from './broker.ts';
import { outboxId, type QueueContract, standardPolicy } from './queues/contract.ts';
import { runRelay } from './relay.ts';

const item = z.object({ outboxId, label: z.string() });
const letters: QueueContract<z.infer<typeof item>> = {
  name: 'letters',
  group: 'order',
  row: null,
  about: 'letters',
  item,
  policy: standardPolicy,
};
const parcels: QueueContract<z.infer<typeof item>> = { ...letters, name: 'parcels' };

let databases: TestDatabases;
let database: Database;
let outbox: Client;
let stopping: AbortController;
let relay: Promise<void>;
/** Labels in the order in which they were enqueued. */
let enqueued: string[];
/** How long the oldest job has waited in each queue. */
let waitingS: Record<string, number>;

beforeEach(async () => {
  databases = await createDatabases('order');
  const url = databases.urls.order;
  database = await openDatabase(definition, { url, poolSize: 2, applicationName: 'test' });
  outbox = new Client({ connectionString: url });
  await outbox.connect();
  [enqueued, waitingS] = [[], { letters: 0, parcels: 0 }];
  stopping = new AbortController();
  relay = runRelay(
    {
      owner: 'order',
      em: database.em.fork(),
      listenUrl: url,
      routes: { letter: letters, parcel: parcels },
      broker: {
        enqueue: async (all) => {
          for (const { items } of all) enqueued.push(...items.map((one) => item.parse(one).label));
        },
        states: async (names) => names.map(stateOf),
      },
      log: createLog('test', 'silent'),
    },
    stopping.signal,
  );
});
afterEach(async () => {
  stopping.abort();
  await relay;
  await outbox.end();
  await database.close();
  await databases.drop();
});

function stateOf(queue: string): QueueState {
  const counts = { waiting: 0, active: 0, delayed: 0, failed: 0 };
  return { queue, counts, oldestWaitingS: waitingS[queue]! };
}

async function note(kind: 'letter' | 'parcel', label: string): Promise<void> {
  await outbox.query('insert into outbox (kind, key, payload, signatures) values ($1, $2, $3, $4)', [
    kind,
    label,
    { label },
    {},
  ]);
  await outbox.query('notify outbox');
}

/** Makes all rows due again, as if their delay had passed. */
async function makeDue(): Promise<void> {
  await outbox.query('update outbox set next_attempt_at = now()');
  await outbox.query('notify outbox');
}

test('the relay enqueues a lost row again within 30 seconds, after every loss', async () => {
  await note('letter', 'a');
  for (const times of [1, 2, 3, 4, 5]) {
    await until(`enqueueing ${times}`, () => enqueued.length === times);
    const { rows } = await outbox.query<{ inS: number }>(
      'select extract(epoch from next_attempt_at - now())::float8 as "inS" from outbox',
    );
    expect(rows[0]!.inS).toBeLessThanOrEqual(30);
    if (times < 5) await makeDue();
  }
});

test('the relay adds nothing to a queue that is behind, and continues after the queue recovers', async () => {
  await note('letter', 'a');
  await until('the first enqueueing', () => enqueued.length === 1);

  waitingS['letters'] = 60;
  await makeDue();
  await until('the relay to claim it again', async () => (await attemptsOf('a')) === 2);
  await note('letter', 'b');
  await note('parcel', 'c');
  await until('the row for the other queue', () => enqueued.includes('c'));
  expect(enqueued).toEqual(['a', 'c']);

  waitingS['letters'] = 0;
  await until('the held row', () => enqueued.includes('b'));
});

async function attemptsOf(key: string): Promise<number> {
  const { rows } = await outbox.query<{ attempts: number }>('select attempts from outbox where key = $1', [key]);
  return rows[0]!.attempts;
}
