import { useMutation, useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Content } from '../../components/content.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import type { IconName } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';
import { Paging, usePaging } from '../../components/paging.tsx';
import { Empty } from '../../components/states.tsx';
import { Line } from '../../components/summary.tsx';
import { Time } from '../../components/values.tsx';
import { fullTime } from '../../time.ts';
import { useAddress } from '../../use-address.ts';
import { Openable } from '../components/openable.tsx';
import { Reason, reasonProblem } from '../components/reason.tsx';
import {
  RequestVerificationDocument,
  type VerificationPartsFragment,
  type VerificationState,
  VerificationsDocument,
} from '../operations.generated.ts';
import { hasRole, useStaff } from '../staff.ts';

const pageSize = 20;
const pollMs = 2_000;

const words: Readonly<Record<VerificationState, { title: string; icon: IconName }>> = {
  REQUESTED: { title: 'Waiting for a runner', icon: 'clock' },
  RUNNING: { title: 'Running', icon: 'clock' },
  PASSED: { title: 'No findings', icon: 'check' },
  FOUND: { title: 'Findings', icon: 'alert' },
  FAILED: { title: 'No result', icon: 'cross' },
  EXPIRED: { title: 'No result: the runner died', icon: 'cross' },
};

const isOpen = ({ state }: VerificationPartsFragment) => state === 'REQUESTED' || state === 'RUNNING';

/** The runs of the reconciliation, with their results. An operator requests the next one. */
export default function Verifications() {
  const staff = useStaff();
  const address = useAddress();
  const after = address.get('after') || null;
  const { data, previousData, error, loading, refetch, startPolling, stopPolling } = useQuery(VerificationsDocument, {
    variables: { first: pageSize, after },
  });
  const page = (data ?? previousData)?.verifications;
  const paging = usePaging(address, page?.pageInfo);
  const isWaiting = page?.nodes.some(isOpen) === true;
  useEffect(() => {
    if (isWaiting) startPolling(pollMs);
    return stopPolling;
  }, [isWaiting, startPolling, stopPolling]);
  return (
    <Page
      title="Reconciliation"
      lead="It recomputes the ledger and compares the databases with each other. It changes nothing."
    >
      {hasRole(staff, 'OPERATOR') && after === null && page != null && !isWaiting && (
        <RequestForm onRequested={() => void refetch()} />
      )}
      <Content content={page} error={error} isLoading={loading} again={refetch}>
        {({ nodes }) => (
          <>
            {nodes.length === 0 && <Empty icon="check" title="No run has been requested yet" />}
            <ul className={nodes.length === 0 ? '' : 'card rows'} aria-label="Runs">
              {nodes.map((run) => (
                <Run key={run.id} run={run} />
              ))}
            </ul>
            <Paging paging={paging} />
          </>
        )}
      </Content>
    </Page>
  );
}

function RequestForm({ onRequested }: { readonly onRequested: () => void }) {
  const [reason, setReason] = useState('');
  const [request] = useMutation(RequestVerificationDocument);
  const submission = useSubmission({ reason: reasonProblem(reason) }, async () => {
    const { data } = await request({ variables: { input: { reason } } });
    const refusals = data?.requestVerification?.userErrors ?? [];
    // A colleague has requested one meanwhile: the list shows it.
    onRequested();
    return refusals;
  });
  return (
    <Form submission={submission} label="Request a run">
      <Reason value={reason} onChange={setReason} />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={submission.isPending}>
          Run it now
        </Button>
      </div>
    </Form>
  );
}

function Run({ run }: { readonly run: VerificationPartsFragment }) {
  const { state, findings, requestedBy, reason, requestedAt, startedAt, endedAt, firstRows, failure } = run;
  const { title, icon } = words[state];
  return (
    <Openable
      icon={icon}
      title={state === 'FOUND' ? `${title}: ${findings}` : title}
      detail={<Time at={endedAt ?? startedAt ?? requestedAt} />}
      {...(failure == null ? {} : { note: failure })}
    >
      <dl className="details">
        <Line term="Requested">{fullTime(requestedAt)}</Line>
        <Line term="By">{requestedBy ?? 'The schedule'}</Line>
        {reason != null && <Line term="Reason">{reason}</Line>}
        {startedAt != null && <Line term="Began">{fullTime(startedAt)}</Line>}
        {endedAt != null && <Line term="Ended">{fullTime(endedAt)}</Line>}
      </dl>
      {firstRows.length > 0 && (
        <>
          <p>The first wrong rows. The command npm run verify prints all of them, with their values.</p>
          <ul aria-label="Wrong rows">
            {firstRows.map((row) => (
              <li key={row}>{row}</li>
            ))}
          </ul>
        </>
      )}
    </Openable>
  );
}
