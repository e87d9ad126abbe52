import { useQuery } from '@apollo/client/react';
import { grouped } from '../../account-number.ts';
import { Copyable } from '../../components/copyable.tsx';
import { Section } from '../../components/page.tsx';
import { Paging, usePaging } from '../../components/paging.tsx';
import { Empty } from '../../components/states.tsx';
import { Line } from '../../components/summary.tsx';
import { Amount, Time } from '../../components/values.tsx';
import { currencyTitle, formatMoney } from '../../money.ts';
import { fullTime, shortTime } from '../../time.ts';
import { kindLabels } from '../../transaction-words.ts';
import { useAddress } from '../../use-address.ts';
import {
  type AccountRecordPartsFragment,
  CustomerMoneyDocument,
  type CustomerMoneyQuery,
} from '../operations.generated.ts';
import { hasRole, useStaff } from '../staff.ts';
import { ActLink } from './act-link.tsx';
import type { CustomerLook } from '../customer-look.ts';
import { Openable } from './openable.tsx';
import { LookContent } from './look-content.tsx';

const pageSize = 20;

type Money = NonNullable<CustomerMoneyQuery['customerRecord']>;

/** The accounts, the freezes and the transactions of a customer. */
export function CustomerMoney({ look }: { readonly look: CustomerLook }) {
  const { id, permit } = look;
  const address = useAddress();
  const { data, previousData, error, loading, refetch } = useQuery(CustomerMoneyDocument, {
    variables: { permit, first: pageSize, after: address.get('after') || null },
  });
  const record = (data ?? previousData)?.customerRecord;
  const paging = usePaging(address, record?.transactions?.pageInfo);
  return (
    <LookContent look={look} className="part" content={record} error={error} isLoading={loading} again={refetch}>
      {({ accounts, freezes, transactions }) => (
        <>
          <Section title="Accounts">
            <ul className="card rows" aria-label="Accounts">
              {(accounts ?? []).map((account) => (
                <AccountRow key={account.id} customerId={id} account={account} />
              ))}
            </ul>
          </Section>
          {freezes !== null && freezes.length > 0 && (
            <Section title="Freezes">
              <Freezes freezes={freezes} accounts={accounts ?? []} />
            </Section>
          )}
          <Section title="Transactions">
            {transactions === null || transactions.nodes.length === 0 ? (
              <Empty icon="history" title="No transactions" />
            ) : (
              <ul className="card rows" aria-label="Transactions">
                {transactions.nodes.map((transaction) => (
                  <TransactionRow key={transaction.id} transaction={transaction} />
                ))}
              </ul>
            )}
            <Paging paging={paging} />
          </Section>
        </>
      )}
    </LookContent>
  );
}

function AccountRow({
  customerId,
  account: { id, number, currency, status, frozen, balance },
}: {
  readonly customerId: string;
  readonly account: AccountRecordPartsFragment;
}) {
  const staff = useStaff();
  const state = frozen ? 'Frozen' : status === 'OPEN' ? 'Open' : 'Closed';
  return (
    <Openable
      icon={frozen ? 'lock' : 'overview'}
      title={currencyTitle(currency)}
      aside={<Amount money={balance} />}
      detail={grouped(number)}
      detailAside={state}
    >
      <Copyable label="Account ID" name={`${currency} account ID`} text={id} />
      <div className="buttons">
        <ActLink to={`/desk/customers/${customerId}/${id}`} icon="history">
          Entries
        </ActLink>
        {hasRole(staff, 'OPERATOR') && (
          <>
            <ActLink
              to={`/desk/${frozen ? 'unfreeze' : 'freeze'}?customer=${customerId}&account=${id}`}
              icon="lock"
            >{`${frozen ? 'Release' : 'Freeze'} the ${currency} account`}</ActLink>
            <ActLink to={`/desk/deposit?account=${id}&currency=${currency}`} icon="plus">
              Deposit
            </ActLink>
            <ActLink to={`/desk/withdraw?account=${id}&currency=${currency}`} icon="minus">
              Withdraw
            </ActLink>
            <ActLink to={`/desk/corrections/new?account=${id}&currency=${currency}`} icon="scales">
              Correct
            </ActLink>
          </>
        )}
      </div>
    </Openable>
  );
}

function Freezes({
  freezes,
  accounts,
}: {
  readonly freezes: NonNullable<Money['freezes']>;
  readonly accounts: NonNullable<Money['accounts']>;
}) {
  const nameOf = (accountId: string | null) =>
    accountId === null ? 'All accounts' : (accounts.find(({ id }) => id === accountId)?.currency ?? accountId);
  return (
    <ul className="card rows" aria-label="Freezes">
      {freezes.map(({ id, accountId, reason, frozenAt, liftReason, liftedAt }) => (
        <li key={id} className="row">
          <span className="row-main">
            <span className="row-title">{nameOf(accountId)}</span>
            <span className="row-detail">{`Frozen: ${shortTime(frozenAt)}, ${reason}`}</span>
            {liftedAt !== null && (
              <span className="row-detail">{`Released: ${shortTime(liftedAt)}, ${liftReason ?? ''}`}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function TransactionRow({
  transaction,
}: {
  readonly transaction: NonNullable<Money['transactions']>['nodes'][number];
}) {
  const { id, kind, amount, fee, received, fromAccountNumber, toAccountNumber, orderId, description, createdAt } =
    transaction;
  return (
    <Openable
      icon="transfer"
      title={kindLabels[kind]}
      aside={<Amount money={amount} />}
      detail={<Time at={createdAt} />}
      {...(description === null ? {} : { note: description })}
    >
      <dl className="details">
        <Line term="Time">{fullTime(createdAt)}</Line>
        {fromAccountNumber !== null && <Line term="From">{fromAccountNumber}</Line>}
        {toAccountNumber !== null && <Line term="To">{toAccountNumber}</Line>}
        {fee !== null && <Line term="Fee">{formatMoney(fee)}</Line>}
        {received !== null && <Line term="Amount received">{formatMoney(received)}</Line>}
        {orderId !== null && <Line term="Order">{orderId}</Line>}
      </dl>
      <Copyable label="Transaction ID" name="transaction ID" text={id} />
    </Openable>
  );
}
