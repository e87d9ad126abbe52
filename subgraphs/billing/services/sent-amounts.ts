import { sql } from 'kysely';
import { z } from 'zod';
import { insertRows, unnestRows } from '#platform/postgres/batch-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { columnsOfSchema, readRows } from '#platform/postgres/read-rows.ts';
import { tables } from '#billing/database.ts';
import { afterDays } from '#billing/domain/sent-amount.ts';
import { UnconfirmedTransfers } from '#billing/entities/unconfirmed-transfers.ts';

const lockedAmount = z.object({
  customerId: z.string(),
  sentMinor: z.bigint(),
  dayBeforeMinor: z.bigint(),
  /** How many days ago the day of the row was. */
  daysLater: z.int(),
});

type LockedAmount = z.infer<typeof lockedAmount>;

/** What customers have sent without a confirmation on this day and the day before, in cents of US dollars. */
export class SentAmounts {
  readonly #before: ReadonlyMap<string, LockedAmount>;
  readonly #added = new Map<string, bigint>();

  constructor(before: readonly LockedAmount[]) {
    this.#before = new Map(before.map((amount) => [amount.customerId, amount]));
  }

  of(customerId: string): bigint {
    const amount = this.#before.get(customerId);
    if (amount === undefined) return 0n;
    const { sentMinor, dayBeforeMinor } = afterDays(amount, amount.daysLater);
    return sentMinor + dayBeforeMinor + (this.#added.get(customerId) ?? 0n);
  }

  add(customerId: string, minor: bigint): void {
    if (minor > 0n) this.#added.set(customerId, (this.#added.get(customerId) ?? 0n) + minor);
  }

  /** The amounts that have changed, of this day. */
  changed(): LockedAmount[] {
    return [...this.#added].map(([customerId, addedMinor]) => {
      const before = this.#before.get(customerId)!;
      const { sentMinor, dayBeforeMinor } = afterDays(before, before.daysLater);
      const daysLater = Math.max(0, before.daysLater);
      return { customerId, sentMinor: sentMinor + addedMinor, dayBeforeMinor, daysLater };
    });
  }
}

/**
 * Locks what these customers have sent. The lock comes after those of the accounts and in the order of the ids, which
 * prevents deadlocks. It makes transfers from several accounts of one customer count in turn. The day is that of the
 * clock after the wait for the lock.
 *
 * @param customerIds have a locked open account each: a closing deletes the row and leaves no open account.
 */
export async function lockSentAmounts(em: Manager, customerIds: readonly string[]): Promise<SentAmounts> {
  const ids = [...new Set(customerIds)];
  if (ids.length === 0) return new SentAmounts([]);
  const none = ids.map((customerId) => ({ customerId, sentMinor: 0n, dayBeforeMinor: 0n }));
  const statement = sql`
    with locked as (
      ${insertRows(em, UnconfirmedTransfers, none, ['day'])} order by customer_id
      on conflict (customer_id) do update set day = unconfirmed_transfers.day
      returning customer_id, sent_minor, day_before_minor,
        (clock_timestamp() at time zone 'UTC')::date - day as days_later)
    select ${columnsOfSchema(lockedAmount)} from locked`;
  return new SentAmounts(await readRows(em, lockedAmount, statement));
}

/** Writes what was added to the locked amounts. */
export async function writeSentAmounts(em: Manager, amounts: SentAmounts): Promise<void> {
  const changed = amounts.changed();
  if (changed.length === 0) return;
  const types = { customerId: 'uuid', sentMinor: 'bigint', dayBeforeMinor: 'bigint', daysLater: 'integer' } as const;
  const statement = sql`
    update unconfirmed_transfers as known set
      day = known.day + changed.days_later,
      sent_minor = changed.sent_minor,
      day_before_minor = changed.day_before_minor
    from ${unnestRows('changed', changed, types)}
    where known.customer_id = changed.customer_id`;
  await statement.execute(em.getKysely());
}

/** Closed accounts send no more. */
export async function forgetSentAmount(em: Manager, customerId: string): Promise<void> {
  await tables(em).deleteFrom('unconfirmed_transfers').where('customerId', '=', customerId).execute();
}
