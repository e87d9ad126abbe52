import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { database as billing } from '#billing/database.ts';
import { openAccounts } from '#billing/services/open-accounts.ts';
import type { DatabaseUrls } from '#local/credentials.ts';
import { jobKeysFor } from '#local/job-keys.ts';
import { database as notification } from '#notification/database.ts';
import { keepContacts } from '#notification/services/keep-contacts.ts';
import { database as order } from '#order/database.ts';
import { draftOrder } from '#order/domain/order.ts';
import type { OrderRow } from '#order/entities/order.ts';
import { orderEntry } from '#order/services/order-outbox.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { type Database, type Manager, openDatabase } from '#platform/postgres/database.ts';
import { jobKeys } from '#platform/messaging/job-keys.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { jobKeySetting } from '#subgraphs/settings.ts';
import { outboxChannel } from '#platform/messaging/outbox.ts';
import { openOutbox, type OutboxEntry } from '#subgraphs/outbox.ts';

/** Databases with funded customers, whose orders are inserted directly instead of through the API. */
export interface Orders {
  readonly billing: Database;
  readonly order: Database;
  readonly notification: Database;
  /** Commits `count` orders in one transaction, optionally with their outbox rows. @returns the outbox rows. */
  readonly place: (count: number, options: { readonly withOutbox: boolean }) => Promise<readonly OutboxEntry[]>;
  /** @throws unless every order was paid and notified exactly once. */
  readonly assertDone: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const customerCount = 1_000;
const rowsOfStatement = 5_000;

export async function openOrders(urls: DatabaseUrls, poolSize: number): Promise<Orders> {
  const options = { poolSize, applicationName: 'bench' };
  const databases = {
    billing: await openDatabase(billing, { url: urls.billing.owner, ...options }),
    order: await openDatabase(order, { url: urls.order.owner, ...options }),
    notification: await openDatabase(notification, { url: urls.notification.owner, ...options }),
  };
  const customers = Array.from({ length: customerCount }, () => randomUUID());
  await openAccounts(databases.billing.em.fork(), customers);
  await keepContacts(
    databases.notification.em.fork(),
    customers.map((id) => ({ userId: id, version: 1, ...viewerOf(id), deleted: false })),
  );
  const keys = jobKeySetting.parse(jobKeysFor(urls, {})[settingName('order', 'JOB_KEYS')]);
  const outbox = openOutbox(databases.order.em, jobKeys('order', keys));
  let placed = 0;

  return {
    ...databases,
    place: async (count, { withOutbox }) => {
      const orders = Array.from({ length: count }, () => newOrder(customers[placed++ % customerCount]!));
      const entries = orders.map((row) => orderEntry('order-placed', row, viewerOf(row.customerId)));
      await databases.order.em.fork().transactional(async (em) => {
        for (let first = 0; first < count; first += rowsOfStatement) {
          await insert(em, orders.slice(first, first + rowsOfStatement));
          if (withOutbox) await outbox.note(em, entries.slice(first, first + rowsOfStatement));
        }
        if (withOutbox) await sql`select pg_notify(${outboxChannel}, '')`.execute(em.getKysely());
      });
      return entries;
    },
    assertDone: async () => {
      const paid = await countOf(
        databases.order,
        sql<{ rows: number }>`select count(*)::int as rows from orders where status = 'PAID'`,
      );
      const notified = await countOf(
        databases.notification,
        sql<{ rows: number }>`select count(*)::int as rows from notifications`,
      );
      if (paid !== placed || notified !== placed)
        throw new Error(`of ${placed} orders, ${paid} were paid and ${notified} were notified`);
    },
    close: async () => {
      await Promise.all(Object.values(databases).map(async (database) => await database.close()));
    },
  };
}

const viewerOf = (id: string) => ({ id, email: `ada.${id}@example.com`, name: 'Ada', sessionId: '', roles: [] });

const draft = draftOrder({
  productId: 'book',
  unitPrice: { amount: parseDecimal('0.01')!, currency: 'USD' },
  quantity: 1,
});

function newOrder(customerId: string): OrderRow {
  if (isRefusal(draft)) throw new Error(draft.message);
  const [placedAt, settledAt, rejectionReason] = [new Date(), null, null];
  return {
    id: randomUUIDv7(),
    customerId,
    ...draft,
    refundedMinor: 0n,
    status: 'PENDING',
    placedAt,
    settledAt,
    rejectionReason,
  };
}

async function insert(em: Manager, orders: readonly OrderRow[]): Promise<void> {
  await sql`
    insert into orders (id, customer_id, product_id, unit_price_minor, currency, quantity, total_minor, status)
    select id, customer_id, 'book', 1, 'USD', 1, 1, 'PENDING' from unnest(
      ${orders.map(({ id }) => id)}::uuid[], ${orders.map(({ customerId }) => customerId)}::uuid[]
    ) as placed (id, customer_id)
  `.execute(em.getKysely());
}

async function countOf(database: Database, select: RawBuilder<{ rows: number }>): Promise<number> {
  return (await select.execute(database.em.fork().getKysely())).rows[0]!.rows;
}
