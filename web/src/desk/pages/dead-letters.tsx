import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Content } from '../../components/content.tsx';
import { TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Page } from '../../components/page.tsx';
import { Paging, usePaging } from '../../components/paging.tsx';
import { Segments } from '../../components/segments.tsx';
import { Empty, Notice } from '../../components/states.tsx';
import { Line } from '../../components/summary.tsx';
import { Time } from '../../components/values.tsx';
import { fullTime } from '../../time.ts';
import { type Address, useAddress } from '../../use-address.ts';
import { Openable } from '../components/openable.tsx';
import { Reason, reasonProblem } from '../components/reason.tsx';
import {
  BillingDeadLettersDocument,
  type DeadLetterPartsFragment,
  OrderDeadLettersDocument,
  ReplayBillingDeadLetterDocument,
  ReplayOrderDeadLetterDocument,
  ReplayUserDeadLetterDocument,
  UserDeadLettersDocument,
} from '../operations.generated.ts';

const pageSize = 20;

const owners = { user: 'Profiles', billing: 'Money', order: 'Orders' } as const;
type Owner = keyof typeof owners;

const lists = {
  user: UserDeadLettersDocument,
  billing: BillingDeadLettersDocument,
  order: OrderDeadLettersDocument,
} as const;
const replays = {
  user: ReplayUserDeadLetterDocument,
  billing: ReplayBillingDeadLetterDocument,
  order: ReplayOrderDeadLetterDocument,
} as const;

/** The changes that workers gave up on. An operator makes them due again when the cause is removed. */
export default function DeadLetters() {
  const address = useAddress();
  const owner = address.choice('of', owners, 'user');
  return (
    <Page
      title="Dead letters"
      lead="Changes that a worker gave up on, newest first. A replay is an entry of the audit log."
    >
      <Segments
        label="Subgraph"
        choices={owners}
        chosen={owner}
        onChange={(chosen) => address.set({ of: chosen === 'user' ? '' : chosen, after: '' })}
      />
      <TextInput
        label="Kind"
        name="kind"
        value={address.get('kind')}
        onChange={(kind) => address.set({ kind, after: '' })}
        maxLength={60}
        hint="Such as order-placed. Leave it empty for all kinds."
      />
      <Letters key={owner} address={address} owner={owner} />
    </Page>
  );
}

function Letters({ address, owner }: { readonly address: Address; readonly owner: Owner }) {
  const kind = address.get('kind').trim();
  const { data, previousData, error, loading, refetch } = useQuery(lists[owner], {
    variables: { first: pageSize, after: address.get('after') || null, kind: kind === '' ? null : kind },
  });
  const page = (data ?? previousData)?.letters;
  const paging = usePaging(address, page?.pageInfo);
  return (
    <Content content={page} error={error} isLoading={loading} again={refetch}>
      {({ nodes }) => (
        <>
          {nodes.length === 0 && <Empty icon="check" title="No dead letters" />}
          <ul className={nodes.length === 0 ? '' : 'card rows'} aria-label="Dead letters">
            {nodes.map((letter) => (
              <Openable
                key={letter.id}
                icon="alert"
                title={letter.kind}
                detail={<Time at={letter.failedAt} />}
                detailAside={`No. ${letter.id}`}
                note={letter.failure}
              >
                <Letter owner={owner} letter={letter} />
              </Openable>
            ))}
          </ul>
          <Paging paging={paging} />
        </>
      )}
    </Content>
  );
}

function Letter({ owner, letter }: { readonly owner: Owner; readonly letter: DeadLetterPartsFragment }) {
  const { id, key, attempts, createdAt, failedAt } = letter;
  const [reason, setReason] = useState('');
  const [isReplayed, setReplayed] = useState(false);
  const [replay] = useMutation(replays[owner]);
  const submission = useSubmission({ reason: reasonProblem(reason) }, async () => {
    const { data } = await replay({ variables: { input: { id, reason } } });
    if (data?.replayed?.deadLetterId != null) setReplayed(true);
    return data?.replayed?.userErrors ?? [];
  });
  return (
    <>
      <dl className="details">
        <Line term="About">{key}</Line>
        <Line term="Attempts">{attempts}</Line>
        <Line term="Committed">{fullTime(createdAt)}</Line>
        <Line term="Given up">{fullTime(failedAt)}</Line>
      </dl>
      {isReplayed ? (
        <Notice kind="success">It is due again, and goes through all its jobs.</Notice>
      ) : (
        <Form submission={submission} label="Replay the dead letter">
          <Reason value={reason} onChange={setReason} />
          <div className="buttons">
            <Button type="submit" look="primary" isPending={submission.isPending}>
              Replay
            </Button>
          </div>
        </Form>
      )}
    </>
  );
}
