import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../../components/button.tsx';
import { Choices, TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Page } from '../../components/page.tsx';
import { Notice } from '../../components/states.tsx';
import { lookProblem, Reason } from '../components/reason.tsx';
import { FindCustomerDocument } from '../operations.generated.ts';
import { usePermits } from '../permits.tsx';

const keys = {
  email: 'Email address',
  id: 'Customer ID',
  accountNumber: 'Account number',
  orderId: 'Order ID',
} as const;

type Key = keyof typeof keys;

export default function FindCustomer() {
  return (
    <Page title="Find a customer" lead="The audit log records each search, and the customer sees it." narrow>
      <FindForm />
    </Page>
  );
}

/** @param customerId fills in the form, such as when the permit of a look has expired. */
export function FindForm({ customerId = '' }: { readonly customerId?: string }) {
  const [key, setKey] = useState<Key>(customerId === '' ? 'email' : 'id');
  const [text, setText] = useState(customerId);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const client = useApolloClient();
  const navigate = useNavigate();
  const { keep } = usePermits();
  const problems = {
    by: null,
    text: text.trim() === '' ? `Enter the ${keys[key]}.` : null,
    reason: lookProblem(reason),
  };
  const submission = useSubmission(problems, async () => {
    setMissing(false);
    const { data } = await client.query({
      query: FindCustomerDocument,
      variables: { by: { [key]: compact(key, text) }, reason: reason.trim() },
      fetchPolicy: 'no-cache',
    });
    const found = data?.customer ?? null;
    if (found === null) setMissing(true);
    else {
      keep(found.id, found.permit);
      await navigate(`/desk/customers/${found.id}`);
    }
    return [];
  });
  return (
    <Form submission={submission} label="Find a customer">
      {isMissing && <Notice kind="info">No customer is found. The search is recorded.</Notice>}
      <Choices
        label="Find by"
        name="by"
        value={key}
        onChange={(chosen) => setKey(chosen as Key)}
        choices={Object.entries(keys).map(([id, label]) => ({ id, label }))}
      />
      <TextInput label={keys[key]} name="text" value={text} onChange={setText} autoComplete="off" isRequired />
      <Reason value={reason} onChange={setReason} hint="The audit log records each search: 5 to 500 characters." />
      <Button type="submit" look="primary" icon="search" wide isPending={submission.isPending}>
        Find
      </Button>
    </Form>
  );
}

/** Account numbers are shown in groups. */
const compact = (key: Key, text: string) => (key === 'accountNumber' ? text.replaceAll(/\s/g, '') : text.trim());
