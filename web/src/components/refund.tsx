import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { ConfirmDialog } from './dialog.tsx';
import { AmountInput, amountProblem } from './fields.tsx';
import { Form, useSubmission } from './form.tsx';
import { CancelOrderDocument, type OrderPartsFragment, RefundOrderDocument } from '../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../idempotency.ts';
import { currencyNames, excess, formatMoney, parseAmount, typedAmount } from '../money.ts';

type Order = OrderPartsFragment;

/** Refunds all that is left of an order, or the amount that the person enters. */
export function Refund({ order }: { readonly order: Order }) {
  const { total, refunded } = order;
  const { currency } = total;
  const left = { amount: excess(total.amount, refunded.amount) ?? '0', currency };
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? typedAmount(left.amount);
  const keyFor = useIdempotencyKeys();
  const [refund] = useMutation(RefundOrderDocument);
  const submission = useSubmission({ amount: amountProblem(text, currency) }, async () => {
    const amount = { amount: parseAmount(text)!, currency };
    const content = { orderId: order.id, ...(typed === null ? {} : { amount }) };
    // A second refund of the same amount is another one.
    const idempotencyKey = keyFor({ ...content, refunded: refunded.amount });
    const { data } = await refund({ variables: { input: { ...content, idempotencyKey } } });
    const refusals = data?.refundOrder?.userErrors ?? [];
    if (refusals.length === 0) {
      setOpen(false);
      setTyped(null);
    }
    return refusals;
  });
  return (
    <>
      <Button icon="undo" onPress={() => setOpen(true)}>
        Refund
      </Button>
      <ConfirmDialog
        title="Refund this order?"
        text={`Up to ${formatMoney(left)} returns to your ${currencyNames[currency]} account.`}
        isOpen={isOpen}
        onOpenChange={setOpen}
      >
        <Form submission={submission} label="Refund">
          <AmountInput label="Amount" name="amount" value={text} onChange={setTyped} currency={currency} />
          <div className="buttons">
            <Button type="submit" look="primary" isPending={submission.isPending}>
              Refund
            </Button>
            <Button slot="close">Keep the order</Button>
          </div>
        </Form>
      </ConfirmDialog>
    </>
  );
}

/** Requests the cancellation of an order that is not paid yet. */
export function Cancel({ order: { id: orderId } }: { readonly order: Order }) {
  const keyFor = useIdempotencyKeys();
  const [cancel] = useMutation(CancelOrderDocument);
  const submission = useSubmission({}, async () => {
    const { data } = await cancel({ variables: { input: { orderId, idempotencyKey: keyFor({ orderId }) } } });
    return data?.cancelOrder?.userErrors ?? [];
  });
  return (
    <Form submission={submission} label="Cancel">
      <Button type="submit" icon="cross" isPending={submission.isPending}>
        Cancel the order
      </Button>
    </Form>
  );
}
