import { refuse, type Refusal } from '#platform/refusal.ts';
import { convert, type Rates, shownRate, transferFee } from './exchange.ts';
import type { Party } from './ledger.ts';
import type { TransferTerms } from './movements.ts';

/** What a transfer does: free between one customer's accounts, converted where the currencies differ. */
export function transferTerms(
  from: Party,
  to: Party,
  amountMinor: bigint,
  rates: Rates,
): TransferTerms | Refusal<'INVALID_AMOUNT'> {
  const receivedMinor = convert(amountMinor, from.currency, to.currency, rates);
  if (receivedMinor === 0n) {
    return refuse('INVALID_AMOUNT', `This is too little: nothing would arrive in ${to.currency}. Enter more.`, [
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
