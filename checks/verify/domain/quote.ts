import { transferFee } from '#billing/domain/exchange.ts';
import { type QuoteContent, quoteHash } from '#billing/domain/row-hashes.ts';
import type { Currency } from '#platform/money/currency.ts';
import { compare, type Finding } from '../finding.ts';

/** A quote, with the owners and currencies of its accounts. */
export interface Quote extends QuoteContent {
  readonly fromOwnerId: string | null;
  readonly fromCurrency: Currency | null;
  readonly toOwnerId: string | null;
  readonly toCurrency: Currency | null;
  /** Null for a quote from before there were hashes. */
  readonly hash: Buffer | null;
}

/** Checks a quote against its accounts, the fee of its amount, and its hash. Its rate may differ from today's. */
export function checkQuote(quote: Quote): Finding[] {
  const { id, customerId, amountMinor, currency, feeMinor, receivedMinor, receivedCurrency, rate, hash } = quote;
  const { fromOwnerId, fromCurrency, toOwnerId, toCurrency } = quote;
  return compare('billing.quotes', id, {
    customer: [fromOwnerId, customerId],
    currency: [fromCurrency, currency],
    'currency received': [toCurrency, receivedCurrency],
    fee: [fromOwnerId === toOwnerId ? 0n : transferFee(amountMinor), feeMinor],
    ...(currency === receivedCurrency ? { 'amount received': [amountMinor, receivedMinor], rate: [null, rate] } : {}),
    ...(hash === null ? {} : { hash: [quoteHash(quote), hash] }),
  });
}
