import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Checkboxes } from '../../components/checkboxes.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { Choices, TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { type Scope, scopes } from '../../graph/enumerations.generated.ts';
import { CreateApiClientDocument } from '../../graph/operations.generated.ts';
import type { NewSecret } from './new-secret.ts';

const scopeWords: Readonly<Record<Scope, string>> = {
  'accounts:read': 'Read accounts and balances',
  'transactions:read': 'Read transactions',
  'deposits:write': 'Deposit',
  'withdrawals:write': 'Withdraw',
  'transfers:write': 'Send money to others',
  'orders:read': 'Read orders',
  'orders:write': 'Place and refund orders',
  'shop:orders': 'Be a shop: debit customers who authorise it',
  'notifications:read': 'Read messages',
  'notifications:write': 'Mark messages as read',
  'webhooks:read': 'Read webhooks and their deliveries',
  'webhooks:write': 'Create, change and delete webhooks',
};

const scopeChoices = scopes.map((id) => ({ id, label: scopeWords[id], detail: id }));

const lives = ['30', '90', '365'].map((id) => ({ id, label: `${id} days` }));

export function CreateApiClient({ onCreated }: { readonly onCreated: (secret: NewSecret) => void }) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState('90');
  const [createApiClient] = useMutation(CreateApiClientDocument);
  const problems = {
    name: name.trim() === '' ? 'Enter a name, such as “Nightly job”.' : null,
    scopes: chosen.length === 0 ? 'Choose at least one scope.' : null,
    expiresInDays: null,
  };
  const create = useSubmission(
    problems,
    async () =>
      await confirmed(async (confirmation) => {
        const input = { name, scopes: chosen, expiresInDays: Number(days), confirmation };
        const { data } = await createApiClient({ variables: { input } });
        const { apiClient, clientSecret, userErrors = [] } = data?.createApiClient ?? {};
        if (apiClient == null || clientSecret == null) return userErrors;
        setName('');
        setChosen([]);
        onCreated({ name: apiClient.name, clientId: apiClient.id, clientSecret });
        return [];
      }),
  );
  return (
    <Form submission={create} label="Create an API client">
      <TextInput
        label="Name of the program"
        name="name"
        maxLength={100}
        value={name}
        onChange={setName}
        hint={chosen.includes('shop:orders') ? 'Customers see this name. It cannot be changed later.' : undefined}
        autoComplete="off"
        isRequired
      />
      <Checkboxes
        label="What the program may do"
        name="scopes"
        choices={scopeChoices}
        chosen={chosen}
        onChange={setChosen}
      />
      <Choices label="It expires after" name="expiresInDays" value={days} onChange={setDays} choices={lives} />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={create.isPending}>
          Create an API client
        </Button>
      </div>
    </Form>
  );
}
