import { sql } from 'kysely';
import { z } from 'zod';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRow } from '#platform/postgres/read-rows.ts';

/**
 * An order of a shop that is not paid costs the shop nothing, but sends the customer messages, says something about the
 * balance, and delays the closing of the accounts. So a consent allows few of them.
 */
const mostUnpaid = 10;

/** A shop that gets past this number has paid orders in between, which the consent bounds. It bounds the rows that are read. */
const countedOrders = 1_000;

/**
 * Refuses an order of a shop while the consent has too many orders of the last 24 hours that were rejected or are in
 * progress. The caller inserts the order in the same transaction, whose lock counts orders of one consent in turn.
 */
export async function refusedUnpaid(em: Manager, consentId: string): Promise<Refusal<'TOO_MANY_UNPAID_ORDERS'> | null> {
  // A separate statement: the next one sees what was committed while this one waited.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`shop orders of ${consentId}`}, 0))`.execute(
    em.getKysely(),
  );
  const statement = sql`
    select count(*) filter (where status in ('PENDING', 'REJECTED') and placed_at > now() - interval '24 hours')::integer
      as unpaid
    from (
      select status, placed_at from shop_orders join orders on orders.id = order_id
      where consent_id = ${consentId} order by order_id desc limit ${countedOrders}
    ) as newest`;
  const { unpaid } = await readRow(em, z.object({ unpaid: z.int() }), statement);
  if (unpaid < mostUnpaid) return null;
  return refuse(
    'TOO_MANY_UNPAID_ORDERS',
    `In 24 hours, ${mostUnpaid} orders with this consent can be rejected or in progress. Try again later.`,
    ['input', 'consentId'],
  );
}
