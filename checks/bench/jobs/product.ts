import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '#platform/postgres/database.ts';
import { startParts } from '../../../tools/system/own-system.ts';
import type { Contender } from '../compare.ts';
import { ofBacklogs } from './backlog.ts';
import { openOrders } from './orders.ts';

export interface JobsOptions {
  readonly postgresUrl: string;
  /** The prefix of the names of databases and roles. */
  readonly prefix: string;
  /** The Redis server of the queue; null for a queue on PostgreSQL. */
  readonly redisUrl: string | null;
}

export type Started = Contender & { readonly stop: () => Promise<void> };

const pollMs = 50;

/** The product's jobs process. The rate counts from the commit of orders with outbox rows to the last row closed. */
export async function startProduct(
  name: string,
  { postgresUrl, prefix, redisUrl }: JobsOptions,
  firstPort: number,
): Promise<Started> {
  const settings = redisUrl === null ? {} : { REDIS_URL: redisUrl };
  const parts = await startParts({ postgresUrl, prefix, firstPort, settings, names: ['jobs'] });
  const orders = await openOrders(parts.databases, 2);
  return {
    name,
    rate: ofBacklogs(async (count) => {
      await orders.place(count, { withOutbox: true });
      const began = performance.now();
      await untilOutboxEmpty(orders.order);
      const tookS = (performance.now() - began) / 1_000;
      await orders.assertDone();
      return tookS;
    }),
    stop: async () => {
      await parts.stop();
      await orders.close();
    },
  };
}

/** Waits until the last row of the outbox is closed. */
export async function untilOutboxEmpty(order: Database): Promise<void> {
  while (await hasOutboxRows(order)) await delay(pollMs);
}

async function hasOutboxRows(order: Database): Promise<boolean> {
  const { rows } = await sql`
    select from outbox where failed_at is null order by next_attempt_at limit 1
  `.execute(order.em.fork().getKysely());
  return rows.length > 0;
}
