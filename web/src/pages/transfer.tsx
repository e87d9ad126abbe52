import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Button, ButtonLink } from '../components/button.tsx';
import { Done } from '../components/done.tsx';
import { AccountChoice, AmountInput, amountProblem, TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Page } from '../components/page.tsx';
import { QuoteSummary, TransferReview } from '../components/quote-summary.tsx';
import { Segments } from '../components/segments.tsx';
import { Failed, Loading, Notice } from '../components/states.tsx';
import { grouped } from '../components/values.tsx';
import { placed, type Shown } from '../graph/refusals.ts';
import {
  type AccountPartsFragment,
  AccountsDocument,
  TransferDocument,
  type TransactionPartsFragment,
} from '../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../idempotency.ts';
import { currencyNames, exceeds, formatMoney, parseAmount } from '../money.ts';
import { useQuote } from '../quote.ts';
import type { Refusals } from '../session/session.ts';

export default function Transfer() {
  const { data, error, refetch } = useQuery(AccountsDocument);
  const [instance, setInstance] = useState(0);
  const accounts = data?.viewer?.accounts;
  return (
    <Page title="Send money">
      {accounts == null ? (
        error === undefined ? (
          <Loading shape="fields" count={5} />
        ) : (
          <Failed error={error} again={() => void refetch()} />
        )
      ) : (
        <TransferForm key={instance} accounts={accounts} again={() => setInstance(instance + 1)} />
      )}
    </Page>
  );
}

const receivers = { friend: 'Somebody else', own: 'My own account' };

function TransferForm({
  accounts,
  again,
}: {
  readonly accounts: readonly AccountPartsFragment[];
  readonly again: () => void;
}) {
  const [parameters] = useSearchParams();
  const [fromAccountId, setFrom] = useState(parameters.get('from') ?? accounts[0]?.id ?? '');
  const [receiver, setReceiver] = useState<keyof typeof receivers>('friend');
  const [number, setNumber] = useState('');
  const [chosenOwn, setOwn] = useState('');
  const [amount, setAmount] = useState('');
  const [description, setDescription] = useState('');
  const [isReviewing, setReviewing] = useState(false);
  const [done, setDone] = useState<TransactionPartsFragment | null>(null);
  const from = accounts.find(({ id }) => id === fromAccountId);
  const others = accounts.filter(({ id }) => id !== fromAccountId);
  const own = others.find(({ id }) => id === chosenOwn) ?? others[0];
  const isOwn = receiver === 'own';
  const note = description.trim();
  const keyFor = useIdempotencyKeys();
  const [transfer] = useMutation(TransferDocument);

  const toAccountId = isOwn ? (own?.id ?? '') : number.replace(/\s/g, '');
  const decimal = parseAmount(amount);
  const input =
    from === undefined || decimal === null || toAccountId === ''
      ? null
      : { fromAccountId, toAccountId, amount: { amount: decimal, currency: from.currency } };
  const { quote, refusals, isLoading, error, renew } = useQuote(input);

  const isTooMuch = quote !== null && from !== undefined && exceeds(quote.total.amount, from.balance.amount);
  const tooMuch = isTooMuch ? `${formatMoney(quote.total)} is more than you have.` : null;
  const problems = {
    fromAccountId: null,
    toAccountId: toAccountId === '' ? 'Enter the number of the account that the money goes to.' : null,
    amount: amountProblem(amount) ?? tooMuch,
    description: null,
  };
  const review = useSubmission(problems, async () => {
    const outcome = await renew();
    if (outcome.quote !== null) setReviewing(true);
    return outcome.refusals;
  });
  const send = useSubmission({}, async () => {
    if (input === null || quote === null) return [];
    const content = { ...input, description: note === '' ? null : note };
    const variables = { input: { ...content, quoteId: quote.id, idempotencyKey: keyFor(content) } };
    const { data } = await transfer({ variables });
    const payload = data?.transfer;
    if (payload?.transaction != null) setDone(payload.transaction);
    const refusals = payload?.userErrors ?? [];
    if (refusals.some(({ code }) => code === 'QUOTE_EXPIRED')) await renew();
    return refusals.map(inWords);
  });

  // What cannot be quoted any more cannot be confirmed: back to the form, until it is reviewed again.
  if (isReviewing && quote === null) setReviewing(false);
  if (done !== null) return <Sent transaction={done} to={isOwn ? own : undefined} again={again} />;
  if (isReviewing && quote !== null && from !== undefined) {
    return (
      <div className="review">
        <h2>Is this right?</h2>
        <TransferReview quote={quote} from={from} isOwn={isOwn} to={isOwn ? own : toAccountId} description={note} />
        <Form submission={send} label="Confirm">
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
  const quoted = placed(refusals, Object.keys(problems));
  const told = tooMuch === null ? quoted : { ...quoted, byField: { ...quoted.byField, amount: [tooMuch] } };
  return (
    <Form submission={{ ...review, shown: withQuoted(review.shown, told) }} label="Send money">
      <div className="beside">
        <div className="form">
          <AccountChoice
            label="From"
            name="fromAccountId"
            accounts={accounts}
            value={fromAccountId}
            onChange={setFrom}
          />
          <Segments label="To" choices={receivers} chosen={receiver} onChange={setReceiver} />
          {isOwn ? (
            <AccountChoice
              label="My account"
              name="toAccountId"
              accounts={others}
              value={own?.id ?? ''}
              onChange={setOwn}
            />
          ) : (
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
            label="Note (optional)"
            name="description"
            value={description}
            onChange={setDescription}
            maxLength={500}
            hint="Both of you can read it."
          />
        </div>
        <div className="form beside-aside">
          <div className="live-quote" aria-live="polite" aria-busy={isLoading}>
            <QuoteSummary quote={quote} isOwn={isOwn} />
          </div>
          {error !== null && <Notice kind="error">{error}</Notice>}
          <Button type="submit" look="primary" wide isPending={review.isPending}>
            Review
          </Button>
        </div>
      </div>
    </Form>
  );
}

/** What is refused while it is typed stands beside what was refused when it was sent. */
function withQuoted(sent: Shown, quoted: Shown): Shown {
  return {
    byField: { ...quoted.byField, ...sent.byField },
    general: [...new Set([...sent.general, ...quoted.general])],
  };
}

/** The form is not there any more: nothing belongs to a field of it. */
function inWords(refusal: Refusals[number]): Refusals[number] {
  const message =
    refusal.code === 'IDEMPOTENCY_KEY_REUSED'
      ? 'This has been sent already: you find it in your history.'
      : refusal.code === 'QUOTE_EXPIRED'
        ? 'The offer ran out, and here is a new one. Look at it, and confirm again.'
        : refusal.message;
  return { ...refusal, field: null, message };
}

function Sent({
  transaction,
  to,
  again,
}: {
  readonly transaction: TransactionPartsFragment;
  readonly to: AccountPartsFragment | undefined;
  readonly again: () => void;
}) {
  const { received, amount, toAccountNumber } = transaction;
  const where =
    to === undefined ? `account ${grouped(toAccountNumber ?? '')}` : `your ${currencyNames[to.currency]} account`;
  return (
    <Done title={`${formatMoney(received ?? amount)} sent`}>
      <p>It has arrived on {where}.</p>
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
