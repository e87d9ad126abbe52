import type { ReactNode } from 'react';
import type { OrderDetailQuery } from '../graph/operations.generated.ts';
import { formatMoney } from '../money.ts';
import { Icon } from './icon.tsx';
import { rejectionReasons, Time } from './values.tsx';

type Order = NonNullable<OrderDetailQuery['order']>;

/** The lifecycle of an order, with the time of each step that is done. */
export function OrderSteps({ order }: { readonly order: Order }) {
  const { status, placedAt, settledAt } = order;
  return (
    <ol className="steps" aria-label="Progress">
      <Step state="done" title="Placed" at={placedAt} />
      {status === 'PENDING' && (
        <Step state="now" title="Being paid">
          This takes a moment.
        </Step>
      )}
      {status === 'REJECTED' && (
        <Step state="bad" title="Rejected" at={settledAt}>
          {order.rejectionReason !== null && rejectionReasons[order.rejectionReason]} No money was taken.
        </Step>
      )}
      {status === 'CANCELLED' && (
        <Step state="bad" title="Cancelled" at={settledAt}>
          No money was taken.
        </Step>
      )}
      {paidStatuses.has(status) && <Step state="done" title="Paid" at={settledAt} />}
      {status === 'REFUNDING' && (
        <Step state="now" title="Being refunded">
          The money is on its way back.
        </Step>
      )}
      {status === 'PARTIALLY_REFUNDED' && (
        <Step state="done" title="Partly refunded" at={refundedAt(order)}>
          {formatMoney(order.refunded)} is back in your account.
        </Step>
      )}
      {status === 'REFUNDED' && (
        <Step state="done" title="Refunded" at={refundedAt(order)}>
          The money is back in your account.
        </Step>
      )}
    </ol>
  );
}

const paidStatuses: ReadonlySet<Order['status']> = new Set(['PAID', 'REFUNDING', 'PARTIALLY_REFUNDED', 'REFUNDED']);

/** The time of the newest refund's transaction; null until it is read. */
function refundedAt({ transactions }: Order): string | null {
  return transactions?.findLast(({ kind }) => kind === 'REFUND' || kind === 'REFUND_HELD')?.createdAt ?? null;
}

interface StepProps {
  readonly state: 'done' | 'now' | 'bad';
  readonly title: string;
  /** Null while the time is unknown. */
  readonly at?: string | null;
  readonly children?: ReactNode;
}

function Step({ state, title, at = null, children }: StepProps) {
  return (
    <li className={`step step-${state}`}>
      <span className="step-mark">
        {state === 'now' ? (
          <span className="spinner" aria-hidden="true" />
        ) : (
          <Icon name={state === 'bad' ? 'cross' : 'check'} size={16} />
        )}
      </span>
      <div>
        <p className="row-title">{title}</p>
        {at !== null && (
          <p className="row-detail">
            <Time at={at} />
          </p>
        )}
        {children !== undefined && <p className="row-detail">{children}</p>}
      </div>
    </li>
  );
}
