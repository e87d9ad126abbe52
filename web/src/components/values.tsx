import type { OrderRejectionReason, OrderStatus } from '../graph/operations.generated.ts';
import { formatMoney, formatMovement, type Money } from '../money.ts';
import { fullTime, shortTime, timeOfDay } from '../time.ts';
import { Icon, type IconName } from './icon.tsx';

/** Without a direction, an amount that neither comes nor goes. It runs from left to right in every language. */
export function Amount({ money, direction }: { readonly money: Money; readonly direction?: 'in' | 'out' }) {
  return (
    <bdi dir="ltr" className={direction === 'in' ? 'amount amount-in' : 'amount'}>
      {direction === undefined ? formatMoney(money) : formatMovement(money, direction)}
    </bdi>
  );
}

/** @param isDayKnown whether a heading above shows the day. */
export function Time({ at, isDayKnown = false }: { readonly at: string; readonly isDayKnown?: boolean }) {
  return (
    <time dateTime={at} title={fullTime(at)}>
      {isDayKnown ? timeOfDay(at) : shortTime(at)}
    </time>
  );
}

const statuses: Readonly<Record<OrderStatus, { label: string; tone: string; icon: IconName }>> = {
  PENDING: { label: 'Pending', tone: 'waiting', icon: 'clock' },
  PAID: { label: 'Paid', tone: 'good', icon: 'check' },
  REJECTED: { label: 'Rejected', tone: 'bad', icon: 'cross' },
  CANCELLED: { label: 'Cancelled', tone: 'neutral', icon: 'cross' },
  REFUNDING: { label: 'Being refunded', tone: 'waiting', icon: 'clock' },
  PARTIALLY_REFUNDED: { label: 'Partly refunded', tone: 'neutral', icon: 'undo' },
  REFUNDED: { label: 'Refunded', tone: 'neutral', icon: 'undo' },
};

export function statusLabel(status: OrderStatus): string {
  return statuses[status].label;
}

export function StatusBadge({ status }: { readonly status: OrderStatus }) {
  const { label, tone, icon } = statuses[status];
  return (
    <span className={`badge badge-${tone}`}>
      <Icon name={icon} size={14} />
      {label}
    </span>
  );
}

export const rejectionReasons: Readonly<Record<OrderRejectionReason, string>> = {
  INSUFFICIENT_FUNDS: 'There was not enough money in the account.',
  ACCOUNT_CLOSED: 'The account is closed.',
  ACCOUNT_FROZEN: 'The account is frozen. Write to us to have it released.',
  CONSENT_MISSING: 'You have not authorised the shop.',
  CONSENT_WITHDRAWN: 'You have withdrawn your consent.',
  CONSENT_EXPIRED: 'Your consent has ended.',
  ORDER_LIMIT_EXCEEDED: 'The total is more than you allow the shop for an order.',
  MONTH_LIMIT_EXCEEDED: 'The shop would have debited more than you allow in a month.',
  NOT_PROCESSED: 'Something went wrong on our side.',
};
