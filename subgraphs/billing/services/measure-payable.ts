import { sql } from 'kysely';
import { currencies, type Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { measureOnScrape, payableMinorUnits } from '#platform/telemetry/metrics.ts';

/** Shows in the metrics what is owed to customers whose account is closed. */
export function measurePayable(em: Manager): void {
  measureOnScrape('payable', async () => {
    const { rows } = await sql<{ currency: Currency; minor: string }>`
      select currency, sum(amount_minor)::text as minor from entries where system_account = 'PAYABLE' group by currency
    `.execute(em.fork().getKysely());
    const owed = new Map(rows.map(({ currency, minor }) => [currency, Number(minor)]));
    return currencies.map((currency) => ({
      gauge: payableMinorUnits,
      labels: { currency },
      value: owed.get(currency) ?? 0,
    }));
  });
}
