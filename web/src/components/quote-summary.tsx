import { grouped } from '../account-number.ts';
import type { AccountPartsFragment } from '../graph/operations.generated.ts';
import { currencyNames, formatDecimal, formatMoney, isZero } from '../money.ts';
import type { Quote } from '../quote.ts';
import { timeOfDay } from '../time.ts';
import { Line } from './summary.tsx';

const unknown = '—';

/** The figures of a transfer. The lines are there before the quote is, so that nothing moves when it comes. */
export function QuoteSummary({ quote, isOwn }: { readonly quote: Quote | null; readonly isOwn: boolean }) {
  return (
    <dl className="summary">
      <QuoteLines quote={quote} isOwn={isOwn} />
    </dl>
  );
}

/** The figures with everything else that the transfer will do. */
export function TransferReview({
  quote,
  from,
  to,
  note,
}: {
  readonly quote: Quote;
  readonly from: AccountPartsFragment;
  /** An account of the person, or the number of another account. */
  readonly to: AccountPartsFragment | string | undefined;
  readonly note: string;
}) {
  return (
    <dl className="summary">
      <Line term="From">Your {currencyNames[from.currency]} account</Line>
      {to !== undefined && (
        <Line term="To">{typeof to === 'string' ? grouped(to) : `Your ${currencyNames[to.currency]} account`}</Line>
      )}
      {note !== '' && <Line term="Note">{note}</Line>}
      <QuoteLines quote={quote} isOwn={typeof to !== 'string'} />
      <Line term="Valid until">{timeOfDay(quote.expiresAt)}</Line>
    </dl>
  );
}

function QuoteLines({ quote, isOwn }: { readonly quote: Quote | null; readonly isOwn: boolean }) {
  return (
    <>
      <Line term="You send">{quote === null ? unknown : formatMoney(quote.amount)}</Line>
      <Line term="Fee">{quote === null ? unknown : isZero(quote.fee) ? 'None' : formatMoney(quote.fee)}</Line>
      <Line term="Rate">{quote === null ? unknown : rateOf(quote)}</Line>
      <Line term="Leaves your account">{quote === null ? unknown : formatMoney(quote.total)}</Line>
      <Line term={isOwn ? 'Arrives' : 'They receive'} isStrong>
        {quote === null ? unknown : formatMoney(quote.received)}
      </Line>
    </>
  );
}

function rateOf({ amount, received, rate }: Quote): string {
  return rate === null ? 'Same currency' : `1 ${amount.currency} = ${formatDecimal(rate)} ${received.currency}`;
}
