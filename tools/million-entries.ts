import { spawn } from 'node:child_process';
import { randomUUIDv7 } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { database as billingDatabase } from '#billing/database.ts';
import { openAccounts } from '#billing/services/open-accounts.ts';
import { type OrderToSettle, settleOrders } from '#billing/services/settle-orders.ts';
import { project } from '#local/command.ts';
import { migrateAll } from '#local/migrations.ts';
import { startPostgres } from '#local/postgres.ts';
import type { DatabaseUrls } from '#local/credentials.ts';
import { provision } from '#local/provision.ts';
import { database as notificationDatabase } from '#notification/database.ts';
import { keepContacts } from '#notification/services/keep-contacts.ts';
import { notifyOfOrders } from '#notification/services/notify-of-orders.ts';
import { database as orderDatabase } from '#order/database.ts';
import { type DatabaseDefinition, type Manager, openDatabase } from '#platform/postgres/database.ts';
import { database as userDatabase } from '#user/database.ts';

/**
 * `node tools/million-entries.ts [entries] [port]`: measures `npm run verify` on a ledger with that many entries. Each
 * pair of entries is a paid order with its notification. The PostgreSQL server is temporary.
 */
const entries = Number(process.argv[2] ?? 1_000_000);
const port = Number(process.argv[3] ?? 45_432);
const customers = Array.from({ length: 1_000 }, () => randomUUIDv7());
const batch = 1_000;

const folder = mkdtempSync(join(tmpdir(), 'wallet-million-entries-'));
chmodSync(folder, 0o755);
const postgres = await startPostgres({ dataFolder: join(folder, 'postgres'), port, durable: true });
try {
  const urls = await provision(postgres.url);
  await migrateAll(urls);
  await fill(urls);
  await verifyOnce({ DATABASE_URL: postgres.url });
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true });
}

async function fill(urls: DatabaseUrls): Promise<void> {
  const open = async (definition: DatabaseDefinition, url: string) =>
    await openDatabase(definition, { url, poolSize: 1, applicationName: 'million-entries', isPatient: true });
  const [user, billing, order, notification] = await Promise.all([
    open(userDatabase, urls.user.owner),
    open(billingDatabase, urls.billing.owner),
    open(orderDatabase, urls.order.owner),
    open(notificationDatabase, urls.notification.owner),
  ]);
  await register(user.em.fork(), notification.em.fork());
  await openAccounts(billing.em.fork(), customers);
  // The opening deposits are entries too.
  for (let remaining = (entries - 2 * customers.length) / 2; remaining > 0; remaining -= batch) {
    const orders = Array.from({ length: Math.min(batch, remaining) }, (_, index) => orderOf(customers[index]!));
    const settled = await settleOrders(billing.em.fork(), orders);
    const settledAt = new Map(settled.map((one) => [one.orderId, one.settledAt]));
    await writeOrders(order.em.fork(), orders, settledAt);
    await notifyOfOrders(notification.em.fork(), orders.map(noticeOf));
  }
  for (const database of [user, billing, order, notification]) await database.close();
}

async function register(user: Manager, notification: Manager): Promise<void> {
  const people = customers.map((id) => ({ id, email: `${id}@example.com`, name: 'Customer' }));
  await sql`
    insert into users (id, email, email_key, name, password_hash, version)
    select id, email, email, name, 'none', 1
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as person (id uuid, email text, name text)
  `.execute(user.getKysely());
  await keepContacts(
    notification,
    people.map(({ id, email, name }) => ({ userId: id, version: 1, email, name, deleted: false })),
  );
}

function orderOf(customerId: string): OrderToSettle {
  return { orderId: randomUUIDv7(), customerId, currency: 'USD', totalMinor: 1n };
}

/** Writes orders in their final state. */
async function writeOrders(em: Manager, orders: readonly OrderToSettle[], settledAt: ReadonlyMap<string, Date>) {
  const rows = orders.map(({ orderId, customerId }) => ({ orderId, customerId, settledAt: settledAt.get(orderId) }));
  await sql`
    with row as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row ("orderId" uuid, "customerId" uuid, "settledAt" timestamptz)
    ), placed as (
      insert into orders
        (id, customer_id, product_id, unit_price_minor, currency, quantity, total_minor, status, settled_at)
      select "orderId", "customerId", 'book', 1, 'USD', 1, 1, 'PAID', "settledAt" from row
    )
    insert into idempotency (customer_id, mutation, key, input_hash, result_id)
    select "customerId", 'placeOrder', "orderId"::text, sha256(''), "orderId" from row
  `.execute(em.getKysely());
}

function noticeOf(order: OrderToSettle) {
  const customer = { email: 'customer@example.com', name: 'Customer' };
  return {
    ...order,
    ...customer,
    productId: 'book',
    quantity: 1,
    outcome: 'PAID' as const,
    rejectionReason: null,
    isHeld: false,
  };
}

async function verifyOnce(settings: NodeJS.ProcessEnv): Promise<void> {
  const command = spawn(process.execPath, [join(project, 'checks', 'verify', 'main.ts')], {
    env: { PATH: process.env['PATH'], VERIFY_GRACE_S: '1', ...settings },
    stdio: 'inherit',
  });
  await once(command, 'exit');
  process.exitCode = command.exitCode ?? 1;
}
