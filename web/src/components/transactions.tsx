import { Link } from 'react-router';
import type { TransactionKind, TransactionPartsFragment } from '../graph/operations.generated.ts';
import { formatDecimal, formatMoney } from '../money.ts';
import { Icon, type IconName } from './icon.tsx';
import { Amount, Time } from './values.tsx';

export const kindLabels: Readonly<Record<TransactionKind, string>> = {
  OPENING_DEPOSIT: 'Welcome gift',
  DEPOSIT: 'Deposit',
  WITHDRAWAL: 'Withdrawal',
  TRANSFER: 'Transfer',
  ORDER_PAYMENT: 'Order payment',
  REFUND: 'Refund',
};

const icons: Readonly<Record<TransactionKind, IconName>> = {
  OPENING_DEPOSIT: 'gift',
  DEPOSIT: 'plus',
  WITHDRAWAL: 'minus',
  TRANSFER: 'transfer',
  ORDER_PAYMENT: 'orders',
  REFUND: 'undo',
};

/** @param orderId of the order whose page this is: its movements need no way to it. */
export function Transactions({
  transactions,
  orderId,
}: {
  readonly transactions: readonly TransactionPartsFragment[];
  readonly orderId?: string;
}) {
  return (
    <ul className="rows">
      {transactions.map((transaction) => (
        <TransactionRow
          key={transaction.id}
          transaction={transaction}
          leadsToOrder={transaction.order !== null && transaction.order.id !== orderId}
        />
      ))}
    </ul>
  );
}

function TransactionRow({
  transaction,
  leadsToOrder,
}: {
  readonly transaction: TransactionPartsFragment;
  readonly leadsToOrder: boolean;
}) {
  const { kind, amount, received, from, to, fee, rate, order, description, createdAt } = transaction;
  const own = from !== null && to !== null;
  const incoming = from === null;
  const shown = incoming ? (received ?? amount) : amount;
  return (
    <li className="row">
      <span className={incoming ? 'row-icon row-icon-in' : 'row-icon'}>
        <Icon name={icons[kind]} size={18} />
      </span>
      <div className="row-main">
        <p className="row-title">{titleOf(transaction)}</p>
        <p className="row-detail">
          <Time at={createdAt} />
          {leadsToOrder && (
            <>
              {' · '}
              <Link to={`/orders/${order?.id}`}>See order</Link>
            </>
          )}
        </p>
        {description !== null && description !== '' && <p className="row-note">{description}</p>}
      </div>
      <div className="row-figures">
        <Amount money={shown} {...(own ? {} : { sign: incoming ? '+' : '−' })} />
        {!incoming && received !== null && received.currency !== amount.currency && (
          <p className="row-detail">
            {formatMoney(received)}
            {rate !== null && ` at ${formatDecimal(rate)}`}
          </p>
        )}
        {!incoming && fee !== null && <p className="row-detail">{formatMoney(fee)} fee</p>}
      </div>
    </li>
  );
}

export function titleOf(transaction: TransactionPartsFragment): string {
  const { kind, from, to, fromAccountNumber, toAccountNumber, order } = transaction;
  if (kind === 'TRANSFER') {
    if (from !== null && to !== null) return `${from.currency} to ${to.currency}, between your accounts`;
    return from === null ? `From ${fromAccountNumber ?? 'somebody'}` : `To ${toAccountNumber ?? 'somebody'}`;
  }
  if (order !== null) return `${kindLabels[kind]}: ${order.quantity} × ${order.productId}`;
  return kindLabels[kind];
}
