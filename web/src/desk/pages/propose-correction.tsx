import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button, ButtonLink } from '../../components/button.tsx';
import { Done } from '../../components/done.tsx';
import { amountProblem, TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Page } from '../../components/page.tsx';
import { Segments } from '../../components/segments.tsx';
import type { Currency } from '../../graph/operations.generated.ts';
import { useIdempotencyKeys } from '../../idempotency.ts';
import { parseAmount } from '../../money.ts';
import { useAddress } from '../../use-address.ts';
import { currencyIn, MoneyInput } from '../components/money-input.tsx';
import { Reason, reasonProblem } from '../components/reason.tsx';
import { directions, effectOf } from '../correction-words.ts';
import {
  type CorrectionPartsFragment,
  type EntryDirection,
  ProposeCorrectionDocument,
} from '../operations.generated.ts';

/** The address can name the account, its currency and the transaction to reverse. */
export default function ProposeCorrection() {
  const [instance, setInstance] = useState(0);
  return (
    <Page title="Propose a correction" narrow>
      <ProposalForm key={instance} again={() => setInstance(instance + 1)} />
    </Page>
  );
}

function ProposalForm({ again }: { readonly again: () => void }) {
  const address = useAddress();
  const [accountId, setAccountId] = useState(address.get('account'));
  const [direction, setDirection] = useState<EntryDirection>('CREDIT');
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState<Currency>(currencyIn(address.get('currency')));
  const [reference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const [reverses, setReverses] = useState(address.get('reverses'));
  const [made, setMade] = useState<CorrectionPartsFragment | null>(null);
  const keyFor = useIdempotencyKeys();
  const [propose] = useMutation(ProposeCorrectionDocument);
  const problems = {
    accountId: accountId.trim() === '' ? 'Enter the id of the account.' : null,
    direction: null,
    amount: amountProblem(amount, currency),
    currency: null,
    reference: reference.trim() === '' ? 'Enter what the customer reads.' : null,
    reason: reasonProblem(reason),
    reversesTransactionId: null,
  };
  const submission = useSubmission(problems, async () => {
    const content = {
      accountId: accountId.trim(),
      direction,
      amount: { amount: parseAmount(amount) ?? amount, currency },
      reference,
      reason,
      reversesTransactionId: reverses.trim() || null,
    };
    // Not the texts: an operator who edits one after a lost response must not move the money twice.
    const { reference: _reference, reason: _reason, ...movement } = content;
    const { data } = await propose({ variables: { input: { ...content, idempotencyKey: keyFor(movement) } } });
    const { correction, userErrors = [] } = data?.proposeCorrection ?? {};
    if (correction != null) setMade(correction);
    return userErrors;
  });
  if (made !== null) return <Proposed correction={made} again={again} />;
  return (
    <Form submission={submission} label="Propose a correction">
      <TextInput
        label="Account ID"
        name="accountId"
        value={accountId}
        onChange={setAccountId}
        maxLength={40}
        isRequired
      />
      <Segments label="Direction" choices={directions} chosen={direction} onChange={setDirection} />
      <MoneyInput amount={amount} onAmount={setAmount} currency={currency} onCurrency={setCurrency} />
      <TextInput
        label="Reference"
        name="reference"
        value={reference}
        onChange={setReference}
        hint="The customer reads it: up to 140 characters."
        isRequired
      />
      <Reason
        value={reason}
        onChange={setReason}
        hint="For the audit log and the operator who approves: 5 to 500 characters."
      />
      <TextInput
        label="Transaction to reverse"
        name="reversesTransactionId"
        value={reverses}
        onChange={setReverses}
        maxLength={40}
        hint="Its ID, if this undoes a transaction. Otherwise leave it empty."
      />
      <Button type="submit" look="primary" wide isPending={submission.isPending}>
        Propose
      </Button>
    </Form>
  );
}

function Proposed({ correction, again }: { readonly correction: CorrectionPartsFragment; readonly again: () => void }) {
  const isApplied = correction.state === 'APPLIED';
  return (
    <Done title={isApplied ? 'The correction is applied' : 'The correction is proposed'}>
      <p>
        {isApplied
          ? `${effectOf(correction)} It needed no approval.`
          : 'No money has moved. Another operator must approve it within seven days.'}
      </p>
      <div className="buttons">
        <ButtonLink to={isApplied ? '/desk/corrections?state=APPLIED' : '/desk/corrections'} look="primary">
          See corrections
        </ButtonLink>
        <Button onPress={again}>Propose another</Button>
      </div>
    </Done>
  );
}
