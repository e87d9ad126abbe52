import type { AccountPartsFragment } from '../graph/operations.generated.ts';
import { currencyNames, formatDecimal, formatMoney, isZero } from '../money.ts';
import type { Quote } from '../quote.ts';

/** @param to an own account, or the number of somebody else's. */
export function QuoteSummary({
  quote,
  from,
  to,
  isOwn,
  description,
}: {
  readonly quote: Quote;
  readonly from: AccountPartsFragment;
  readonly to?: AccountPartsFragment | string | undefined;
  readonly isOwn: boolean;
  readonly description?: string;
}) {
  const { amount, fee, total, received, rate } = quote;
  return (
    <dl className="summary">
      {to !== undefined && (
        <>
          <Line term="From">Your {currencyNames[from.currency]} account</Line>
          <Line term="To">{typeof to === 'string' ? to : `Your ${currencyNames[to.currency]} account`}</Line>
        </>
      )}
      <Line term="You send">{formatMoney(amount)}</Line>
      <Line term="Fee">{isZero(fee) ? 'None' : formatMoney(fee)}</Line>
      {rate !== null && (
        <Line term="Rate">
          1 {amount.currency} = {formatDecimal(rate)} {received.currency}
        </Line>
      )}
      <Line term="Leaves your account">{formatMoney(total)}</Line>
      <Line term={isOwn ? 'Arrives' : 'They receive'} isStrong>
        {formatMoney(received)}
      </Line>
      {description !== undefined && <Line term="What for">{description}</Line>}
    </dl>
  );
}

function Line({ term, children, isStrong = false }: { term: string; children: React.ReactNode; isStrong?: boolean }) {
  return (
    <div className={isStrong ? 'summary-line summary-line-strong' : 'summary-line'}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
