import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { useAddress } from '../../use-address.ts';
import { CustomerIdInput } from '../components/customer-id-input.tsx';
import { ActPage, type Outcome } from '../components/act-page.tsx';
import { Reason, reasonProblem } from '../components/reason.tsx';
import { FreezeCustomerDocument, UnfreezeCustomerDocument } from '../operations.generated.ts';

type Change = 'freeze' | 'release';

const titles: Readonly<Record<Change, string>> = { freeze: 'Freeze', release: 'Release' };

/** The address can name the customer and the account. */
export default function Freeze({ change }: { readonly change: Change }) {
  return <ActPage title={titles[change]}>{(show) => <FreezeForm change={change} show={show} />}</ActPage>;
}

function FreezeForm({ change, show }: { readonly change: Change; readonly show: (outcome: Outcome) => void }) {
  const address = useAddress();
  const [customerId, setCustomerId] = useState(address.get('customer'));
  const [accountId, setAccountId] = useState(address.get('account'));
  const [reason, setReason] = useState('');
  const [freeze] = useMutation(FreezeCustomerDocument);
  const [unfreeze] = useMutation(UnfreezeCustomerDocument);
  const problems = {
    customerId: customerId.trim() === '' ? 'Enter the id of the customer.' : null,
    accountId: null,
    reason: reasonProblem(reason),
  };
  const submission = useSubmission(problems, async () => {
    const isWhole = accountId.trim() === '';
    const input = { customerId: customerId.trim(), accountId: isWhole ? null : accountId.trim(), reason };
    const variables = { input };
    const payload =
      change === 'freeze'
        ? (await freeze({ variables })).data?.freezeCustomer
        : (await unfreeze({ variables })).data?.unfreezeCustomer;
    if (payload?.freeze != null) show(outcomes[change][isWhole ? 'customer' : 'account']);
    return payload?.userErrors ?? [];
  });
  return (
    <Form submission={submission} label={titles[change]}>
      <CustomerIdInput value={customerId} onChange={setCustomerId} />
      <TextInput
        label="Account ID"
        name="accountId"
        value={accountId}
        onChange={setAccountId}
        maxLength={40}
        hint="Leave it empty for all accounts of the customer."
      />
      <Reason value={reason} onChange={setReason} />
      <Button type="submit" look={change === 'freeze' ? 'danger' : 'primary'} wide isPending={submission.isPending}>
        {titles[change]}
      </Button>
    </Form>
  );
}

const outcomes: Readonly<Record<Change, Readonly<Record<'customer' | 'account', Outcome>>>> = {
  freeze: {
    customer: {
      title: 'The customer is frozen',
      text: 'All accounts neither pay nor receive until an operator releases the customer. Refunds still arrive.',
    },
    account: {
      title: 'The account is frozen',
      text: 'It neither pays nor receives until an operator releases it. Refunds still arrive.',
    },
  },
  release: {
    customer: {
      title: 'The customer is released',
      text: 'The accounts pay and receive again, except those with a freeze of their own.',
    },
    account: {
      title: 'The account is released',
      text: 'It pays and receives again, unless the whole customer is frozen.',
    },
  },
};
