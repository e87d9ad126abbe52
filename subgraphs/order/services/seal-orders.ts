import { sql } from 'kysely';
import { z } from 'zod';
import { unsettledStatuses } from '#platform/orders/lifecycle.ts';
import { insertRows } from '#platform/postgres/batch-rows.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { breaksCheck, type Manager } from '#platform/postgres/database.ts';
import { badArgument, fault } from '#platform/errors/faults.ts';
import { isId } from '#platform/validation/ids.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { OrderContext } from '#order/context.ts';
import { Seal } from '#order/entities/seal.ts';

/** The closing of a customer's accounts for which orders are sealed. */
export interface Closing {
  readonly closingId: string;
  readonly customerId: string;
}

/**
 * Seals the viewer's orders, or refuses while an order, a refund, or a message about one is in progress. Returns null
 * where they are sealed. It can be repeated.
 *
 * @throws BAD_USER_INPUT, or SERVICE_UNAVAILABLE where the seal of this closing was lifted before.
 */
export async function sealOrders(
  { em, identity }: OrderContext,
  { closingId }: Pick<Closing, 'closingId'>,
): Promise<Refusal<'PAYMENTS_UNDER_WAY'> | null> {
  const { id: customerId } = viewerOf(identity);
  if (!isId(closingId)) throw badArgument(['input', 'closingId'], '"closingId" must be a UUID.');
  return await em.transactional(async (transaction) => {
    // A separate statement: the next one sees what was committed while this one waited.
    await sql`select pg_advisory_xact_lock(lock_of_orders(${customerId}))`.execute(transaction.getKysely());
    if (await isUnderWay(transaction, customerId)) {
      return refuse('PAYMENTS_UNDER_WAY', 'An order or a refund is still being processed: try again in a moment.');
    }
    await insertSeal(transaction, { closingId, customerId });
    return null;
  });
}

/** Ignores dead-lettered rows, which the operator handles. An order that one left PENDING or REFUNDING is in progress. */
async function isUnderWay(em: Manager, customerId: string): Promise<boolean> {
  const statement = sql`
    select
      exists (select from orders where customer_id = ${customerId} and status = any(${unsettledStatuses}))
      or exists (select from outbox where failed_at is null and payload->>'customerId' = ${customerId}) as "underWay"`;
  return (await readRow(em, z.object({ underWay: z.boolean() }), statement)).underWay;
}

async function insertSeal(em: Manager, { closingId, customerId }: Closing): Promise<void> {
  const statement = sql`
    ${insertRows(em, Seal, [{ closingId, customerId }], ['sealedAt', 'liftedAt'])}
    on conflict (closing_id) do update set closing_id = excluded.closing_id
    returning lifted_at is null and customer_id = ${customerId} as holds`;
  const { holds } = await readRow(em, z.object({ holds: z.boolean() }), statement);
  if (!holds) throw fault('SERVICE_UNAVAILABLE', 'This closing was abandoned. Start a new one.');
}

/** Lifts the seals of abandoned closings. It can be repeated. Where it comes before the seal, it prevents the seal. */
export async function liftSeals(em: Manager, closings: readonly Closing[]): Promise<void> {
  const lifted = [...new Map(closings.map((closing) => [closing.closingId, closing])).values()];
  await sql`
    ${insertRows(em, Seal, lifted, ['sealedAt'], { liftedAt: sql`now()` })} order by closing_id
    on conflict (closing_id) do update set lifted_at = coalesce(seals.lifted_at, excluded.lifted_at)
  `.execute(em.getKysely());
}

/**
 * Returns what `make` makes, or a refusal where the database refuses it because the customer's orders are sealed.
 *
 * @param whose accounts they are to the reader of the refusal: `Your`, or `The customer's` for staff.
 */
export async function unlessSealed<Made>(
  make: () => Promise<Made>,
  whose: 'Your' | "The customer's" = 'Your',
): Promise<Made | Refusal<'ACCOUNT_CLOSED'>> {
  try {
    return await make();
  } catch (error) {
    if (!breaksCheck(error, 'orders_of_sealed_customers')) throw error;
    return refuse('ACCOUNT_CLOSED', `${whose} accounts are closed or are being closed.`);
  }
}
