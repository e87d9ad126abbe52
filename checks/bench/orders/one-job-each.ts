import { Client } from 'pg';
import { sql } from 'kysely';
import { database as billing } from '#billing/database.ts';
import type { DatabaseUrls } from '#local/credentials.ts';
import { database as notification } from '#notification/database.ts';
import { database as order } from '#order/database.ts';
import { openDatabase } from '#platform/postgres/database.ts';
import { openEventPublisher } from '#platform/messaging/events.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { outboxChannel } from '#platform/messaging/outbox.ts';
import { concurrency, startStages } from '../jobs/one-job-each.ts';

/**
 * The baseline process, in place of the product's jobs: one job per order and stage. It enqueues the first job as soon
 * as the order is placed. Its arguments, as JSON: the databases, and the Redis URL, or null for queues on PostgreSQL.
 */

const [urls, redisUrl] = process.argv.slice(2).map((text) => JSON.parse(text) as unknown) as [
  DatabaseUrls,
  string | null,
];
const options = { poolSize: concurrency, applicationName: 'bench' };
const databases = {
  billing: await openDatabase(billing, { url: urls.billing.owner, ...options }),
  order: await openDatabase(order, { url: urls.order.owner, ...options }),
  notification: await openDatabase(notification, { url: urls.notification.owner, ...options }),
};
const server = redisUrl === null ? { postgresUrl: urls.jobs.owner } : { redisUrl };
const events = openEventPublisher(server, createLog('bench', 'error'));
const stages = startStages(server, databases, (written) => {
  events.publish(written.map(({ id, customerId }) => ({ kind: 'notification-added', customerId, notificationId: id })));
});

let pendingAdds: Promise<void> = Promise.resolve();

async function addPlacedOrders(): Promise<void> {
  const { rows } = await sql<{ payload: object }>`
    delete from outbox where kind = 'order-placed' returning payload
  `.execute(databases.order.em.fork().getKysely());
  if (rows.length > 0) await stages.add(rows.map(({ payload }) => payload));
}

const listener = new Client({ connectionString: urls.order.owner });
listener.on('notification', () => {
  pendingAdds = pendingAdds.then(addPlacedOrders);
});
await listener.connect();
await listener.query(`listen ${outboxChannel}`);
process.once('disconnect', () => process.exit());
process.send!('ready');
