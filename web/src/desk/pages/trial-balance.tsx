import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Page } from '../../components/page.tsx';
import { Empty, Failed, Loading } from '../../components/states.tsx';
import { formatMoney } from '../../money.ts';
import { dayBegins } from '../../time.ts';
import { useAddress } from '../../use-address.ts';
import { Look } from '../components/look.tsx';
import { houseLabels } from '../house-words.ts';
import { TrialBalanceDocument } from '../operations.generated.ts';

const dayMs = 86_400_000;

/** The whole ledger on one day: in each currency, the balances sum to zero. */
export default function TrialBalance() {
  const address = useAddress();
  const yesterday = new Date(Date.now() - dayMs).toISOString().slice(0, 10);
  const day = dayBegins(address.get('day')) === null ? yesterday : address.get('day');
  const [typed, setTyped] = useState(day);
  // Each look reads the whole ledger and is an entry of the audit log, so a day that is being typed is not requested.
  const choice = useSubmission({ day: dayBegins(typed) === null ? 'Enter a day.' : null }, async () => {
    address.set({ day: typed });
    return await Promise.resolve([]);
  });
  return (
    <Page title="Trial balance" lead="All accounts on one day in UTC. In each currency, the balances sum to zero.">
      <Form submission={choice} label="Choose a day">
        <TextInput label="Day" name="day" type="date" value={typed} onChange={setTyped} />
        <div className="buttons">
          <Button type="submit">Show</Button>
        </div>
      </Form>
      <Look at="house">{(reason) => <Lines reason={reason} day={day} />}</Look>
    </Page>
  );
}

function Lines({ reason, day }: { readonly reason: string; readonly day: string }) {
  const { data, error, refetch } = useQuery(TrialBalanceDocument, {
    variables: { reason, day: `${day}T00:00:00.000Z` },
  });
  const lines = data?.trialBalance?.lines;
  if (lines === undefined) {
    return error === undefined ? <Loading count={6} /> : <Failed error={error} again={() => void refetch()} />;
  }
  if (lines.length === 0) return <Empty icon="house" title="No money had moved by then" />;
  return (
    <table className="table">
      <thead>
        <tr>
          <th>Account</th>
          {['Opening', 'Out', 'In', 'Closing'].map((title) => (
            <th key={title} className="figure">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ account, currency, opening, debits, credits, closing }) => (
          <tr key={`${account} ${currency}`}>
            <td>
              {account === null ? 'Customers' : houseLabels[account].title}, {currency}
            </td>
            {[opening, debits, credits, closing].map((money, index) => (
              <td key={index} className="figure">
                <bdi dir="ltr">{formatMoney(money)}</bdi>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
