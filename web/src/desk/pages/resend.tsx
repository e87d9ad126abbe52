import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { useIdempotencyKeys } from '../../idempotency.ts';
import { useAddress } from '../../use-address.ts';
import { CustomerIdInput } from '../components/customer-id-input.tsx';
import { ActPage, type Outcome } from '../components/act-page.tsx';
import { Reason, reasonProblem } from '../components/reason.tsx';
import { ResendMessageDocument } from '../operations.generated.ts';

/** The address can name the customer and the message. */
export default function Resend() {
  return <ActPage title="Send a message again">{(show) => <ResendForm show={show} />}</ActPage>;
}

function ResendForm({ show }: { readonly show: (outcome: Outcome) => void }) {
  const address = useAddress();
  const [customerId, setCustomerId] = useState(address.get('customer'));
  const [notificationId, setNotificationId] = useState(address.get('message'));
  const [reason, setReason] = useState('');
  const keyFor = useIdempotencyKeys();
  const [resend] = useMutation(ResendMessageDocument);
  const problems = {
    customerId: customerId.trim() === '' ? 'Enter the id of the customer.' : null,
    notificationId: null,
    reason: reasonProblem(reason),
  };
  const submission = useSubmission(problems, async () => {
    const isProof = notificationId.trim() === '';
    const content = {
      customerId: customerId.trim(),
      notificationId: isProof ? null : notificationId.trim(),
      reason: reason.trim(),
    };
    const { data } = await resend({ variables: { input: { ...content, idempotencyKey: keyFor(content) } } });
    const { customerId: done = null, userErrors = [] } = data?.resendMessage ?? {};
    if (done !== null) show(outcomes[isProof ? 'proof' : 'message']);
    return userErrors;
  });
  return (
    <Form submission={submission} label="Send a message again">
      <CustomerIdInput value={customerId} onChange={setCustomerId} />
      <TextInput
        label="Message ID"
        name="notificationId"
        value={notificationId}
        onChange={setNotificationId}
        maxLength={40}
        hint="Leave it empty to send a new proof of the email address."
      />
      <Reason value={reason} onChange={setReason} />
      <Button type="submit" look="primary" wide isPending={submission.isPending}>
        Send again
      </Button>
    </Form>
  );
}

const outcomes: Readonly<Record<'proof' | 'message', Outcome>> = {
  proof: {
    title: 'A new proof is on its way',
    text: 'The customer gets a new link and code. The old ones no longer work.',
  },
  message: {
    title: 'The message is on its way',
    text: 'It goes to the current email address of the customer.',
  },
};
