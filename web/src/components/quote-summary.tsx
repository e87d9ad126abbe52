import type { ReactNode } from 'react';
import type { AccountPartsFragment } from '../graph/operations.generated.ts';
import { currencyNames, formatDecimal, formatMoney, isZero } from '../money.ts';
import type { Quote } from '../quote.ts';
import { grouped } from './values.tsx';

const unknown = '—';

/** What a transfer comes to. Its lines stand there before there is a quote, so that nothing moves when it comes. */
export function QuoteSummary({ quote, isOwn }: { readonly quote: Quote | null; readonly isOwn: boolean }) {
  return (
    <dl className="summary">
      <QuoteLines quote={quote} isOwn={isOwn} />
    </dl>
  );
}

/** The same once more, with everything else that is about to happen. */
export function TransferReview({
  quote,
  from,
  to,
  isOwn,
  description,
}: {
  readonly quote: Quote;
  readonly from: AccountPartsFragment;
  /** An own account, or the number of somebody else's. */
  readonly to: AccountPartsFragment | string | undefined;
  readonly isOwn: boolean;
  readonly description: string;
}) {
  return (
    <dl className="summary">
      <Line term="From">Your {currencyNames[from.currency]} account</Line>
      {to !== undefined && (
        <Line term="To">{typeof to === 'string' ? grouped(to) : `Your ${currencyNames[to.currency]} account`}</Line>
      )}
      {description !== '' && <Line term="Note">{description}</Line>}
      <QuoteLines quote={quote} isOwn={isOwn} />
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

function Line({ term, children, isStrong = false }: { term: string; children: ReactNode; isStrong?: boolean }) {
  return (
    <div className={isStrong ? 'summary-line summary-line-strong' : 'summary-line'}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
