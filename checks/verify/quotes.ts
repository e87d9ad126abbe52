import { checkQuote, type Quote } from './domain/quote.ts';
import type { Report } from './report.ts';
import { amount, bytes, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

const parseQuote = rowParser<Quote>('billing.quotes', {
  id: text,
  customerId: text,
  fromAccountId: text,
  toAccountId: text,
  amountMinor: amount,
  currency: text,
  feeMinor: amount,
  receivedMinor: amount,
  receivedCurrency: text,
  rate: orNull(text),
  expiresAt: time,
  hash: orNull(bytes),
  fromOwnerId: orNull(text),
  fromCurrency: orNull(text),
  toOwnerId: orNull(text),
  toCurrency: orNull(text),
});

/** Compares every quote with its accounts. */
export async function verifyQuotes(billing: Snapshot, report: Report): Promise<void> {
  const quotes = await billing.stream(
    parseQuote,
    `
    select quotes.id, quotes.customer_id as "customerId", from_account_id as "fromAccountId",
      to_account_id as "toAccountId", amount_minor as "amountMinor", quotes.currency, fee_minor as "feeMinor",
      received_minor as "receivedMinor", received_currency as "receivedCurrency", rate, expires_at as "expiresAt", hash,
      source.customer_id as "fromOwnerId", source.currency as "fromCurrency",
      target.customer_id as "toOwnerId", target.currency as "toCurrency"
    from quotes
      left join accounts as source on source.id = from_account_id
      left join accounts as target on target.id = to_account_id`,
  );
  for (let quote = quotes.head; quote !== undefined; quote = quotes.head) {
    report.found(checkQuote(quote));
    report.checked('billing.quotes');
    await quotes.advance();
  }
}
