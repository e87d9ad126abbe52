import { useQuery } from '@apollo/client/react';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { ButtonLink } from '../components/button.tsx';
import { AccountNumber } from '../components/copyable.tsx';
import { DateRange, periodOf } from '../components/date-range.tsx';
import { DownloadButton } from '../components/download-button.tsx';
import { Page, Section } from '../components/page.tsx';
import { Paging, usePaging } from '../components/paging.tsx';
import { PrintStatement } from '../components/print-statement.tsx';
import { Empty, Failed, Loading } from '../components/states.tsx';
import { Amount, Time } from '../components/values.tsx';
import { downloadStatement, type StatementFormat, statementFormats } from '../download-statement.ts';
import { StatementDocument, type StatementQuery } from '../graph/operations.generated.ts';
import { currencyTitle, formatMoney } from '../money.ts';
import { movementOf, remarksOf, titleOf } from '../transaction-words.ts';
import { useAddress } from '../use-address.ts';

const BalanceChart = lazy(async () => await import('../components/balance-chart.tsx'));

const pageSize = 25;

export default function Statement() {
  const { id = '' } = useParams();
  const address = useAddress();
  const { from, to, problem } = periodOf(address);
  const { data, previousData, error, loading, refetch } = useQuery(StatementDocument, {
    variables: { id, first: pageSize, after: address.get('after') || null, from, to },
  });
  const account = (data ?? previousData)?.account;
  const paging = usePaging(address, account?.entries.pageInfo);

  if (account == null) {
    return (
      <Page title="Account">
        {error !== undefined ? (
          <Failed error={error} again={() => void refetch()} />
        ) : loading ? (
          <>
            <Loading shape="block" count={1} />
            <Loading count={6} />
          </>
        ) : (
          <Empty icon="alert" title="There is no such account">
            <ButtonLink to="/">Back to the overview</ButtonLink>
          </Empty>
        )}
      </Page>
    );
  }
  const { currency, balance, number, entries } = account;
  return (
    <Page
      title={currencyTitle(currency)}
      lead={
        <>
          <bdi dir="ltr" className="big-balance">
            {formatMoney(balance)}
          </bdi>
          <AccountNumber number={number} currency={currency} />
        </>
      }
      quickActions
      actions={
        <>
          <ButtonLink to={`/transfer?from=${id}`} look="primary" icon="transfer">
            Send money
          </ButtonLink>
          <ButtonLink to={`/deposit?account=${id}`} icon="plus">
            Add money
          </ButtonLink>
          <ButtonLink to={`/withdraw?account=${id}`} icon="minus">
            Withdraw
          </ButtonLink>
        </>
      }
    >
      <Section title="Balance over time">
        <Suspense fallback={<Loading shape="block" count={1} />}>
          <BalanceChart accountId={id} currency={currency} />
        </Suspense>
      </Section>
      <Section title="Statement">
        <div className="statement-range">
          <DateRange address={address} />
          {problem === null && (
            <div className="buttons">
              {(Object.keys(statementFormats) as StatementFormat[]).map((format) => (
                <DownloadButton
                  key={format}
                  label={`Download ${statementFormats[format]}`}
                  download={async () => await downloadStatement(id, { from, to }, format)}
                />
              ))}
              <PrintStatement accountId={id} period={{ from, to }} />
            </div>
          )}
        </div>
        {(from !== null || to !== null) && (
          <dl className="statement-balances">
            <dt>Opening balance</dt>
            <dd>{formatMoney(entries.openingBalance)}</dd>
            <dt>Closing balance</dt>
            <dd>{formatMoney(entries.closingBalance)}</dd>
          </dl>
        )}
        <div aria-busy={loading} className={loading ? 'stale' : undefined}>
          {entries.nodes.length === 0 ? (
            <Empty icon="history" title="No transactions">
              {from === null && to === null
                ? 'Deposits, transfers and payments appear here.'
                : 'There are none in this period. Choose another one.'}
            </Empty>
          ) : (
            <Entries entries={entries.nodes} />
          )}
          <Paging paging={paging} />
        </div>
      </Section>
    </Page>
  );
}

type StatementEntry = NonNullable<StatementQuery['account']>['entries']['nodes'][number];

/** On a phone it is laid out as a list, with the balance below the amount; the roles keep it a table. */
function Entries({ entries }: { readonly entries: readonly StatementEntry[] }) {
  return (
    <table className="table" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader">What</th>
          <th role="columnheader" className="figure">
            Amount
          </th>
          <th role="columnheader" className="figure">
            Balance
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {entries.map(({ id, direction, amount, balanceAfter, transaction, createdAt }) => (
          <tr key={id} role="row">
            <td role="cell">
              <p className="row-title">{titleOf(transaction)}</p>
              <p className="row-detail">
                <Time at={createdAt} />
                {remarksOf(transaction, movementOf(direction)).map((remark) => ` · ${remark}`)}
              </p>
              {transaction.description !== null && transaction.description !== '' && (
                <p className="row-note">{transaction.description}</p>
              )}
            </td>
            <td role="cell" className="figure">
              <Amount money={amount} direction={movementOf(direction)} />
            </td>
            <td role="cell" className="figure balance">
              <bdi dir="ltr">{formatMoney(balanceAfter)}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
