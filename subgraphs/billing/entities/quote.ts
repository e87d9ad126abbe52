import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { Currency } from '#platform/money/currency.ts';

/** The terms of one transfer, which are guaranteed to a customer until the quote expires. */
export const Quote = defineEntity({
  name: 'Quote',
  tableName: 'quotes',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    fromAccountId: p.uuid(),
    toAccountId: p.uuid(),
    amountMinor: p.bigint(),
    currency: p.text().$type<Currency>(),
    feeMinor: p.bigint(),
    receivedMinor: p.bigint(),
    receivedCurrency: p.text().$type<Currency>(),
    rate: p.text().nullable(),
    expiresAt: p.datetime(3),
  },
});

export type QuoteRow = InferEntity<typeof Quote>;
