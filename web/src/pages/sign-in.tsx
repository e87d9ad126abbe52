import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { Button } from '../components/button.tsx';
import { PasswordInput, TextInput } from '../components/fields.tsx';
import { atCode, CodeInput, codeInput } from '../components/confirmation.tsx';
import { Form, GeneralRefusals, useSubmission } from '../components/form.tsx';
import { LateNotice } from '../components/states.tsx';
import { Welcome } from '../components/welcome.tsx';
import { BeginPasskeyLoginDocument } from '../graph/operations.generated.ts';
import { hasPasskeys, noPasskey, usePasskey, withoutField } from '../passkeys.ts';
import { type Farewell, farewell } from '../session/farewell.ts';
import { type SecondStepChallenge, session } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';

const farewells: Readonly<Record<Farewell, string>> = {
  'signed-out': 'You are signed out.',
  deleted: 'Your account is deleted.',
};

/** @param notice why the person has to sign in, where the page does not know it. */
export default function SignIn({ notice }: { readonly notice?: string }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const state = useSession();
  const location = useLocation();
  const problems = {
    email: email.trim() === '' ? 'Enter your email address.' : null,
    password: password === '' ? 'Enter your password.' : null,
  };
  const [challenge, setChallenge] = useState<SecondStepChallenge | null>(null);
  const submission = useSubmission(problems, async () => {
    const answer = await session.login({ email, password });
    setChallenge(answer.challenge);
    return answer.refusals;
  });
  const left = farewell.read();
  const hasEnded = state.status === 'signed-out' && state.endedFor !== null;

  if (challenge !== null) return <SecondStep challenge={challenge} back={() => setChallenge(null)} />;
  return (
    <Welcome title="Sign in">
      {notice !== undefined ? (
        <LateNotice kind="info">{notice}</LateNotice>
      ) : hasEnded ? (
        <LateNotice kind="info">Your session has ended. Sign in again to continue.</LateNotice>
      ) : (
        left !== null && <LateNotice kind="success">{farewells[left]}</LateNotice>
      )}
      <Form submission={submission} label="Sign in">
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          isRequired
          autoFocus
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        <Button type="submit" look="primary" wide isPending={submission.isPending}>
          Sign in
        </Button>
      </Form>
      {hasPasskeys() && <PasskeyButton />}
      <p className="aside">
        <Link to="/forgot-password">Forgotten your password?</Link>
      </p>
      <p className="aside">
        New here?{' '}
        <Link to={`/sign-up${location.search}`} state={location.state}>
          Create a wallet
        </Link>
      </p>
    </Welcome>
  );
}

/** Signs in with a passkey alone. */
function PasskeyButton() {
  const [beginPasskeyLogin] = useMutation(BeginPasskeyLoginDocument);
  const submission = useSubmission({}, async () => {
    const { options, challenge, userErrors = [] } = (await beginPasskeyLogin()).data?.beginPasskeyLogin ?? {};
    if (options == null || challenge == null) return userErrors;
    const passkeyResponse = await usePasskey(options);
    if (passkeyResponse === null) return noPasskey;
    return withoutField(await session.completeLogin({ challenge, passkeyResponse }));
  });
  return (
    <>
      <GeneralRefusals submission={submission} />
      <Button wide isPending={submission.isPending} onPress={submission.submit}>
        Sign in with a passkey
      </Button>
    </>
  );
}

/** Asks for the second factor after the password. */
function SecondStep({ challenge, back }: { readonly challenge: SecondStepChallenge; readonly back: () => void }) {
  const [code, setCode] = useState('');
  const problems = { code: code.trim() === '' ? 'Enter a code.' : null };
  const submission = useSubmission(problems, async () =>
    (await session.completeLogin({ challenge: challenge.token, ...codeInput(code) })).map(atCode),
  );
  const { passkeyOptions } = challenge;
  const byPasskey = useSubmission({}, async () => {
    const passkeyResponse = await usePasskey(passkeyOptions ?? '');
    if (passkeyResponse === null) return noPasskey;
    return withoutField(await session.completeLogin({ challenge: challenge.token, passkeyResponse }));
  });
  return (
    <Welcome title="Enter your code">
      <Form submission={submission} label="Second step">
        <CodeInput value={code} onChange={setCode} autoFocus />
        <Button type="submit" look="primary" wide isPending={submission.isPending}>
          Sign in
        </Button>
        <GeneralRefusals submission={byPasskey} />
        {passkeyOptions !== null && hasPasskeys() && (
          <Button wide isPending={byPasskey.isPending} onPress={byPasskey.submit}>
            Use your passkey
          </Button>
        )}
        <Button wide onPress={back}>
          Start again
        </Button>
      </Form>
    </Welcome>
  );
}
