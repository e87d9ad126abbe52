import { sql } from 'kysely';
import { z } from 'zod';
import { currencies } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows } from '#platform/postgres/read-rows.ts';
import { measureOnScrape } from '#platform/telemetry/metrics.ts';
import { payableMinorUnits } from '#billing/metrics.ts';

const sumOfCurrency = z.object({ currency: z.enum(currencies), minor: z.string() });

/** Reports the amount owed to customers with closed accounts as a metric. */
export function measurePayable(em: Manager): void {
  measureOnScrape('payable', async () => {
    const rows = await readRows(
      em.fork(),
      sumOfCurrency,
      sql`select currency, sum(amount_minor)::text as minor from entries
          where system_account = 'PAYABLE' group by currency`,
    );
    const owed = new Map(rows.map(({ currency, minor }) => [currency, Number(minor)]));
    return currencies.map((currency) => ({
      gauge: payableMinorUnits,
      labels: { currency },
      value: owed.get(currency) ?? 0,
    }));
  });
}
