import { Activity, lazy, Suspense, useState } from 'react';
import { Button, ButtonLink } from '../components/button.tsx';
import { GeneralRefusals, useSubmission } from '../components/form.tsx';
import { Loading } from '../components/states.tsx';
import { ToSignIn } from '../components/to-sign-in.tsx';
import { Welcome } from '../components/welcome.tsx';
import { session } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';
import SignIn from './sign-in.tsx';

/** The browser loads the desk only when the access token has a role of staff. */
const Desk = lazy(async () => await import('../desk/desk.tsx'));

/**
 * Opens the desk for staff. Their sessions are short: when one ends, the desk is hidden, not left, so that a form still
 * has what was typed when the same person has signed in again.
 */
export function DeskGate() {
  const state = useSession();
  const staff = state.status === 'signed-in' && state.roles.length > 0 ? state : null;
  const [opened, setOpened] = useState(staff);
  if (staff !== null && staff !== opened) setOpened(staff);
  if (opened === null) return state.status === 'signed-in' ? <NoRole /> : <ToSignIn />;
  return (
    <>
      <Activity mode={staff === null ? 'hidden' : 'visible'}>
        <Suspense fallback={<Loading count={6} />}>
          <Desk key={opened.user.id} staff={opened} />
        </Suspense>
      </Activity>
      {staff === null && <SignIn notice={state.status === 'signed-in' ? notices.role : notices.session} />}
    </>
  );
}

const notices = {
  session: 'Your session as staff has ended. Sign in again: the desk keeps what you have typed.',
  role: 'This session has no role of staff any more. Sign in again with your second factor: the desk keeps what you have typed.',
};

/** A role counts in a session that has proved a second factor, so the token does not show who has one. */
function NoRole() {
  const check = useSubmission({}, async () => {
    await session.renew();
    return [];
  });
  return (
    <Welcome title="The desk is for staff">
      <p>You are signed in without a role. If you have one, it counts only with a second factor:</p>
      <ol>
        <li>Set up an authenticator app or a passkey in your settings, if you have none.</li>
        <li>Sign out, and sign in again with it.</li>
        <li>Open this page again.</li>
      </ol>
      <GeneralRefusals submission={check} />
      <div className="buttons">
        <ButtonLink to="/settings" look="primary">
          Go to the settings
        </ButtonLink>
        <Button isPending={check.isPending} onPress={check.submit}>
          Check again
        </Button>
      </div>
    </Welcome>
  );
}
