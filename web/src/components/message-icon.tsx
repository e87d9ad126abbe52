import type { NotificationKind } from '../graph/operations.generated.ts';
import { Icon, type IconName } from './icon.tsx';

const looks: Readonly<Record<NotificationKind, { icon: IconName; tone: string }>> = {
  ORDER_PAID: { icon: 'check', tone: 'row-icon-good' },
  ORDER_REJECTED: { icon: 'cross', tone: 'row-icon-bad' },
  ORDER_CANCELLED: { icon: 'cross', tone: 'row-icon-bad' },
  ORDER_REFUNDED: { icon: 'undo', tone: 'row-icon-good' },
  TRANSFER_RECEIVED: { icon: 'transfer', tone: 'row-icon-good' },
  WEBHOOK_DISABLED: { icon: 'cross', tone: 'row-icon-bad' },
};

/** Shows the kind of a message. */
export function MessageIcon({ kind }: { readonly kind: NotificationKind }) {
  const { icon, tone } = looks[kind];
  return (
    <span className={`row-icon ${tone}`}>
      <Icon name={icon} size={18} />
    </span>
  );
}
