import { createPostgresBackend, type PgPool, type Processor, Queue, Worker } from 'bullmq';
import pg from 'pg';
import { settleOrders } from '#billing/services/settle-orders.ts';
import type { BrokerAddress } from '#jobs/queue-server.ts';
import { type DecidedOrderItem, decidedOrderItem, orderItem } from '#jobs/queues/order-items.ts';
import { migrateAll } from '#local/migrations.ts';
import { provision } from '#local/provision.ts';
import { notifyOfOrders } from '#notification/services/notify-of-orders.ts';
import type { WrittenNotice } from '#notification/services/write-notifications.ts';
import { recordOutcomes } from '#order/services/record-outcomes.ts';
import { ofBacklogs } from './backlog.ts';
import { openOrders, type Orders } from './orders.ts';
import type { JobsOptions, Started } from './product.ts';

/** Concurrent jobs per queue. */
export const concurrency = 8;

/**
 * The baseline: one job per order and stage, one transaction per job, and no outbox. The statements are the product's,
 * with one order each; BullMQ is set up as in its documentation.
 */
export async function startOneJobEach(name: string, { postgresUrl, prefix, redisUrl }: JobsOptions): Promise<Started> {
  const urls = await provision(postgresUrl, prefix);
  await migrateAll(urls);
  const orders = await openOrders(urls, concurrency);
  let remaining = 0;
  let allDone = Promise.withResolvers<void>();
  const stages = startStages(redisUrl === null ? { postgresUrl: urls.jobs.owner } : { redisUrl }, orders, () => {
    remaining -= 1;
    if (remaining === 0) allDone.resolve();
  });
  return {
    name,
    rate: ofBacklogs(async (count) => {
      const entries = await orders.place(count, { withOutbox: false });
      remaining = count;
      allDone = Promise.withResolvers();
      const began = performance.now();
      await stages.add(entries.map(({ payload }) => payload));
      await allDone.promise;
      const tookS = (performance.now() - began) / 1_000;
      await orders.assertDone();
      return tookS;
    }),
    stop: async () => {
      await stages.close();
      await orders.close();
    },
  };
}

const jobOptions = { attempts: 10, backoff: { type: 'exponential', delay: 250 }, removeOnComplete: true };

export interface Stages {
  /** Enqueues the first job of each order; a payload is that of the order's outbox row. */
  readonly add: (payloads: readonly object[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** @param onNotified called with the notification of each order. */
export function startStages(
  address: BrokerAddress,
  { billing, order, notification }: Pick<Orders, 'billing' | 'order' | 'notification'>,
  onNotified: (written: readonly WrittenNotice[]) => void,
): Stages {
  const server = 'redisUrl' in address ? onRedis(address.redisUrl) : onPostgres(address.postgresUrl);
  const [settle, record, notify] = ['settle', 'record', 'notify'].map((stage) => server.queue(`one-${stage}`)) as [
    AnyQueue,
    AnyQueue,
    AnyQueue,
  ];
  server.work('one-settle', async ({ data }) => {
    const one = orderItem.decode({ ...data, outboxId: '0' });
    const [settled] = await settleOrders(billing.em.fork(), [one]);
    const { settledAt } = settled!;
    const outcome = settled!.rejectionReason === null ? 'PAID' : 'REJECTED';
    const decided = { ...one, outcome, rejectionReason: null, settledAt, isHeld: false, failure: null } as const;
    await record.add('record', decidedOrderItem.encode(decided), jobOptions);
  });
  server.work('one-record', async ({ data }) => {
    await recordOutcomes(order.em.fork(), [decidedOrderItem.decode(data)]);
    await notify.add('notify', data, jobOptions);
  });
  server.work('one-notify', async ({ data }) => {
    const one = decidedOrderItem.decode(data) as DecidedOrderItem & { outcome: 'PAID' | 'REJECTED' };
    onNotified(await notifyOfOrders(notification.em.fork(), [one]));
  });
  return {
    add: async (payloads) => {
      await settle.addBulk(payloads.map((data) => ({ name: 'settle', data, opts: jobOptions })));
    },
    close: server.close,
  };
}

type AnyQueue = Pick<Queue, 'add' | 'addBulk' | 'close'>;

interface Server {
  readonly queue: (name: string) => AnyQueue;
  readonly work: (queue: string, process: Processor) => void;
  readonly close: () => Promise<void>;
}

function onRedis(url: string): Server {
  const connection = { url };
  const opened: { close: () => Promise<void> }[] = [];
  return {
    queue: (name) => {
      const queue = new Queue(name, { connection });
      opened.push(queue);
      return queue;
    },
    work: (name, process) =>
      void opened.push(
        new Worker(name, process, { connection: { ...connection, maxRetriesPerRequest: null }, concurrency }),
      ),
    close: async () => void (await Promise.all(opened.map(async (one) => await one.close()))),
  };
}

function onPostgres(url: string): Server {
  const pool = new pg.Pool({ connectionString: url, max: 3 * concurrency + 8 });
  pool.setMaxListeners(0);
  pool.on('error', () => undefined);
  const connection = pool as pg.Pool & PgPool;
  const opened: { close: () => Promise<void> }[] = [];
  return {
    queue: (name) => {
      const queue = new Queue(name, { connection }, createPostgresBackend);
      opened.push(queue);
      return queue;
    },
    work: (name, process) =>
      void opened.push(new Worker(name, process, { connection, concurrency }, createPostgresBackend)),
    close: async () => {
      await Promise.all(opened.map(async (one) => await one.close()));
      await pool.end();
    },
  };
}
