import { Button } from '../../components/button.tsx';
import { AccountChoice, AmountInput, TextInput } from '../../components/fields.tsx';
import { Form, type Submission } from '../../components/form.tsx';
import { QuoteSummary } from '../../components/quote-summary.tsx';
import { Segments } from '../../components/segments.tsx';
import { Notice } from '../../components/states.tsx';
import type { AccountPartsFragment } from '../../graph/operations.generated.ts';
import { formatMoney } from '../../money.ts';
import type { Quote } from '../../quote.ts';

/** A transfer as the person has typed it so far. */
export interface Draft {
  readonly fromAccountId: string;
  readonly receiver: 'other' | 'own';
  readonly number: string;
  /** Empty until the person chooses; the first other account then receives the money. */
  readonly ownAccountId: string;
  readonly amount: string;
  readonly note: string;
}

const receivers = { other: 'Another person', own: 'My own account' } as const;

/** As the schema says of `TransferInput.description`. */
const longestNote = 500;
/** From this length on, the field says how many characters are left. */
const longNote = 400;

interface TransferFieldsProps {
  readonly accounts: readonly AccountPartsFragment[];
  readonly draft: Draft;
  readonly edit: (changes: Partial<Draft>) => void;
  /** The field that takes the focus when the form appears. */
  readonly takesFocus: 'toAccountId' | 'amount' | null;
  readonly submission: Submission;
  readonly quote: Quote | null;
  readonly isLoading: boolean;
  readonly error: string | null;
}

export function TransferFields({
  accounts,
  draft,
  edit,
  takesFocus,
  submission,
  quote,
  isLoading,
  error,
}: TransferFieldsProps) {
  const from = accounts.find(({ id }) => id === draft.fromAccountId);
  const isOwn = draft.receiver === 'own';
  return (
    <Form submission={submission} label="Send money">
      <div className="columns">
        <div className="form">
          <AccountChoice
            label="From"
            name="fromAccountId"
            accounts={accounts}
            value={draft.fromAccountId}
            onChange={(fromAccountId) => edit({ fromAccountId })}
          />
          <Segments
            label="To"
            choices={receivers}
            chosen={draft.receiver}
            onChange={(receiver) => edit({ receiver })}
          />
          <Receiver accounts={accounts} draft={draft} edit={edit} takesFocus={takesFocus === 'toAccountId'} />
          <AmountInput
            label="Amount"
            name="amount"
            value={draft.amount}
            onChange={(amount) => edit({ amount })}
            currency={from?.currency}
            hint={from !== undefined && `Balance: ${formatMoney(from.balance)}`}
            autoFocus={takesFocus === 'amount'}
          />
          <TextInput
            label="Note (optional)"
            name="description"
            value={draft.note}
            onChange={(note) => edit({ note })}
            maxLength={longestNote}
            hint={
              draft.note.length < longNote
                ? 'You and the receiver can read it.'
                : `${longestNote - draft.note.length} characters left.`
            }
          />
        </div>
        <div className="form columns-aside">
          <div className="live-quote" aria-live="polite" aria-busy={isLoading}>
            <QuoteSummary quote={quote} isOwn={isOwn} />
          </div>
          {error !== null && <Notice kind="error">{error}</Notice>}
          <Button type="submit" look="primary" wide isPending={submission.isPending}>
            Review
          </Button>
        </div>
      </div>
    </Form>
  );
}

interface ReceiverProps extends Pick<TransferFieldsProps, 'accounts' | 'draft' | 'edit'> {
  readonly takesFocus: boolean;
}

function Receiver({ accounts, draft, edit, takesFocus }: ReceiverProps) {
  if (draft.receiver === 'other') {
    return (
      <TextInput
        label="Receiver's account number"
        name="toAccountId"
        value={draft.number}
        onChange={(number) => edit({ number })}
        inputMode="numeric"
        autoComplete="off"
        hint="Receivers find it on their overview."
        isRequired
        autoFocus={takesFocus}
      />
    );
  }
  const others = accounts.filter(({ id }) => id !== draft.fromAccountId);
  const chosen = others.find(({ id }) => id === draft.ownAccountId) ?? others[0];
  return (
    <AccountChoice
      label="My account"
      name="toAccountId"
      accounts={others}
      value={chosen?.id ?? ''}
      onChange={(ownAccountId) => edit({ ownAccountId })}
    />
  );
}
