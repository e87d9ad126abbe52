import { Counter, Gauge } from 'prom-client';
import type { Currency } from '#platform/money/currency.ts';

export const payableMinorUnits = new Gauge({
  name: 'wallet_payable_minor_units',
  help: 'Money owed to customers whose account is closed, in minor units',
  labelNames: ['currency'],
});

const labelNames = ['kind', 'currency'] as const;

const transactions = new Counter({
  name: 'wallet_transactions_total',
  help: 'Transactions posted to the ledger, by kind and by the currency of the amount',
  labelNames,
});

const minorUnits = new Counter({
  name: 'wallet_transaction_minor_units_total',
  help: 'Sum of the amounts of the transactions posted to the ledger, in minor units',
  labelNames,
});

interface Posted {
  readonly kind: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
}

/** Counts transactions that are posted together. Metrics are for charts: they may round a sum. */
export function countPosted(posted: readonly Posted[]): void {
  for (const { kind, currency, amountMinor } of posted) {
    transactions.inc({ kind, currency });
    minorUnits.inc({ kind, currency }, Number(amountMinor));
  }
}
