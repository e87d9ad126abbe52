import { sql } from 'kysely';
import { z } from 'zod';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows } from '#platform/postgres/read-rows.ts';
import type { PaymentProvider } from '#billing/provider/port.ts';
import { applyReport } from './apply-report.ts';

const mostAtOnce = 20;

/**
 * Asks the provider about payments of which it has said nothing for a time: an event can be lost. Several processes may
 * ask; each payment is asked by one of them.
 *
 * @returns the number of payments that were asked about.
 */
export async function askProvider(em: Manager, provider: PaymentProvider, askAfterS: number): Promise<number> {
  const claimed = await readRows(
    em,
    z.object({ id: z.string() }),
    sql`
      update provider_payments set asked_at = now()
      where id in (
        select id from provider_payments
        where state = 'PENDING' and provider_id is not null and asked_at < now() - make_interval(secs => ${askAfterS})
        order by asked_at limit ${mostAtOnce} for update skip locked)
      returning id`,
  );
  for (const { id } of claimed) {
    const report = await provider.findPayment(id);
    if (report !== null) await applyReport(em, report);
  }
  return claimed.length;
}
