import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../components/button.tsx';
import { AccountChoice, AmountInput, amountProblem, TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Page } from '../components/page.tsx';
import { Failed, Loading } from '../components/states.tsx';
import { type AccountPartsFragment, AccountsDocument, PlaceOrderDocument } from '../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../idempotency.ts';
import { formatMoney, multiply, parseAmount } from '../money.ts';

export default function NewOrder() {
  const { data, error, refetch } = useQuery(AccountsDocument);
  const accounts = data?.viewer?.accounts;
  return (
    <Page title="New order" narrow>
      {accounts == null ? (
        error === undefined ? (
          <Loading shape="fields" count={4} />
        ) : (
          <Failed error={error} again={() => void refetch()} />
        )
      ) : (
        <OrderForm accounts={accounts} />
      )}
    </Page>
  );
}

function OrderForm({ accounts }: { readonly accounts: readonly AccountPartsFragment[] }) {
  const [productId, setProduct] = useState('');
  const [unitPrice, setPrice] = useState('');
  const [quantity, setQuantity] = useState('1');
  const [accountId, setAccount] = useState(accounts[0]?.id ?? '');
  const account = accounts.find(({ id }) => id === accountId);
  const keyFor = useIdempotencyKeys();
  const [place] = useMutation(PlaceOrderDocument);
  const navigate = useNavigate();
  const price = parseAmount(unitPrice);
  const count = countOf(quantity);

  const problems = {
    productId: productId.trim() === '' ? 'Say what you would like.' : null,
    unitPrice: amountProblem(unitPrice),
    quantity: count === null ? 'Enter a whole number.' : null,
    accountId: null,
  };
  const submission = useSubmission(problems, async () => {
    if (account === undefined || count === null) return [];
    const content = {
      productId,
      unitPrice: { amount: price ?? unitPrice, currency: account.currency },
      quantity: count,
    };
    const { data } = await place({ variables: { input: { ...content, idempotencyKey: keyFor(content) } } });
    const payload = data?.placeOrder;
    if (payload?.order != null) void navigate(`/orders/${payload.order.id}`, { replace: true });
    return payload?.userErrors ?? [];
  });

  return (
    <Form submission={submission} label="New order">
      <TextInput label="What" name="productId" value={productId} onChange={setProduct} maxLength={200} isRequired />
      <div className="field-pair">
        <AmountInput
          label="Price of one"
          name="unitPrice"
          value={unitPrice}
          onChange={setPrice}
          suffix={account?.currency}
        />
        <TextInput
          label="How many"
          name="quantity"
          value={quantity}
          onChange={setQuantity}
          inputMode="numeric"
          isRequired
        />
      </div>
      <AccountChoice label="Pay from" name="accountId" accounts={accounts} value={accountId} onChange={setAccount} />
      <dl className="summary">
        <div className="summary-line summary-line-strong">
          <dt>Total</dt>
          <dd>
            {account === undefined || price === null || count === null
              ? '—'
              : formatMoney({ amount: multiply(price, BigInt(count)), currency: account.currency })}
          </dd>
        </div>
      </dl>
      <Button type="submit" look="primary" wide isPending={submission.isPending}>
        Place order
      </Button>
    </Form>
  );
}

/** Null where it is no whole number that a quantity can have. */
function countOf(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
