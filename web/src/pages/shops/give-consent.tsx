import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { AccountChoice, AmountInput, amountProblem, Choices } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Line } from '../../components/summary.tsx';
import { AccountsDocument, GiveShopConsentDocument } from '../../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../../idempotency.ts';
import { firstWithMoney, parseAmount } from '../../money.ts';
import type { Shop } from '../shops.tsx';

interface GiveConsentProps {
  readonly shop: Shop;
  readonly close: () => void;
  readonly onGiven: (id: string) => void;
}

const never = 'never';
const lives = [
  { id: '30', label: '30 days' },
  { id: '365', label: 'A year' },
  { id: never, label: 'When I withdraw it' },
];

/** Sent in place of an amount that cannot be read: the server refuses it, along with every other fault. */
const refusedAmount = '0';

/** Shows the shop's name and id, and takes the limits. Another shop can have the same name, but not the same id. */
export function GiveConsent({ shop, close, onGiven }: GiveConsentProps) {
  const accounts = useQuery(AccountsDocument).data?.viewer?.accounts ?? [];
  const [chosen, setAccount] = useState('');
  const account = accounts.find(({ id }) => id === chosen) ?? firstWithMoney(accounts);
  const [orderLimit, setOrderLimit] = useState('');
  const [monthLimit, setMonthLimit] = useState('');
  const [days, setDays] = useState('365');
  const keyFor = useIdempotencyKeys();
  const [giveConsent] = useMutation(GiveShopConsentDocument);
  const problems = {
    orderLimit: amountProblem(orderLimit, account?.currency),
    monthLimit: amountProblem(monthLimit, account?.currency),
    accountId: null,
    expiresInDays: null,
  };
  const give = useSubmission(
    problems,
    async () =>
      await confirmed(async (confirmation) => {
        if (account === undefined) return [];
        const limit = (text: string) => ({ amount: parseAmount(text) ?? refusedAmount, currency: account.currency });
        const content = {
          shopId: shop.id,
          shopName: shop.name,
          orderLimit: limit(orderLimit),
          monthLimit: limit(monthLimit),
          expiresInDays: days === never ? null : Number(days),
        };
        const { data } = await giveConsent({
          variables: { input: { ...content, confirmation, idempotencyKey: keyFor(content) } },
        });
        const { consent, userErrors = [] } = data?.giveShopConsent ?? {};
        if (consent != null) onGiven(consent.id);
        return userErrors;
      }),
  );
  return (
    <Form submission={give} label={`Authorise ${shop.name}`}>
      <dl className="summary">
        <Line term="Shop" isStrong>
          <bdi>{shop.name}</bdi>
        </Line>
        <Line term="Shop ID">{shop.id}</Line>
      </dl>
      <p className="hint">Compare the id with the one that the shop shows you: another shop can use the same name.</p>
      <AccountChoice
        label="Pay from"
        name="accountId"
        accounts={accounts}
        value={account?.id ?? ''}
        onChange={setAccount}
      />
      <div className="field-pair">
        <AmountInput
          label="At most for an order"
          name="orderLimit"
          value={orderLimit}
          onChange={setOrderLimit}
          currency={account?.currency}
        />
        <AmountInput
          label="At most in a month"
          name="monthLimit"
          value={monthLimit}
          onChange={setMonthLimit}
          currency={account?.currency}
        />
      </div>
      <Choices label="It ends after" name="expiresInDays" value={days} onChange={setDays} choices={lives} />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={give.isPending}>
          Authorise this shop
        </Button>
        <Button onPress={close}>Cancel</Button>
      </div>
    </Form>
  );
}
