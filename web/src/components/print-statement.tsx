import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { grouped } from '../account-number.ts';
import { faultSentence } from '../graph/refusals.ts';
import { StatementDocument, type StatementQuery } from '../graph/operations.generated.ts';
import { currencyTitle, formatMoney } from '../money.ts';
import { useSignedIn } from '../session/use-session.ts';
import { day, fullTime } from '../time.ts';
import { movementOf, remarksOf, titleOf } from '../transaction-words.ts';
import { Brand } from './brand.tsx';
import { Button } from './button.tsx';
import type { Period } from './date-range.tsx';
import { Notice } from './states.tsx';
import { Amount } from './values.tsx';

type Account = NonNullable<StatementQuery['account']>;
type Entry = Account['entries']['nodes'][number];

interface Sheet {
  readonly account: Account;
  readonly entries: readonly Entry[];
  readonly madeAt: string;
}

const pageSize = 100;
/** About forty sheets of paper. The download has every entry. */
const mostEntries = 2_000;

/** Prints the whole statement of a period, not only the page of it that is on the screen. */
export function PrintStatement({ accountId, period }: { readonly accountId: string; readonly period: Period }) {
  const client = useApolloClient();
  const [isPending, setPending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [sheet, setSheet] = useState<Sheet | null>(null);

  async function readPage(after: string | null): Promise<Account | null> {
    const variables = { ...period, id: accountId, first: pageSize, after };
    const { data } = await client.query({ query: StatementDocument, variables, fetchPolicy: 'no-cache' });
    return data?.account ?? null;
  }

  async function read(): Promise<Sheet | null> {
    const entries: Entry[] = [];
    for (let after: string | null = null; ;) {
      const account = await readPage(after);
      if (account === null) return null;
      const { nodes, pageInfo } = account.entries;
      entries.push(...nodes);
      if (!pageInfo.hasNextPage || entries.length >= mostEntries) {
        return { account, entries, madeAt: new Date().toISOString() };
      }
      after = pageInfo.endCursor;
    }
  }

  const print = () => {
    setPending(true);
    setFault(null);
    read()
      .then(setSheet, (error: unknown) => setFault(faultSentence(error)))
      .finally(() => setPending(false));
  };

  useEffect(() => {
    if (sheet === null) return undefined;
    const done = () => setSheet(null);
    addEventListener('afterprint', done);
    window.print();
    return () => removeEventListener('afterprint', done);
  }, [sheet]);

  return (
    <>
      <Button icon="print" isPending={isPending} onPress={print}>
        Print
      </Button>
      {fault !== null && <Notice kind="error">{fault}</Notice>}
      {sheet !== null && createPortal(<StatementSheet sheet={sheet} period={period} />, document.body)}
    </>
  );
}

function StatementSheet({ sheet, period }: { readonly sheet: Sheet; readonly period: Period }) {
  const { name } = useSignedIn();
  const { account, entries, madeAt } = sheet;
  const { currency, number, balance } = account;
  return (
    <div className="print-sheet">
      <header>
        <Brand />
        <h1>{currencyTitle(currency)} statement</h1>
        <dl>
          <dt>Account</dt>
          <dd>
            {grouped(number)}, {name}
          </dd>
          <dt>Period</dt>
          <dd>{periodInWords(period)}</dd>
          <dt>Opening balance</dt>
          <dd>{formatMoney(account.entries.openingBalance)}</dd>
          <dt>Closing balance</dt>
          <dd>{formatMoney(account.entries.closingBalance)}</dd>
          <dt>Balance on {fullTime(madeAt)}</dt>
          <dd>{formatMoney(balance)}</dd>
        </dl>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col" className="figure">
              Amount
            </th>
            <th scope="col" className="figure">
              Balance
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, direction, amount, balanceAfter, transaction, createdAt }) => (
            <tr key={id}>
              <td>{fullTime(createdAt)}</td>
              <td>
                {titleOf(transaction)}
                {remarksOf(transaction, movementOf(direction)).map((remark) => (
                  <p key={remark}>{remark}</p>
                ))}
                {transaction.description !== null && <p>{transaction.description}</p>}
              </td>
              <td className="figure">
                <Amount money={amount} direction={movementOf(direction)} />
              </td>
              <td className="figure">
                <Amount money={balanceAfter} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {entries.length >= mostEntries && <p>The download has the earlier transactions.</p>}
    </div>
  );
}

function periodInWords({ from, to }: Period): string {
  if (from === null && to === null) return 'All transactions';
  if (from === null) return `Until ${day(to!)}`;
  return to === null ? `Since ${day(from)}` : `${day(from)} to ${day(to)}`;
}
