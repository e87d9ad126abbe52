import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { ShopDocument } from '../../graph/operations.generated.ts';
import type { Shop } from '../shops.tsx';

/** Finds a shop by its id, so that the person sees its registered name before authorising it. */
export function FindShop({ onFound }: { readonly onFound: (shop: Shop) => void }) {
  const client = useApolloClient();
  const [id, setId] = useState('');
  const [unknownId, setUnknownId] = useState<string | null>(null);
  const problems = { shopId: id.trim() === '' ? 'Enter the id that the shop shows you.' : null };
  const find = useSubmission(problems, async () => {
    const { data } = await client.query({
      query: ShopDocument,
      variables: { id: id.trim() },
      fetchPolicy: 'network-only',
    });
    if (data?.shop == null) setUnknownId(id);
    else onFound(data.shop);
    return [];
  });
  return (
    <Form submission={find} label="Find a shop">
      <TextInput
        label="Shop ID"
        name="shopId"
        maxLength={100}
        value={id}
        onChange={setId}
        autoComplete="off"
        hint={unknownId === id && id !== '' ? 'No shop has this id.' : undefined}
        isRequired
      />
      <div className="buttons">
        <Button type="submit" isPending={find.isPending}>
          Find the shop
        </Button>
      </div>
    </Form>
  );
}
