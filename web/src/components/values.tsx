import { useEffect, useState } from 'react';
import type { OrderRejectionReason, OrderStatus } from '../graph/operations.generated.ts';
import { formatMoney, type Money } from '../money.ts';
import { fullTime, shortTime } from '../time.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

export function Amount({ money, sign }: { readonly money: Money; readonly sign?: '+' | '−' }) {
  return (
    <span className={sign === '+' ? 'amount amount-in' : 'amount'}>
      {sign !== undefined && `${sign}\u2060`}
      {formatMoney(money)}
    </span>
  );
}

export function Time({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)}>
      {shortTime(at)}
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

/** A number to give to others, in groups of four to be read aloud. */
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
        <span className="account-number-text">{number.replace(/(.{4})(?=.)/g, '$1\u202f')}</span>
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
