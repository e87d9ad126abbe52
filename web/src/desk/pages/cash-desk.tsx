import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { amountProblem, TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import type { Currency } from '../../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../../idempotency.ts';
import { formatMoney, parseAmount } from '../../money.ts';
import { useAddress } from '../../use-address.ts';
import { ActPage, type Outcome } from '../components/act-page.tsx';
import { currencyIn, MoneyInput } from '../components/money-input.tsx';
import { Reason, reasonProblem } from '../components/reason.tsx';
import { DepositForCustomerDocument, WithdrawForCustomerDocument } from '../operations.generated.ts';

type Direction = 'deposit' | 'withdraw';

const words = {
  deposit: { title: 'Deposit for a customer', button: 'Deposit', done: 'deposited' },
  withdraw: { title: 'Withdraw for a customer', button: 'Withdraw', done: 'withdrawn' },
} as const;

/** The address can name the account and its currency. */
export default function CashDesk({ direction }: { readonly direction: Direction }) {
  return <ActPage title={words[direction].title}>{(show) => <CashForm direction={direction} show={show} />}</ActPage>;
}

function CashForm({ direction, show }: { readonly direction: Direction; readonly show: (outcome: Outcome) => void }) {
  const address = useAddress();
  const [accountId, setAccountId] = useState(address.get('account'));
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState<Currency>(currencyIn(address.get('currency')));
  const [reason, setReason] = useState('');
  const keyFor = useIdempotencyKeys();
  const [deposit] = useMutation(DepositForCustomerDocument);
  const [withdraw] = useMutation(WithdrawForCustomerDocument);
  const problems = {
    accountId: accountId.trim() === '' ? 'Enter the id or the number of the account.' : null,
    amount: amountProblem(amount, currency),
    currency: null,
    reason: reasonProblem(reason),
  };
  const submission = useSubmission(problems, async () => {
    const money = { amount: parseAmount(amount) ?? amount, currency };
    const content = { accountId: accountId.trim(), amount: money, reason };
    // Not the reason: an operator who edits it after a lost response must not move the money twice.
    const idempotencyKey = keyFor({ direction, accountId: content.accountId, amount: money });
    const variables = { input: { ...content, idempotencyKey } };
    const payload =
      direction === 'deposit'
        ? (await deposit({ variables })).data?.depositForCustomer
        : (await withdraw({ variables })).data?.withdrawForCustomer;
    if (payload?.transaction != null) show(outcomeOf(direction, formatMoney(money)));
    return payload?.userErrors ?? [];
  });
  return (
    <Form submission={submission} label={words[direction].title}>
      <TextInput
        label="Account"
        name="accountId"
        value={accountId}
        onChange={setAccountId}
        maxLength={40}
        hint="Its ID or its number."
        isRequired
      />
      <MoneyInput amount={amount} onAmount={setAmount} currency={currency} onCurrency={setCurrency} />
      <Reason value={reason} onChange={setReason} />
      <Button type="submit" look="primary" wide isPending={submission.isPending}>
        {words[direction].button}
      </Button>
    </Form>
  );
}

function outcomeOf(direction: Direction, amount: string): Outcome {
  const text =
    direction === 'deposit' ? 'The money is on the account.' : 'The account has paid it: hand it to the customer.';
  return { title: `${amount} ${words[direction].done}`, text };
}
