import { sql } from 'kysely';
import { database } from '#notification/database.ts';
import { openDatabase } from '#platform/postgres/database.ts';
import { type EventServer, type LiveEvent, listenToEvents } from '#platform/messaging/events.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { until } from '#test/until.ts';

/** Subscribes to notification events, as the router does for live streams. */
export interface NotificationListener {
  /** Waits for the notification event of each order, and adds its time on the clock of `performance.now()`. */
  readonly waitForNotifications: <Order extends { readonly id: string }>(
    orders: readonly Order[],
  ) => Promise<(Order & { readonly notifiedMs: number })[]>;
  readonly close: () => Promise<void>;
}

const timeoutMs = 120_000;

export async function openNotificationListener(
  events: EventServer,
  notificationUrl: string,
): Promise<NotificationListener> {
  const orm = await openDatabase(database, { url: notificationUrl, poolSize: 1, applicationName: 'bench' });
  const receivedMs = new Map<string, number>();
  const received = (events: readonly LiveEvent[]) => {
    const nowMs = performance.now();
    for (const event of events) if (event.kind === 'notification-added') receivedMs.set(event.notificationId, nowMs);
  };
  const stopping = new AbortController();
  const log = createLog('bench', 'error');
  const listening = Promise.withResolvers<void>();
  const over = listenToEvents(events, { received, listening: listening.resolve }, log, stopping.signal);
  await listening.promise;

  /** @returns the times of notification events by order id. */
  async function notifiedMs(ids: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await sql<{ id: string; orderId: string }>`
      select id, order_id as "orderId" from notifications where order_id = any(${ids}::uuid[])
    `.execute(orm.em.fork().getKysely());
    return new Map(rows.flatMap(({ id, orderId }) => (receivedMs.has(id) ? [[orderId, receivedMs.get(id)!]] : [])));
  }

  return {
    waitForNotifications: async (orders) => {
      const ids = orders.map(({ id }) => id);
      const times = await until(
        `the events of ${ids.length} notifications`,
        async () => {
          const found = await notifiedMs(ids);
          return found.size === ids.length ? found : null;
        },
        timeoutMs,
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
