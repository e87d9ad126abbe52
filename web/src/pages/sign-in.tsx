import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { Button } from '../components/button.tsx';
import { PasswordInput, TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Notice } from '../components/states.tsx';
import { Welcome } from '../components/welcome.tsx';
import { session } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';

export default function SignIn() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const state = useSession();
  const { search } = useLocation();
  const problems = {
    email: email.trim() === '' ? 'Enter your email address.' : null,
    password: password === '' ? 'Enter your password.' : null,
  };
  const submission = useSubmission(problems, async () => await session.login({ email, password }));

  return (
    <Welcome title="Sign in">
      {state.status === 'signed-out' && state.ended && (
        <Notice kind="info">Your session is over. Sign in to go on where you were.</Notice>
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
        New here? <Link to={`/sign-up${search}`}>Create a wallet</Link>
      </p>
    </Welcome>
  );
}
