import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../components/button.tsx';
import { AccountChoice, AmountInput, amountProblem, TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Page } from '../components/page.tsx';
import { Failed, Loading } from '../components/states.tsx';
import { Line } from '../components/summary.tsx';
import {
  type AccountPartsFragment,
  AccountsDocument,
  type OrderPartsFragment,
  PlaceOrderDocument,
} from '../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../idempotency.ts';
import { exceeds, firstWithMoney, formatMoney, multiply, parseAmount, typedAmount } from '../money.ts';
import { useLinkedOrder } from '../use-linked-order.ts';

/** The address can name an order to repeat (`?again=<order id>`). */
export default function NewOrder() {
  const { data, error, refetch } = useQuery(AccountsDocument);
  const { order, isLoading } = useLinkedOrder('again');
  const accounts = data?.viewer?.accounts;
  return (
    <Page title="New order" narrow>
      {accounts == null || isLoading ? (
        error === undefined ? (
          <Loading shape="fields" count={4} />
        ) : (
          <Failed error={error} again={() => void refetch()} />
        )
      ) : (
        <OrderForm accounts={accounts} repeated={order} />
      )}
    </Page>
  );
}

interface OrderFormProps {
  readonly accounts: readonly AccountPartsFragment[];
  readonly repeated: OrderPartsFragment | null;
}

function OrderForm({ accounts, repeated }: OrderFormProps) {
  const first = accounts.find(({ currency }) => currency === repeated?.unitPrice.currency) ?? firstWithMoney(accounts);
  const [productId, setProduct] = useState(repeated?.productId ?? '');
  const [unitPrice, setPrice] = useState(repeated === null ? '' : typedAmount(repeated.unitPrice.amount));
  const [quantity, setQuantity] = useState(String(repeated?.quantity ?? 1));
  const [accountId, setAccount] = useState(first?.id ?? '');
  const account = accounts.find(({ id }) => id === accountId);
  const keyFor = useIdempotencyKeys();
  const [place] = useMutation(PlaceOrderDocument);
  const navigate = useNavigate();
  const price = parseAmount(unitPrice);
  const count = countOf(quantity);

  const problems = {
    productId: productId.trim() === '' ? 'Enter what you would like to order.' : null,
    unitPrice: amountProblem(unitPrice, account?.currency),
    quantity: count === null ? 'Enter a whole number.' : null,
    accountId: null,
  };
  const send = async () => {
    if (account === undefined) return [];
    const content = {
      productId,
      unitPrice: { amount: price ?? refusedAmount, currency: account.currency },
      quantity: count ?? refusedQuantity,
    };
    const { data } = await place({ variables: { input: { ...content, idempotencyKey: keyFor(content) } } });
    const payload = data?.placeOrder;
    if (payload?.order != null) void navigate(`/orders/${payload.order.id}`, { replace: true });
    return payload?.userErrors ?? [];
  };
  const submission = useSubmission(problems, send, { sendsProblems: true });

  return (
    <Form submission={submission} label="New order">
      <TextInput label="Product" name="productId" value={productId} onChange={setProduct} isRequired />
      <div className="field-pair">
        <AmountInput
          label="Price each"
          name="unitPrice"
          value={unitPrice}
          onChange={setPrice}
          currency={account?.currency}
        />
        <TextInput
          label="Quantity"
          name="quantity"
          value={quantity}
          onChange={setQuantity}
          inputMode="numeric"
          autoComplete="off"
          isRequired
        />
      </div>
      <AccountChoice label="Pay from" name="accountId" accounts={accounts} value={accountId} onChange={setAccount} />
      <Total account={account} amount={price === null || count === null ? null : multiply(price, BigInt(count))} />
      <Button type="submit" look="primary" wide isPending={submission.isPending}>
        Place order
      </Button>
    </Form>
  );
}

/** Sent in place of what cannot be read: the server refuses them, along with every other fault. */
const refusedAmount = '0';
const refusedQuantity = 0;

/** GraphQL's largest `Int`. The server refuses far smaller quantities. */
const largestInt = 2_147_483_647;

/** Null where the text is not a whole number. */
function countOf(text: string): number | null {
  const count = parseAmount(text);
  return count === null || count.includes('.') ? null : Math.min(Number(count), largestInt);
}

interface TotalProps {
  readonly account: AccountPartsFragment | undefined;
  /** Null while the price or the quantity cannot be read. */
  readonly amount: string | null;
}

function Total({ account, amount }: TotalProps) {
  const isKnown = account !== undefined && amount !== null;
  const isTooMuch = isKnown && exceeds(amount, account.balance.amount);
  return (
    <div>
      <dl className="summary">
        <Line term="Total" isStrong>
          {isKnown ? formatMoney({ amount, currency: account.currency }) : '—'}
        </Line>
      </dl>
      <p className="hint" role="status">
        {isTooMuch
          ? `This is more than your balance of ${formatMoney(account.balance)}. The order would be rejected.`
          : account !== undefined && `Balance: ${formatMoney(account.balance)}`}
      </p>
    </div>
  );
}
