import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { amountProblem, TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { useIdempotencyKeys } from '../../idempotency.ts';
import { parseAmount } from '../../money.ts';
import { useAddress } from '../../use-address.ts';
import { ActPage, type Outcome } from '../components/act-page.tsx';
import { currencyIn, MoneyInput } from '../components/money-input.tsx';
import { Reason, reasonProblem } from '../components/reason.tsx';
import { RefundCustomerOrderDocument } from '../operations.generated.ts';

/** The address can name the order. */
export default function Refund() {
  return <ActPage title="Refund an order">{(show) => <RefundForm show={show} />}</ActPage>;
}

function RefundForm({ show }: { readonly show: (outcome: Outcome) => void }) {
  const address = useAddress();
  const [orderId, setOrderId] = useState(address.get('order'));
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState(currencyIn(''));
  const [reason, setReason] = useState('');
  const keyFor = useIdempotencyKeys();
  const [refund] = useMutation(RefundCustomerOrderDocument);
  const problems = {
    orderId: orderId.trim() === '' ? 'Enter the id of the order.' : null,
    amount: amount.trim() === '' ? null : amountProblem(amount, currency),
    reason: reasonProblem(reason),
  };
  const submission = useSubmission(problems, async () => {
    const part = amount.trim() === '' ? {} : { amount: { amount: parseAmount(amount)!, currency } };
    const content = { orderId: orderId.trim(), ...part, reason };
    // Not the reason: an operator may edit it after a lost response.
    const idempotencyKey = keyFor({ orderId: content.orderId, ...part });
    const { data } = await refund({ variables: { input: { ...content, idempotencyKey } } });
    const { order, userErrors = [] } = data?.refundCustomerOrder ?? {};
    if (order != null) {
      show({
        title: 'The order is being refunded',
        text: 'The money is on its way to the account, also to a frozen one. The customer gets a message.',
      });
    }
    return userErrors;
  });
  return (
    <Form submission={submission} label="Refund an order">
      <TextInput label="Order ID" name="orderId" value={orderId} onChange={setOrderId} maxLength={40} isRequired />
      <p className="row-detail">Without an amount, all that is left of the order is refunded.</p>
      <MoneyInput
        amount={amount}
        onAmount={setAmount}
        currency={currency}
        onCurrency={setCurrency}
        isRequired={false}
      />
      <Reason value={reason} onChange={setReason} />
      <Button type="submit" look="primary" wide isPending={submission.isPending}>
        Refund
      </Button>
    </Form>
  );
}
