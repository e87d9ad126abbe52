import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { ungrouped } from '../account-number.ts';
import { amountProblem } from '../components/fields.tsx';
import { confirmed } from '../components/confirmation.tsx';
import { useSubmission } from '../components/form.tsx';
import { Page } from '../components/page.tsx';
import { Failed, Loading } from '../components/states.tsx';
import { placed, type Shown } from '../graph/refusals.ts';
import {
  type AccountPartsFragment,
  AccountsDocument,
  TransferDocument,
  type TransactionPartsFragment,
} from '../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../idempotency.ts';
import { exceeds, firstWithMoney, formatMoney, isZero, parseAmount } from '../money.ts';
import { type Quote, useQuote } from '../quote.ts';
import type { Refusals } from '../session/session.ts';
import { Review } from './transfer/review.tsx';
import { Sent } from './transfer/sent.tsx';
import { type Draft, TransferFields } from './transfer/transfer-fields.tsx';

/** The address can name the account that pays (`?from=<id>`). */
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
        <TransferSteps
          key={instance}
          accounts={accounts}
          isRepeated={instance > 0}
          again={() => setInstance(instance + 1)}
        />
      )}
    </Page>
  );
}

interface StepsProps {
  readonly accounts: readonly AccountPartsFragment[];
  /** Whether the person came from the result of this form, whose button had the focus. */
  readonly isRepeated: boolean;
  readonly again: () => void;
}

/** The fields, the review, and the result. */
function TransferSteps({ accounts, isRepeated, again }: StepsProps) {
  const [draft, edit] = useDraft(accounts);
  const [step, setStep] = useState<'fields' | 'review'>('fields');
  const [takesFocus, setTakesFocus] = useState<'toAccountId' | 'amount' | null>(isRepeated ? 'toAccountId' : null);
  const [sent, setSent] = useState<TransactionPartsFragment | null>(null);
  const { from, own, input, attempt } = read(draft, accounts);
  const { quote, refusals, isLoading, error, renew, refusalsOf } = useQuote(input);
  const transfer = useTransfer();
  const back = () => {
    setTakesFocus('amount');
    setStep('fields');
  };

  const tooMuch = tooMuchIn(quote, from, attempt?.amount.amount);
  const problems = {
    fromAccountId: null,
    toAccountId: attempt?.toAccountId === '' ? 'Enter the account number of the person you want to pay.' : null,
    amount: amountProblem(draft.amount) ?? tooMuch,
    description: null,
  };
  const sendForReview = async () => {
    if (input === null) return attempt === null ? [] : await refusalsOf(attempt);
    const outcome = await renew();
    if (outcome.quote !== null && tooMuchIn(outcome.quote, from) === null) setStep('review');
    return outcome.refusals;
  };
  const review = useSubmission(problems, sendForReview, { sendsProblems: true });
  const send = useSubmission({}, async () => {
    if (input === null || quote === null) return [];
    const refused = await confirmed(async (confirmation) => {
      const payload = await transfer({ ...input, description: draft.note.trim() || null }, quote, confirmation);
      if (payload?.transaction != null) setSent(payload.transaction);
      return payload?.userErrors ?? [];
    });
    if (refused.some(({ code }) => code === 'QUOTE_EXPIRED')) await renew();
    return refused.map(inWords);
  });

  // A transfer that cannot be quoted any more cannot be confirmed: it has to be reviewed again.
  if (step === 'review' && quote === null) back();
  if (sent !== null) return <Sent transaction={sent} to={own} again={again} />;
  if (step === 'review' && quote !== null && from !== undefined) {
    const to = own ?? attempt?.toAccountId;
    return <Review quote={quote} from={from} to={to} note={draft.note.trim()} submission={send} back={back} />;
  }
  const quoted = placed(refusals, Object.keys(problems));
  const live = tooMuch === null ? quoted : { ...quoted, byField: { ...quoted.byField, amount: [tooMuch] } };
  return (
    <TransferFields
      accounts={accounts}
      draft={draft}
      edit={edit}
      takesFocus={takesFocus}
      submission={{ ...review, shown: withLive(review.shown, live) }}
      quote={quote}
      isLoading={isLoading}
      error={error}
    />
  );
}

function useDraft(accounts: readonly AccountPartsFragment[]): [Draft, (changes: Partial<Draft>) => void] {
  const [parameters] = useSearchParams();
  const first = accounts.find(({ id }) => id === parameters.get('from')) ?? firstWithMoney(accounts);
  const [draft, setDraft] = useState<Draft>({
    fromAccountId: first?.id ?? '',
    receiver: 'other',
    number: '',
    ownAccountId: '',
    amount: '',
    note: '',
  });
  return [draft, (changes) => setDraft({ ...draft, ...changes })];
}

/** Sent in place of an amount that cannot be read: the server refuses it, along with every other fault. */
const refusedAmount = '0';

/** What the draft says: the accounts, the complete input, and the input with stand-ins for what cannot be read. */
function read(draft: Draft, accounts: readonly AccountPartsFragment[]) {
  const from = accounts.find(({ id }) => id === draft.fromAccountId);
  const others = accounts.filter(({ id }) => id !== draft.fromAccountId);
  const own = draft.receiver === 'own' ? (others.find(({ id }) => id === draft.ownAccountId) ?? others[0]) : undefined;
  const toAccountId = draft.receiver === 'own' ? (own?.id ?? '') : ungrouped(draft.number);
  const amount = parseAmount(draft.amount);
  const attempt =
    from === undefined
      ? null
      : {
          fromAccountId: from.id,
          toAccountId,
          amount: { amount: amount ?? refusedAmount, currency: from.currency },
        };
  return { from, own, attempt, input: amount === null || toAccountId === '' ? null : attempt };
}

/**
 * The problem with an amount that the balance does not cover, with the fee once there is a quote; null otherwise. It fits
 * on one line of a phone, as the hint that it replaces does.
 */
function tooMuchIn(quote: Quote | null, from: AccountPartsFragment | undefined, amount?: string): string | null {
  const total = quote?.total.amount ?? amount;
  if (from === undefined || total === undefined || !exceeds(total, from.balance.amount)) return null;
  if (quote === null || isZero(quote.fee)) return `This is more than your balance of ${formatMoney(from.balance)}.`;
  return `You need ${formatMoney(quote.total)} and have ${formatMoney(from.balance)}.`;
}

/** Sends a transfer at most once for the same content, however often the person confirms it. */
function useTransfer() {
  const keyFor = useIdempotencyKeys();
  const [transfer] = useMutation(TransferDocument);
  return async (
    content: NonNullable<ReturnType<typeof read>['input']> & { description: string | null },
    quote: Quote,
    confirmation: string | null,
  ) => {
    const variables = { input: { ...content, quoteId: quote.id, confirmation, idempotencyKey: keyFor(content) } };
    return (await transfer({ variables })).data?.transfer;
  };
}

/** Shows the refusals of the live quote, and those of the submission in their place where a field has both. */
function withLive(sent: Shown, live: Shown): Shown {
  return {
    byField: { ...live.byField, ...sent.byField },
    general: [...new Set([...sent.general, ...live.general])],
  };
}

/** A refusal in the review, which has no fields. */
function inWords(refusal: Refusals[number]): Refusals[number] {
  const message =
    refusal.code === 'IDEMPOTENCY_KEY_REUSED'
      ? 'This transfer was already sent. You find it in your history.'
      : refusal.code === 'QUOTE_EXPIRED'
        ? 'The quote has expired. Check the new one, then confirm again.'
        : refusal.message;
  return { ...refusal, field: null, message };
}
