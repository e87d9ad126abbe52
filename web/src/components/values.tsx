import { useEffect, useState } from 'react';
import type { OrderRejectionReason, OrderStatus } from '../graph/operations.generated.ts';
import { formatMoney, formatMovement, type Money } from '../money.ts';
import { fullTime, shortTime, timeOfDay } from '../time.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

/** Without a direction, money that neither comes nor goes. It is read as the words of the page are, in any script. */
export function Amount({ money, direction }: { readonly money: Money; readonly direction?: 'in' | 'out' }) {
  return (
    <bdi dir="ltr" className={direction === 'in' ? 'amount amount-in' : 'amount'}>
      {direction === undefined ? formatMoney(money) : formatMovement(money, direction)}
    </bdi>
  );
}

/** @param isDayKnown where the day stands above. */
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
  REFUNDING: { label: 'Being refunded', tone: 'waiting', icon: 'clock' },
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
  INSUFFICIENT_FUNDS: 'There was not enough money on the account.',
  ACCOUNT_CLOSED: 'The account is closed.',
  NOT_PROCESSED: 'It could not be processed on our side.',
};

const copiedMs = 2_000;

/** An account's number in groups of three, to be read aloud. */
export function grouped(number: string): string {
  return number.replace(/(.{3})(?=.)/g, '$1\u00a0');
}

/** A number to give to others. */
export function AccountNumber({ number, currency }: { readonly number: string; readonly currency: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <span className="account-number">
      <span>
        <span className="account-number-label">Account number</span>
        <span className="account-number-text">{grouped(number)}</span>
      </span>
      <Button
        look="quiet"
        icon={copied ? 'check' : 'copy'}
        aria-label={copied ? `${currency} account number copied` : `Copy the ${currency} account number`}
        onPress={() => void copy(number).then(setCopied)}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </span>
  );
}

/** Whether it is in the clipboard now. Browsers have one for scripts only on https and on the machine itself. */
async function copy(text: string): Promise<boolean> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard === undefined) return false;
  return await clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
