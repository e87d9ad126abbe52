import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { GeneralRefusals, useSubmission } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { Failed, Loading } from '../../components/states.tsx';
import {
  EndOtherSessionsDocument,
  EndSessionDocument,
  type SessionPartsFragment,
  SessionsDocument,
} from '../../graph/operations.generated.ts';
import { shortTime } from '../../time.ts';

/** Where the person is signed in. */
export function Sessions() {
  const { data, error, refetch } = useQuery(SessionsDocument);
  const [endOthers] = useMutation(EndOtherSessionsDocument);
  const others = useSubmission({}, async () => {
    const { data } = await endOthers();
    void refetch();
    return data?.endOtherSessions?.userErrors ?? [];
  });
  const sessions = data?.viewer?.sessions;
  const again = () => void refetch();
  return (
    <Section title="Sessions">
      <p className="row-detail">The devices on which you are signed in. End a session that you don’t know.</p>
      {sessions === undefined ? (
        error === undefined ? (
          <Loading count={2} />
        ) : (
          <Failed error={error} again={again} />
        )
      ) : (
        <>
          <ul className="sessions" aria-label="Sessions">
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} onEnded={again} />
            ))}
          </ul>
          <GeneralRefusals submission={others} />
          {sessions.length > 1 && (
            <div className="buttons">
              <Button isPending={others.isPending} onPress={others.submit}>
                End all other sessions
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  );
}

function SessionRow({ session, onEnded }: { readonly session: SessionPartsFragment; readonly onEnded: () => void }) {
  const { id, device, place, lastUsedAt, current } = session;
  const [endSession] = useMutation(EndSessionDocument);
  const end = useSubmission({}, async () => {
    const { data } = await endSession({ variables: { input: { sessionId: id } } });
    onEnded();
    return data?.endSession?.userErrors ?? [];
  });
  return (
    <li className="session">
      <div>
        <p>{device}</p>
        <p className="row-detail">
          {place} · {current ? 'This session' : `Last used: ${shortTime(lastUsedAt)}`}
        </p>
        <GeneralRefusals submission={end} />
      </div>
      {!current && (
        <Button aria-label={`End the session of ${device}`} isPending={end.isPending} onPress={end.submit}>
          End
        </Button>
      )}
    </li>
  );
}
