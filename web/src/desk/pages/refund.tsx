import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { useIdempotencyKeys } from '../../idempotency.ts';
import { useAddress } from '../../use-address.ts';
import { ActPage, type Outcome } from '../components/act-page.tsx';
import { Reason, reasonProblem } from '../components/reason.tsx';
import { RefundCustomerOrderDocument } from '../operations.generated.ts';

/** The address can name the order. */
export default function Refund() {
  return <ActPage title="Refund an order">{(show) => <RefundForm show={show} />}</ActPage>;
}

function RefundForm({ show }: { readonly show: (outcome: Outcome) => void }) {
  const address = useAddress();
  const [orderId, setOrderId] = useState(address.get('order'));
  const [reason, setReason] = useState('');
  const keyFor = useIdempotencyKeys();
  const [refund] = useMutation(RefundCustomerOrderDocument);
  const problems = {
    orderId: orderId.trim() === '' ? 'Enter the id of the order.' : null,
    reason: reasonProblem(reason),
  };
  const submission = useSubmission(problems, async () => {
    const content = { orderId: orderId.trim(), reason };
    // Not the reason: an operator may edit it after a lost response.
    const idempotencyKey = keyFor({ orderId: content.orderId });
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
      <Reason value={reason} onChange={setReason} />
      <Button type="submit" look="primary" wide isPending={submission.isPending}>
        Refund
      </Button>
    </Form>
  );
}
