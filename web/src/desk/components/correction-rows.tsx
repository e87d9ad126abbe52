import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Segments } from '../../components/segments.tsx';
import { Notice } from '../../components/states.tsx';
import { Line } from '../../components/summary.tsx';
import { Amount, Time } from '../../components/values.tsx';
import { formatMoney } from '../../money.ts';
import { fullTime } from '../../time.ts';
import { effectOf, stateLabels } from '../correction-words.ts';
import {
  ApproveCorrectionDocument,
  type CorrectionPartsFragment,
  DeclineCorrectionDocument,
} from '../operations.generated.ts';
import { hasRole, useStaff } from '../staff.ts';
import { Openable } from './openable.tsx';
import { Reason, reasonProblem } from './reason.tsx';

interface One {
  readonly correction: CorrectionPartsFragment;
}

export function CorrectionRows({ corrections }: { readonly corrections: readonly CorrectionPartsFragment[] }) {
  return (
    <ul className="card rows" aria-label="Corrections">
      {corrections.map((correction) => (
        <CorrectionRow key={correction.id} correction={correction} />
      ))}
    </ul>
  );
}

function CorrectionRow({ correction }: One) {
  const { reference, amount, direction, state, reason, proposedAt } = correction;
  return (
    <Openable
      icon="scales"
      title={reference}
      aside={<Amount money={amount} direction={direction === 'CREDIT' ? 'in' : 'out'} />}
      detail={<Time at={proposedAt} />}
      detailAside={stateLabels[state]}
      note={reason}
    >
      <Details correction={correction} />
      <Decision correction={correction} />
    </Openable>
  );
}

function Details({ correction }: One) {
  const { user } = useStaff();
  const by = (id: string) => (id === user.id ? 'You' : id);
  const { decidedBy, decidedAt, decisionReason, reversesTransactionId, transactionId } = correction;
  return (
    <dl className="details">
      <Line term="Account">{correction.accountId}</Line>
      <Line term="Customer">{correction.customerId}</Line>
      {reversesTransactionId !== null && <Line term="Reverses transaction">{reversesTransactionId}</Line>}
      <Line term="Proposed by">{by(correction.proposedBy)}</Line>
      <Line term="Proposed">{fullTime(correction.proposedAt)}</Line>
      {correction.state === 'PROPOSED' && <Line term="Expires">{fullTime(correction.expiresAt)}</Line>}
      {decidedBy !== null && <Line term="Decided by">{by(decidedBy)}</Line>}
      {decidedAt !== null && <Line term="Decided">{fullTime(decidedAt)}</Line>}
      {decisionReason !== null && <Line term="Reason of the decision">{decisionReason}</Line>}
      {transactionId !== null && <Line term="Transaction">{transactionId}</Line>}
    </dl>
  );
}

/** What the staff member can decide about a correction, and what became of the decision. */
function Decision({ correction }: One) {
  const staff = useStaff();
  const [isDecided, setDecided] = useState(false);
  if (isDecided) {
    return (
      <Notice kind="success">
        {correction.state === 'APPLIED'
          ? `You approved it. ${effectOf(correction)}`
          : 'You declined it. No money has moved.'}
      </Notice>
    );
  }
  if (correction.state !== 'PROPOSED' || !hasRole(staff, 'OPERATOR')) return null;
  if (correction.proposedBy === staff.user.id) {
    return <Notice kind="info">You proposed it, so another operator must approve or decline it.</Notice>;
  }
  return <DecisionForm correction={correction} onDecided={() => setDecided(true)} />;
}

const decisions = { approve: 'Approve', decline: 'Decline' } as const;

function DecisionForm({ correction, onDecided }: One & { readonly onDecided: () => void }) {
  const { id, direction, amount } = correction;
  const [decision, setDecision] = useState<keyof typeof decisions>('approve');
  const [reason, setReason] = useState('');
  const [approve] = useMutation(ApproveCorrectionDocument);
  const [decline] = useMutation(DeclineCorrectionDocument);
  const submission = useSubmission({ reason: reasonProblem(reason) }, async () => {
    const variables = { input: { correctionId: id, reason } };
    const payload =
      decision === 'approve'
        ? (await approve({ variables })).data?.approveCorrection
        : (await decline({ variables })).data?.declineCorrection;
    if (payload?.correction != null) onDecided();
    return payload?.userErrors ?? [];
  });
  const effect = direction === 'CREDIT' ? 'Put' : 'Take';
  return (
    <Form submission={submission} label="Decide about the correction">
      <Segments label="Decision" choices={decisions} chosen={decision} onChange={setDecision} />
      <Reason value={reason} onChange={setReason} />
      <div className="buttons">
        <Button type="submit" look={decision === 'approve' ? 'primary' : 'danger'} isPending={submission.isPending}>
          {decision === 'approve'
            ? `${effect} ${formatMoney(amount)} ${direction === 'CREDIT' ? 'on' : 'off'} the account`
            : 'Decline the correction'}
        </Button>
      </div>
    </Form>
  );
}
