import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { ButtonLink } from '../components/button.tsx';
import { OrderRows } from '../components/orders.tsx';
import { Page, Section } from '../components/page.tsx';
import { Empty, Failed, Loading } from '../components/states.tsx';
import { TransactionsByDay } from '../components/transactions.tsx';
import { AccountNumber } from '../components/copyable.tsx';
import { type AccountPartsFragment, OverviewDocument } from '../graph/operations.generated.ts';
import { usePolling } from '../live/use-polling.ts';
import { currencyTitle, formatMoney } from '../money.ts';
import { useSignedIn } from '../session/use-session.ts';

const pollWhilePendingMs = 1_500;

export default function Overview() {
  const { name } = useSignedIn();
  const { data, previousData, error, refetch, startPolling, stopPolling } = useQuery(OverviewDocument);
  const viewer = (data ?? previousData)?.viewer;
  const pending = viewer?.pending?.nodes ?? [];
  // A pending order is settled within moments, which changes a balance. A new customer's welcome gift may be on its way.
  const isMoving = pending.length > 0 || viewer?.recent?.nodes.length === 0;
  usePolling({ startPolling, stopPolling }, isMoving ? pollWhilePendingMs : null);

  return (
    <Page
      title="Overview"
      heading={
        <>
          Hello, <bdi>{name}</bdi>
        </>
      }
      quickActions
      actions={
        <>
          <ButtonLink to="/transfer" look="primary" icon="transfer">
            Send money
          </ButtonLink>
          <ButtonLink to="/deposit" icon="plus">
            Add money
          </ButtonLink>
          <ButtonLink to="/withdraw" icon="minus">
            Withdraw
          </ButtonLink>
        </>
      }
    >
      {viewer == null &&
        (error === undefined ? (
          <>
            <Loading shape="cards" count={3} />
            <Loading count={5} />
          </>
        ) : (
          <Failed error={error} again={() => void refetch()} />
        ))}
      {viewer != null && (
        <>
          {viewer.accounts === null ? (
            <Failed error={error} again={() => void refetch()} />
          ) : (
            <ul className="accounts" aria-label="Your accounts">
              {viewer.accounts.map((account) => (
                <AccountCard key={account.id} account={account} />
              ))}
            </ul>
          )}
          {pending.length > 0 && (
            <Section title="Pending">
              <OrderRows orders={pending} />
            </Section>
          )}
          <Section title="Recent activity" action={<Link to="/history">All history</Link>}>
            {viewer.recent === null ? (
              <Failed error={error} again={() => void refetch()} />
            ) : viewer.recent.nodes.length === 0 ? (
              <Empty icon="history" title="No transactions yet">
                Deposits, transfers and payments appear here.
              </Empty>
            ) : (
              <TransactionsByDay transactions={viewer.recent.nodes} />
            )}
          </Section>
        </>
      )}
    </Page>
  );
}

function AccountCard({ account }: { readonly account: AccountPartsFragment }) {
  const { id, currency, balance, number, status } = account;
  return (
    <li className={`account account-${currency.toLowerCase()}`}>
      <Link to={`/accounts/${id}`} className="account-link">
        <span className="account-name">{currencyTitle(currency)}</span>
        <bdi dir="ltr" className="account-balance">
          {formatMoney(balance)}
        </bdi>
        {status === 'CLOSED' && <span className="badge badge-neutral">Closed</span>}
      </Link>
      <AccountNumber number={number} currency={currency} />
    </li>
  );
}
