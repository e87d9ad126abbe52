import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { Button } from '../components/button.tsx';
import { PasswordInput, TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Welcome } from '../components/welcome.tsx';
import { session } from '../session/session.ts';

/** The server checks every field, and answers with all faults at once. */
const fields = { name: null, email: null, password: null };

export default function SignUp() {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const location = useLocation();
  const submission = useSubmission(fields, async () => await session.register({ name, email, password }));

  return (
    <Welcome title="Create your wallet">
      <p className="lead">Hold dollars, euros and yuan in one wallet. It opens with $100.</p>
      <Form submission={submission} label="Create your wallet">
        <TextInput label="Name" name="name" autoComplete="name" value={name} onChange={setName} isRequired autoFocus />
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          isRequired
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="new-password"
          hint="Use at least 8 characters."
          value={password}
          onChange={setPassword}
          isRequired
        />
        <Button type="submit" look="primary" wide isPending={submission.isPending}>
          Create wallet
        </Button>
      </Form>
      <p className="aside">
        Already have a wallet?{' '}
        <Link to={`/sign-in${location.search}`} state={location.state}>
          Sign in
        </Link>
      </p>
    </Welcome>
  );
}
