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
 * A process in place of the product's jobs: as soon as an order is placed it becomes a job of its own, and one of each
 * further stage. Its arguments: the databases, and the address of Redis where the queues are there, as JSON.
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

let adding: Promise<void> = Promise.resolve();

async function addPlaced(): Promise<void> {
  const { rows } = await sql<{ payload: object }>`
    delete from outbox where kind = 'order-placed' returning payload
  `.execute(databases.order.em.fork().getKysely());
  if (rows.length > 0) await stages.add(rows.map(({ payload }) => payload));
}

const bell = new Client({ connectionString: urls.order.owner });
bell.on('notification', () => {
  adding = adding.then(addPlaced);
});
await bell.connect();
await bell.query(`listen ${outboxChannel}`);
process.once('disconnect', () => process.exit());
process.send!('ready');
