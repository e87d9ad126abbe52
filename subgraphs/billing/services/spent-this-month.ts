import type { Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { now } from '#platform/process/clock.ts';
import { tables } from '#billing/database.ts';
import { monthOf } from '#billing/domain/shop-consent.ts';

/** What shops have debited with these consents in this month (UTC), in the order of the ids. */
export async function spentThisMonth(em: Manager, ids: readonly string[]): Promise<bigint[]> {
  const rows = await tables(em)
    .selectFrom('shop_months')
    .select(['consentId', 'spentMinor'])
    .where('consentId', '=', anyOf(ids, 'uuid'))
    .where('month', '=', monthOf(now()))
    .execute();
  const spent = new Map(rows.map(({ consentId, spentMinor }) => [consentId, spentMinor]));
  return ids.map((id) => spent.get(id) ?? 0n);
}
