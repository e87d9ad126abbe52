import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Button, ButtonLink } from '../components/button.tsx';
import { AccountChoice, AmountInput, amountProblem } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Page } from '../components/page.tsx';
import { Failed, Loading } from '../components/states.tsx';
import { Done } from '../components/done.tsx';
import {
  type AccountPartsFragment,
  AccountsDocument,
  DepositDocument,
  WithdrawDocument,
} from '../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../idempotency.ts';
import { formatMoney, type Money, parseAmount } from '../money.ts';

type Direction = 'deposit' | 'withdraw';

const words = {
  deposit: { title: 'Add money', to: 'To', done: 'added' },
  withdraw: { title: 'Withdraw', to: 'From', done: 'withdrawn' },
} as const;

export default function MoveMoney({ direction }: { readonly direction: Direction }) {
  const { data, error, refetch } = useQuery(AccountsDocument);
  const [instance, setInstance] = useState(0);
  const accounts = data?.viewer?.accounts;

  return (
    <Page title={words[direction].title} narrow>
      {accounts == null ? (
        error === undefined ? (
          <Loading shape="fields" count={2} />
        ) : (
          <Failed error={error} again={() => void refetch()} />
        )
      ) : (
        <MoveForm key={instance} direction={direction} accounts={accounts} again={() => setInstance(instance + 1)} />
      )}
    </Page>
  );
}

function MoveForm({
  direction,
  accounts,
  again,
}: {
  readonly direction: Direction;
  readonly accounts: readonly AccountPartsFragment[];
  readonly again: () => void;
}) {
  const [parameters] = useSearchParams();
  const asked = accounts.find(({ id }) => id === parameters.get('account'));
  const [accountId, setAccountId] = useState((asked ?? accounts[0])?.id ?? '');
  const [amount, setAmount] = useState('');
  const [moved, setMoved] = useState<Money | null>(null);
  const account = accounts.find(({ id }) => id === accountId);
  const keyFor = useIdempotencyKeys();
  const [deposit] = useMutation(DepositDocument);
  const [withdraw] = useMutation(WithdrawDocument);

  const submission = useSubmission({ accountId: null, amount: amountProblem(amount) }, async () => {
    if (account === undefined) return [];
    const content = { accountId, amount: { amount: parseAmount(amount) ?? amount, currency: account.currency } };
    const variables = { input: { ...content, idempotencyKey: keyFor(content) } };
    const payload =
      direction === 'deposit'
        ? (await deposit({ variables })).data?.deposit
        : (await withdraw({ variables })).data?.withdraw;
    if (payload?.transaction != null) setMoved(payload.transaction.amount);
    return payload?.userErrors ?? [];
  });

  if (moved !== null) {
    return (
      <Done title={`${formatMoney(moved)} ${words[direction].done}`}>
        {account !== undefined && <p>Your balance is {formatMoney(account.balance)} now.</p>}
        <div className="buttons">
          <ButtonLink to="/" look="primary">
            Done
          </ButtonLink>
          <Button onPress={again}>{direction === 'deposit' ? 'Add more' : 'Withdraw more'}</Button>
        </div>
      </Done>
    );
  }
  return (
    <Form submission={submission} label={words[direction].title}>
      <AccountChoice
        label={words[direction].to}
        name="accountId"
        accounts={accounts}
        value={accountId}
        onChange={setAccountId}
      />
      <AmountInput
        label="Amount"
        name="amount"
        value={amount}
        onChange={setAmount}
        suffix={account?.currency}
        hint={account !== undefined && `Balance: ${formatMoney(account.balance)}`}
      />
      <Button type="submit" look="primary" wide isPending={submission.isPending}>
        {words[direction].title}
      </Button>
    </Form>
  );
}
