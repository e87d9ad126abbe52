import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { useSearchParams } from 'react-router';
import { Button, ButtonLink } from '../components/button.tsx';
import { Done } from '../components/done.tsx';
import { AccountChoice, AmountInput, TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Page } from '../components/page.tsx';
import { QuoteSummary } from '../components/quote-summary.tsx';
import { Failed, Loading, Notice } from '../components/states.tsx';
import { placed, type Shown } from '../graph/refusals.ts';
import {
  type AccountPartsFragment,
  AccountsDocument,
  TransferDocument,
  type TransactionPartsFragment,
} from '../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../idempotency.ts';
import { formatMoney, parseAmount } from '../money.ts';
import { useQuote } from '../quote.ts';

export default function Transfer() {
  const { data, error, refetch } = useQuery(AccountsDocument);
  const [instance, setInstance] = useState(0);
  const accounts = data?.viewer?.accounts;
  return (
    <Page title="Send money" narrow>
      {accounts == null ? (
        error === undefined ? (
          <Loading rows={5} />
        ) : (
          <Failed error={error} again={() => void refetch()} />
        )
      ) : (
        <TransferForm key={instance} accounts={accounts} again={() => setInstance(instance + 1)} />
      )}
    </Page>
  );
}

type Receiver = 'friend' | 'own';

const fields = ['fromAccountId', 'toAccountId', 'amount', 'description'];

function TransferForm({
  accounts,
  again,
}: {
  readonly accounts: readonly AccountPartsFragment[];
  readonly again: () => void;
}) {
  const [parameters] = useSearchParams();
  const [fromAccountId, setFrom] = useState(parameters.get('from') ?? accounts[0]?.id ?? '');
  const [receiver, setReceiver] = useState<Receiver>('friend');
  const [number, setNumber] = useState('');
  const [ownAccountId, setOwn] = useState(accounts.find(({ id }) => id !== fromAccountId)?.id ?? '');
  const [amount, setAmount] = useState('');
  const [description, setDescription] = useState('');
  const [reviewing, setReviewing] = useState(false);
  const [done, setDone] = useState<TransactionPartsFragment | null>(null);
  const from = accounts.find(({ id }) => id === fromAccountId);
  const keyFor = useIdempotencyKeys();
  const [transfer] = useMutation(TransferDocument);

  const toAccountId = receiver === 'own' ? ownAccountId : number.replace(/\s/g, '');
  const decimal = parseAmount(amount);
  const input =
    from === undefined || decimal === null || toAccountId === ''
      ? null
      : { fromAccountId, toAccountId, amount: { amount: decimal, currency: from.currency } };
  const { quote, refusals, isLoading, error, renew } = useQuote(input);

  const review = useSubmission(fields, async () => {
    if (input === null) return [];
    const outcome = await renew();
    if (outcome.quote !== null) setReviewing(true);
    return outcome.refusals;
  });
  const send = useSubmission(fields, async () => {
    if (input === null || quote === null) return [];
    const content = { ...input, description: description.trim() === '' ? null : description.trim() };
    const variables = { input: { ...content, quoteId: quote.id, idempotencyKey: keyFor(content) } };
    const { data } = await transfer({ variables });
    const payload = data?.transfer;
    if (payload?.transaction != null) setDone(payload.transaction);
    const expired = payload?.userErrors.some(({ code }) => code === 'QUOTE_EXPIRED') === true;
    if (expired) await renew();
    return (payload?.userErrors ?? []).map((refusal) =>
      refusal.code === 'IDEMPOTENCY_KEY_REUSED'
        ? { ...refusal, field: null, message: 'This has been sent already: you find it in your history.' }
        : refusal.code === 'QUOTE_EXPIRED'
          ? {
              ...refusal,
              field: null,
              message: 'The offer ran out, and here is a new one. Look at it, and confirm again.',
            }
          : refusal,
    );
  });

  if (done !== null) return <Sent transaction={done} again={again} />;
  if (reviewing && quote !== null && from !== undefined) {
    return (
      <div className="review">
        <h2 className="review-title">Is this right?</h2>
        <QuoteSummary
          quote={quote}
          from={from}
          isOwn={receiver === 'own'}
          to={receiver === 'own' ? accounts.find(({ id }) => id === ownAccountId) : toAccountId}
          {...(description.trim() === '' ? {} : { description: description.trim() })}
        />
        <Form submission={{ ...send, shown: allGeneral(send.shown) }} label="Confirm">
          <div className="buttons">
            <Button type="submit" look="primary" isPending={send.isPending} autoFocus>
              Confirm and send
            </Button>
            <Button
              onPress={() => {
                send.clear();
                setReviewing(false);
              }}
            >
              Change
            </Button>
          </div>
        </Form>
      </div>
    );
  }
  const quoted = placed(refusals, fields);
  const shown = review.shown === undefined || Object.keys(review.shown.byField).length === 0 ? quoted : review.shown;
  return (
    <Form
      submission={{
        ...review,
        shown: { byField: shown.byField, general: [...review.shown.general, ...quoted.general] },
      }}
      label="Send money"
    >
      <AccountChoice label="From" name="fromAccountId" accounts={accounts} value={fromAccountId} onChange={setFrom} />
      <RadioGroup
        className="segments"
        value={receiver}
        onChange={(chosen) => setReceiver(chosen === 'own' ? 'own' : 'friend')}
      >
        <Label>To</Label>
        <div className="segments-frame">
          <Radio value="friend" className="segment">
            Somebody else
          </Radio>
          <Radio value="own" className="segment">
            My own account
          </Radio>
        </div>
      </RadioGroup>
      {receiver === 'friend' ? (
        <TextInput
          label="Their account number"
          name="toAccountId"
          value={number}
          onChange={setNumber}
          inputMode="numeric"
          autoComplete="off"
          hint="They find it on their overview and give it to you."
          isRequired
        />
      ) : (
        <AccountChoice
          label="My account"
          name="toAccountId"
          accounts={accounts.filter(({ id }) => id !== fromAccountId)}
          value={ownAccountId}
          onChange={setOwn}
        />
      )}
      <AmountInput
        label="Amount"
        name="amount"
        value={amount}
        onChange={setAmount}
        suffix={from?.currency}
        hint={from !== undefined && `Balance: ${formatMoney(from.balance)}`}
      />
      <TextInput
        label="What for (if you like)"
        name="description"
        value={description}
        onChange={setDescription}
        maxLength={500}
        hint="Both of you can read it."
      />
      <div className="live-quote" aria-live="polite" aria-busy={isLoading}>
        {quote !== null && from !== undefined && <QuoteSummary quote={quote} from={from} isOwn={receiver === 'own'} />}
        {error !== null && <Notice kind="error">{error}</Notice>}
      </div>
      <Button type="submit" look="primary" wide isPending={review.isPending}>
        Review
      </Button>
    </Form>
  );
}

/** Where the fields are not on the page, what belongs to them is shown with the rest. */
function allGeneral({ byField, general }: Shown): Shown {
  return { byField: {}, general: [...general, ...Object.values(byField).flat()] };
}

function Sent({ transaction, again }: { readonly transaction: TransactionPartsFragment; readonly again: () => void }) {
  const { received, amount, toAccountNumber } = transaction;
  return (
    <Done title={`${formatMoney(received ?? amount)} sent`}>
      <p>It has arrived on account {toAccountNumber}.</p>
      <div className="buttons">
        <ButtonLink to="/" look="primary">
          Done
        </ButtonLink>
        <Button onPress={again}>Send more</Button>
        <ButtonLink to="/history" look="quiet">
          See history
        </ButtonLink>
      </div>
    </Done>
  );
}
