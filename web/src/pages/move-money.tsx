import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Button, ButtonLink } from '../components/button.tsx';
import { AccountChoice, AmountInput, amountProblem } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Page } from '../components/page.tsx';
import { Failed, Loading, Notice } from '../components/states.tsx';
import { Done } from '../components/done.tsx';
import {
  type AccountPartsFragment,
  AccountsDocument,
  DepositDocument,
  type OrderPartsFragment,
  WithdrawDocument,
} from '../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../idempotency.ts';
import { currencyNames, excess, firstWithMoney, formatMoney, type Money, parseAmount, typedAmount } from '../money.ts';
import { useLinkedOrder } from '../use-linked-order.ts';

type Direction = 'deposit' | 'withdraw';

const words = {
  deposit: { title: 'Add money', account: 'To', done: 'added', again: 'Add more' },
  withdraw: { title: 'Withdraw', account: 'From', done: 'withdrawn', again: 'Withdraw more' },
} as const;

/** The address can name the account (`?account=<id>`), or an order that needs money (`?for=<order id>`). */
export default function MoveMoney({ direction }: { readonly direction: Direction }) {
  const { data, error, refetch } = useQuery(AccountsDocument);
  const { order, isLoading } = useLinkedOrder('for');
  const [instance, setInstance] = useState(0);
  const accounts = data?.viewer?.accounts;

  return (
    <Page title={words[direction].title} narrow>
      {accounts == null || isLoading ? (
        error === undefined ? (
          <Loading shape="fields" count={2} />
        ) : (
          <Failed error={error} again={() => void refetch()} />
        )
      ) : (
        <MoveForm
          key={instance}
          direction={direction}
          accounts={accounts}
          order={order}
          isRepeated={instance > 0}
          again={() => setInstance(instance + 1)}
        />
      )}
    </Page>
  );
}

interface MoveFormProps {
  readonly direction: Direction;
  readonly accounts: readonly AccountPartsFragment[];
  readonly order: OrderPartsFragment | null;
  /** Whether the person came from the result of this form, whose button had the focus. */
  readonly isRepeated: boolean;
  readonly again: () => void;
}

function MoveForm({ direction, accounts, order, isRepeated, again }: MoveFormProps) {
  const first = useFirstAccount(direction, accounts, order);
  const [missing] = useState(first === undefined || isRepeated ? null : missingFor(order, first));
  const [accountId, setAccountId] = useState(first?.id ?? '');
  const [amount, setAmount] = useState(missing === null ? '' : typedAmount(missing.amount));
  const [moved, setMoved] = useState<Money | null>(null);
  const account = accounts.find(({ id }) => id === accountId);
  const keyFor = useIdempotencyKeys();
  const [deposit] = useMutation(DepositDocument);
  const [withdraw] = useMutation(WithdrawDocument);

  const submission = useSubmission({ accountId: null, amount: amountProblem(amount, account?.currency) }, async () => {
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
    return <Moved direction={direction} moved={moved} account={account} order={order} again={again} />;
  }
  return (
    <Form submission={submission} label={words[direction].title}>
      {missing !== null && order !== null && (
        <Notice kind="info">
          {formatMoney(missing)} is missing for {order.quantity} × {order.productId}.
        </Notice>
      )}
      <AccountChoice
        label={words[direction].account}
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
        currency={account?.currency}
        hint={account !== undefined && `Balance: ${formatMoney(account.balance)}`}
        autoFocus={isRepeated}
      />
      <Button type="submit" look="primary" wide isPending={submission.isPending}>
        {words[direction].title}
      </Button>
    </Form>
  );
}

/** The account that the address names, that pays for the order, or the one to begin with. */
function useFirstAccount(
  direction: Direction,
  accounts: readonly AccountPartsFragment[],
  order: OrderPartsFragment | null,
): AccountPartsFragment | undefined {
  const [parameters] = useSearchParams();
  return (
    accounts.find(({ id }) => id === parameters.get('account')) ??
    accounts.find(({ currency }) => currency === order?.total.currency) ??
    (direction === 'withdraw' ? firstWithMoney(accounts) : accounts[0])
  );
}

/** Null where the balance covers the order, or is in another currency. */
function missingFor(order: OrderPartsFragment | null, { currency, balance }: AccountPartsFragment): Money | null {
  if (order === null || order.total.currency !== currency) return null;
  const amount = excess(order.total.amount, balance.amount);
  return amount === null ? null : { amount, currency };
}

interface MovedProps {
  readonly direction: Direction;
  readonly moved: Money;
  readonly account: AccountPartsFragment | undefined;
  readonly order: OrderPartsFragment | null;
  readonly again: () => void;
}

function Moved({ direction, moved, account, order, again }: MovedProps) {
  return (
    <Done title={`${formatMoney(moved)} ${words[direction].done}`}>
      {account !== undefined && (
        <p>
          Your {currencyNames[account.currency]} balance is now {formatMoney(account.balance)}.
        </p>
      )}
      <div className="buttons">
        {order !== null && (
          <ButtonLink to={`/orders/new?again=${order.id}`} look="primary">
            Order again
          </ButtonLink>
        )}
        <ButtonLink to="/" look={order === null ? 'primary' : 'secondary'}>
          Done
        </ButtonLink>
        <Button onPress={again}>{words[direction].again}</Button>
      </div>
    </Done>
  );
}
