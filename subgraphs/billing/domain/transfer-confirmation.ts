import { refusedUnconfirmed } from '#platform/identity/confirmation.ts';
import type { Refusal } from '#platform/errors/refusal.ts';
import type { Currency } from '#platform/money/currency.ts';
import { dollarCents, type Rates } from './exchange.ts';
import type { TransferParties } from './transfer-parties.ts';

/** The limit of what a customer sends to others in a day without a confirmation. */
export interface UnconfirmedLimit {
  readonly rates: Rates;
  /** In cents of US dollars: from this sum on, a transfer needs a confirmation. */
  readonly fromMinor: bigint;
}

interface SentTransfer {
  readonly fromCustomerId?: string | null | undefined;
  readonly toCustomerId?: string | null | undefined;
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/** What a transfer counts, in cents of US dollars. A transfer between one customer's accounts counts nothing. */
export function countedMinor({ fromCustomerId, toCustomerId, amountMinor, currency }: SentTransfer, rates: Rates) {
  return fromCustomerId === toCustomerId ? 0n : dollarCents(amountMinor, currency, rates);
}

/**
 * Refuses a transfer without a confirmation that reaches the limit.
 *
 * @param sentMinor what the customer has sent without a confirmation, in cents of US dollars. It counts, so that a large
 * amount cannot be split.
 */
export function refusedUnconfirmedTransfer(
  { from, to, amountMinor }: TransferParties,
  sentMinor: bigint,
  { rates, fromMinor }: UnconfirmedLimit,
): Refusal<'CONFIRMATION_REQUIRED'> | null {
  const sent = { fromCustomerId: from.customerId, toCustomerId: to.customerId, amountMinor, currency: from.currency };
  const counted = countedMinor(sent, rates);
  return counted > 0n && sentMinor + counted >= fromMinor ? refusedUnconfirmed() : null;
}
