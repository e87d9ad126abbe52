import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { Button } from '../components/button.tsx';
import { PasswordInput, TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Welcome } from '../components/welcome.tsx';
import { session } from '../session/session.ts';

export default function SignUp() {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { search } = useLocation();
  const problems = {
    name: name.trim() === '' ? 'Enter your name.' : null,
    email: email.trim() === '' ? 'Enter your email address.' : null,
    password: password === '' ? 'Choose a password.' : null,
  };
  const submission = useSubmission(problems, async () => await session.register({ name, email, password }));

  return (
    <Welcome title="Create your wallet">
      <p className="lead">Dollars, euros and yuan in one place. It opens with $100.</p>
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
          hint="At least 8 characters."
          value={password}
          onChange={setPassword}
          isRequired
        />
        <Button type="submit" look="primary" wide isPending={submission.isPending}>
          Create wallet
        </Button>
      </Form>
      <p className="aside">
        You have one already? <Link to={`/sign-in${search}`}>Sign in</Link>
      </p>
    </Welcome>
  );
}
