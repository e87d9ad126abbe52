import { Link } from 'react-router';
import type { TransactionKind, TransactionPartsFragment } from '../graph/operations.generated.ts';
import { formatMoney } from '../money.ts';
import { dayName } from '../time.ts';
import { Icon, type IconName } from './icon.tsx';
import { Amount, grouped, Time } from './values.tsx';

export const kindLabels: Readonly<Record<TransactionKind, string>> = {
  OPENING_DEPOSIT: 'Welcome gift',
  DEPOSIT: 'Deposit',
  WITHDRAWAL: 'Withdrawal',
  TRANSFER: 'Transfer',
  ORDER_PAYMENT: 'Order payment',
  REFUND: 'Refund',
  REFUND_HELD: 'Refund held for you',
};

const icons: Readonly<Record<TransactionKind, IconName>> = {
  OPENING_DEPOSIT: 'gift',
  DEPOSIT: 'plus',
  WITHDRAWAL: 'minus',
  TRANSFER: 'transfer',
  ORDER_PAYMENT: 'orders',
  REFUND: 'undo',
  REFUND_HELD: 'undo',
};

interface TransactionsProps {
  readonly transactions: readonly TransactionPartsFragment[];
  /** The order whose page this is: its transactions need no way to it. */
  readonly orderId?: string;
}

export function Transactions({ transactions, orderId }: TransactionsProps) {
  return (
    <div className="card">
      <Rows transactions={transactions} orderId={orderId} isDayKnown={false} />
    </div>
  );
}

/** Of a list that is in the order of time. */
export function TransactionsByDay({ transactions }: TransactionsProps) {
  const days = Map.groupBy(transactions, ({ createdAt }) => dayName(createdAt));
  return (
    <div className="card">
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <p className="day" aria-hidden="true">
            {day}
          </p>
          <Rows transactions={ofDay} orderId={undefined} isDayKnown />
        </section>
      ))}
    </div>
  );
}

function Rows({
  transactions,
  orderId,
  isDayKnown,
}: {
  readonly transactions: readonly TransactionPartsFragment[];
  readonly orderId: string | undefined;
  readonly isDayKnown: boolean;
}) {
  return (
    <ul className="rows">
      {transactions.map((transaction) => (
        <TransactionRow
          key={transaction.id}
          transaction={transaction}
          leadsToOrder={transaction.order !== null && transaction.order.id !== orderId}
          isDayKnown={isDayKnown}
        />
      ))}
    </ul>
  );
}

function TransactionRow({
  transaction,
  leadsToOrder,
  isDayKnown,
}: {
  readonly transaction: TransactionPartsFragment;
  readonly leadsToOrder: boolean;
  readonly isDayKnown: boolean;
}) {
  const { kind, amount, received, from, to, fee, order, description, createdAt } = transaction;
  const isOwn = from !== null && to !== null;
  const isIncoming = from === null;
  const isConverted = received !== null && received.currency !== amount.currency;
  const asides = [
    ...(!isIncoming && isConverted ? [`${formatMoney(received)} received`] : []),
    ...(!isIncoming && fee !== null ? [`${formatMoney(fee)} fee`] : []),
  ];
  return (
    <li className="row">
      <span className={isIncoming ? 'row-icon row-icon-good' : 'row-icon'}>
        <Icon name={icons[kind]} size={18} />
      </span>
      <div className="row-main">
        <div className="row-line">
          <p className="row-title">{titleOf(transaction)}</p>
          <Amount
            money={isIncoming ? (received ?? amount) : amount}
            {...(isOwn ? {} : { direction: isIncoming ? 'in' : 'out' })}
          />
        </div>
        <div className="row-line row-detail">
          <p>
            <Time at={createdAt} isDayKnown={isDayKnown} />
            {leadsToOrder && (
              <>
                {' · '}
                <Link to={`/orders/${order?.id}`}>See order</Link>
              </>
            )}
          </p>
          {asides.length > 0 && <p className="row-aside">{asides.join(' · ')}</p>}
        </div>
        {description !== null && description !== '' && <p className="row-note">{description}</p>}
      </div>
    </li>
  );
}

export function titleOf(transaction: TransactionPartsFragment): string {
  const { kind, from, to, fromAccountNumber, toAccountNumber, order } = transaction;
  if (kind === 'TRANSFER') {
    if (from !== null && to !== null) return `${from.currency} to ${to.currency}, between your accounts`;
    if (from === null) return fromAccountNumber === null ? 'From somebody' : `From ${grouped(fromAccountNumber)}`;
    return toAccountNumber === null ? 'To somebody' : `To ${grouped(toAccountNumber)}`;
  }
  if (order !== null) return `${kindLabels[kind]}: ${order.quantity} × ${order.productId}`;
  return kindLabels[kind];
}
