import { displayMoney, largestAmountMinor } from '#platform/money/money.ts';
import { idCharacters } from '#platform/validation/ids.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { amountToReceive, convert, type Rates, shownRate, transferFee } from './exchange.ts';
import type { Party } from './ledger.ts';
import type { TransferTerms } from './movements.ts';
import { largestBalanceMinor } from './own-account.ts';
import type { TransferParties } from './transfer-parties.ts';

/** The terms of a transfer: free between one customer's accounts, converted where the currencies differ. */
export function transferTerms(
  from: Party,
  to: Party,
  amountMinor: bigint,
  rates: Rates,
): TransferTerms | Refusal<'INVALID_AMOUNT'> {
  const receivedMinor = convert(amountMinor, from.currency, to.currency, rates);
  if (receivedMinor === 0n) {
    return refuse('INVALID_AMOUNT', `This amount is too small: nothing would arrive in ${to.currency}. Enter more.`, [
      'input',
      'amount',
    ]);
  }
  if (receivedMinor > largestBalanceMinor(to.currency)) {
    return refuse('INVALID_AMOUNT', `This amount is too large: no account can hold it in ${to.currency}. Enter less.`, [
      'input',
      'amount',
    ]);
  }
  return {
    amountMinor,
    feeMinor: from.customerId === to.customerId ? 0n : transferFee(amountMinor),
    receivedMinor,
    rate: from.currency === to.currency ? null : shownRate(from.currency, to.currency, rates),
  };
}

/**
 * The terms of a transfer of which exactly this amount arrives. The sender pays the smallest amount that is worth it. What
 * is left of that amount is less than one of its minor units, and stays on the exchange accounts as with every transfer.
 */
export function termsToReceive(
  from: Party,
  to: Party,
  receivedMinor: bigint,
  rates: Rates,
): TransferTerms | Refusal<'INVALID_AMOUNT'> {
  const amountMinor = amountToReceive(receivedMinor, from.currency, to.currency, rates);
  const largestMinor = largestAmountMinor(from.currency);
  if (amountMinor > largestMinor) {
    const largest = displayMoney({ minor: largestMinor, currency: from.currency });
    return refuse('INVALID_AMOUNT', `This would cost more than ${largest}, the maximum. Enter less.`, [
      'input',
      'amount',
    ]);
  }
  const terms = transferTerms(from, to, amountMinor, rates);
  return isRefusal(terms) ? terms : { ...terms, receivedMinor };
}

/** The terms of a quote, if it is open and for exactly this transfer. */
export function quotedTerms(
  quote: (TransferTerms & QuotedFor) | undefined,
  { from, to, amountMinor }: TransferParties,
): TransferTerms | Refusal<'QUOTE_EXPIRED'> {
  const isForThis =
    quote?.customerId === from.customerId &&
    quote.fromAccountId === from.id &&
    quote.toAccountId === to.id &&
    quote.amountMinor === amountMinor;
  return isForThis ? quote : noQuote;
}

const noQuote = refuse(
  'QUOTE_EXPIRED',
  'The quote has expired, was used, or is for another transfer: ask for a new one.',
  ['input', 'quoteId'],
);

/** Refuses a text that is too long to be a quote's id. */
export function refusedLongQuoteId(quoteId: string): Refusal<'QUOTE_EXPIRED'> | null {
  return quoteId.length > idCharacters ? noQuote : null;
}

/** The customer and the accounts of a quote. */
interface QuotedFor {
  readonly customerId: string;
  readonly fromAccountId: string;
  readonly toAccountId: string;
}
