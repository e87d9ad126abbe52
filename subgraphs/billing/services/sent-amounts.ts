import { sql } from 'kysely';
import { z } from 'zod';
import { insertRows, unnestRows } from '#platform/postgres/batch-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { columnsOfSchema, readRows } from '#platform/postgres/read-rows.ts';
import { tables } from '#billing/database.ts';
import { UnconfirmedTransfers } from '#billing/entities/unconfirmed-transfers.ts';

const windowS = 86_400;
const sentAmount = z.object({ customerId: z.string(), sentMinor: z.bigint() });

/** What customers have sent without a confirmation in their current day, in cents of US dollars. */
export class SentAmounts {
  readonly #before: ReadonlyMap<string, bigint>;
  readonly added = new Map<string, bigint>();

  constructor(before: ReadonlyMap<string, bigint>) {
    this.#before = before;
  }

  of(customerId: string): bigint {
    return (this.#before.get(customerId) ?? 0n) + (this.added.get(customerId) ?? 0n);
  }

  add(customerId: string, minor: bigint): void {
    if (minor > 0n) this.added.set(customerId, (this.added.get(customerId) ?? 0n) + minor);
  }
}

/**
 * Locks what these customers have sent. The day begins with the first transfer that counts. The lock comes after those
 * of the accounts and in the order of the ids, which prevents deadlocks. It makes transfers from several accounts of
 * one customer count in turn.
 */
export async function lockSentAmounts(em: Manager, customerIds: readonly string[]): Promise<SentAmounts> {
  const ids = [...new Set(customerIds)];
  if (ids.length === 0) return new SentAmounts(new Map());
  const none = ids.map((customerId) => ({ customerId, sentMinor: 0n }));
  const isOver = sql`unconfirmed_transfers.since < now() - make_interval(secs => ${windowS})`;
  const statement = sql`
    ${insertRows(em, UnconfirmedTransfers, none, ['since'])} order by customer_id
    on conflict (customer_id) do update set
      sent_minor = case when ${isOver} then 0 else unconfirmed_transfers.sent_minor end,
      since = case when ${isOver} then now() else unconfirmed_transfers.since end
    returning ${columnsOfSchema(sentAmount)}`;
  const rows = await readRows(em, sentAmount, statement);
  return new SentAmounts(new Map(rows.map(({ customerId, sentMinor }) => [customerId, sentMinor])));
}

/** Writes what was added to the locked amounts. */
export async function writeSentAmounts(em: Manager, { added }: SentAmounts): Promise<void> {
  if (added.size === 0) return;
  const rows = [...added].map(([customerId, sentMinor]) => ({ customerId, sentMinor }));
  const statement = sql`
    update unconfirmed_transfers as known set sent_minor = known.sent_minor + added.sent_minor
    from ${unnestRows('added', rows, { customerId: 'uuid', sentMinor: 'bigint' })}
    where known.customer_id = added.customer_id`;
  await statement.execute(em.getKysely());
}

/** Closed accounts send no more. */
export async function forgetSentAmount(em: Manager, customerId: string): Promise<void> {
  await tables(em).deleteFrom('unconfirmed_transfers').where('customerId', '=', customerId).execute();
}
