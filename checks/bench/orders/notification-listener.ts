import { sql } from 'kysely';
import { database } from '#notification/database.ts';
import { openDatabase } from '#platform/postgres/database.ts';
import { type EventServer, type LiveEvent, listenToEvents } from '#platform/messaging/events.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { until } from '#test/until.ts';

/** Hears of notifications as whoever shows them live does, after their commit. */
export interface NotificationListener {
  /** Waits until the notification of each order was heard of, and says when that was, by `performance.now()`. */
  readonly heardOf: <Order extends { readonly id: string }>(
    orders: readonly Order[],
  ) => Promise<(Order & { readonly notifiedMs: number })[]>;
  readonly close: () => Promise<void>;
}

const patienceMs = 120_000;

export async function openNotificationListener(
  events: EventServer,
  notificationUrl: string,
): Promise<NotificationListener> {
  const orm = await openDatabase(database, { url: notificationUrl, poolSize: 1, applicationName: 'bench' });
  const heardMs = new Map<string, number>();
  const heard = (told: readonly LiveEvent[]) => {
    const nowMs = performance.now();
    for (const event of told) if (event.kind === 'notification-added') heardMs.set(event.notificationId, nowMs);
  };
  const stopping = new AbortController();
  const log = createLog('bench', 'error');
  const listening = Promise.withResolvers<void>();
  const over = listenToEvents(events, { heard, listening: listening.resolve }, log, stopping.signal);
  await listening.promise;

  /** By the order's id. */
  async function notifiedMs(ids: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await sql<{ id: string; orderId: string }>`
      select id, order_id as "orderId" from notifications where order_id = any(${ids}::uuid[])
    `.execute(orm.em.fork().getKysely());
    return new Map(rows.flatMap(({ id, orderId }) => (heardMs.has(id) ? [[orderId, heardMs.get(id)!]] : [])));
  }

  return {
    heardOf: async (orders) => {
      const ids = orders.map(({ id }) => id);
      const times = await until(
        `${ids.length} notifications to be heard of`,
        async () => {
          const found = await notifiedMs(ids);
          return found.size === ids.length ? found : null;
        },
        patienceMs,
      );
      return orders.map((order) => ({ ...order, notifiedMs: times.get(order.id)! }));
    },
    close: async () => {
      stopping.abort();
      await over;
      await orm.close();
    },
  };
}
