import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { type ForgetRule, forgetRows } from '#platform/postgres/forget-rows.ts';

/** docs/personal-data.md states the time, with the reason. A transfer counts on its day and on the next. */
const rules: readonly ForgetRule[] = [
  {
    table: 'unconfirmed_transfers',
    key: 'customer_id',
    old: sql`day < (now() at time zone 'UTC')::date - 1`,
    skipsLocked: true,
  },
];

/** Deletes old rows of the billing database. */
export async function forgetOld(em: Manager, signal?: AbortSignal): Promise<void> {
  await forgetRows(em, rules, signal);
}
