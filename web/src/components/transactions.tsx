import { type ReactNode, useId, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Link } from 'react-router';
import type { TransactionKind, TransactionPartsFragment } from '../graph/operations.generated.ts';
import { formatDecimal, formatMoney } from '../money.ts';
import { downloadReceipt } from '../download-statement.ts';
import { dayName, fullTime } from '../time.ts';
import { accountOf, remarksOf, titleOf, totalOf } from '../transaction-words.ts';
import { Copyable } from './copyable.tsx';
import { DownloadButton } from './download-button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Line } from './summary.tsx';
import { Amount, Time } from './values.tsx';

const icons: Readonly<Record<TransactionKind, IconName>> = {
  OPENING_DEPOSIT: 'gift',
  DEPOSIT: 'plus',
  WITHDRAWAL: 'minus',
  TRANSFER: 'transfer',
  ORDER_PAYMENT: 'orders',
  REFUND: 'undo',
  REFUND_HELD: 'undo',
  CORRECTION: 'undo',
};

interface TransactionsProps {
  readonly transactions: readonly TransactionPartsFragment[];
  /** On the page of this order, its transactions need no link to it. */
  readonly orderId?: string;
}

export function Transactions({ transactions, orderId }: TransactionsProps) {
  return (
    <div className="card">
      <Rows transactions={transactions} orderId={orderId} isDayKnown={false} />
    </div>
  );
}

/** Shows a list that is sorted by time, with a heading for each day. */
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

interface RowProps {
  readonly transaction: TransactionPartsFragment;
  readonly leadsToOrder: boolean;
  readonly isDayKnown: boolean;
}

/** A row that opens in place and then shows every detail. */
function TransactionRow({ transaction, leadsToOrder, isDayKnown }: RowProps) {
  const { kind, from, to, description, createdAt } = transaction;
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const isOwn = from !== null && to !== null;
  const isIncoming = from === null;
  const remarks = remarksOf(transaction, isIncoming ? 'in' : 'out');
  return (
    <li className="openable">
      <AriaButton className="opener" aria-expanded={isOpen} aria-controls={detailsId} onPress={() => setOpen(!isOpen)}>
        <span className={isIncoming ? 'row-icon row-icon-good' : 'row-icon'}>
          <Icon name={icons[kind]} size={18} />
        </span>
        <span className="row-main">
          <span className="row-line">
            <span className="row-title">{titleOf(transaction)}</span>
            <Amount money={totalOf(transaction)} {...(isOwn ? {} : { direction: isIncoming ? 'in' : 'out' })} />
          </span>
          <span className="row-line row-detail">
            <Time at={createdAt} isDayKnown={isDayKnown} />
            {remarks.length > 0 && <span className="row-aside">{remarks.join(' · ')}</span>}
          </span>
          {description !== null && description !== '' && <span className="row-note">{description}</span>}
        </span>
        <Icon name="down" size={16} />
      </AriaButton>
      {isOpen && (
        <div id={detailsId} className="opened">
          <TransactionDetails transaction={transaction}>
            {leadsToOrder && <Link to={`/orders/${transaction.order?.id}`}>See order</Link>}
          </TransactionDetails>
        </div>
      )}
    </li>
  );
}

function TransactionDetails({
  transaction,
  children,
}: {
  readonly transaction: TransactionPartsFragment;
  readonly children: ReactNode;
}) {
  const { id, receiptNumber, kind, amount, fee, received, rate, description, createdAt } = transaction;
  const isTransfer = kind === 'TRANSFER';
  const [from, to] = [accountOf(transaction, 'from'), accountOf(transaction, 'to')];
  return (
    <>
      <dl className="details">
        <Line term="Time">{fullTime(createdAt)}</Line>
        {from !== null && <Line term="From">{from}</Line>}
        {to !== null && <Line term="To">{to}</Line>}
        {isTransfer && transaction.from !== null && <Line term="Amount sent">{formatMoney(amount)}</Line>}
        {fee !== null && transaction.from !== null && <Line term="Fee">{formatMoney(fee)}</Line>}
        {fee !== null && transaction.from !== null && (
          <Line term="Left your account">{formatMoney(totalOf(transaction))}</Line>
        )}
        {rate !== null && received !== null && (
          <Line term="Rate">{`1 ${amount.currency} = ${formatDecimal(rate)} ${received.currency}`}</Line>
        )}
        {isTransfer && received !== null && <Line term="Amount received">{formatMoney(received)}</Line>}
        {description !== null && description !== '' && <Line term="Note">{description}</Line>}
      </dl>
      <Copyable label="Transaction ID" name="transaction ID" text={id} />
      <Copyable label="Receipt number" name="receipt number" text={receiptNumber} />
      <div className="buttons">
        <DownloadButton label="Download receipt" download={async () => await downloadReceipt(receiptNumber)} />
      </div>
      {children}
    </>
  );
}
