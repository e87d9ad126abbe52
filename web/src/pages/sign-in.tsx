import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { Button } from '../components/button.tsx';
import { PasswordInput, TextInput } from '../components/fields.tsx';
import { atCode, CodeInput, codeInput } from '../components/confirmation.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { LateNotice } from '../components/states.tsx';
import { Welcome } from '../components/welcome.tsx';
import { type Farewell, farewell } from '../session/farewell.ts';
import { session } from '../session/session.ts';
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
  const [challenge, setChallenge] = useState<string | null>(null);
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

/** Asks for the second factor after the password. */
function SecondStep({ challenge, back }: { readonly challenge: string; readonly back: () => void }) {
  const [code, setCode] = useState('');
  const problems = { code: code.trim() === '' ? 'Enter a code.' : null };
  const submission = useSubmission(problems, async () =>
    (await session.completeLogin({ challenge, ...codeInput(code) })).map(atCode),
  );
  return (
    <Welcome title="Enter your code">
      <Form submission={submission} label="Second step">
        <CodeInput value={code} onChange={setCode} autoFocus />
        <Button type="submit" look="primary" wide isPending={submission.isPending}>
          Sign in
        </Button>
        <Button wide onPress={back}>
          Start again
        </Button>
      </Form>
    </Welcome>
  );
}
