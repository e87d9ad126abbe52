import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { Button } from '../components/button.tsx';
import { TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Welcome } from '../components/welcome.tsx';
import { session } from '../session/session.ts';

export default function SignUp() {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { search } = useLocation();
  const submission = useSubmission(
    ['name', 'email', 'password'],
    async () => await session.register({ name, email, password }),
  );

  return (
    <Welcome title="Create your wallet">
      <p className="lead">Dollars, euros and yuan in one place. It opens with $100.</p>
      <Form submission={submission} label="Create your wallet">
        <TextInput label="Name" name="name" autoComplete="name" value={name} onChange={setName} isRequired />
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="email"
          value={email}
          onChange={setEmail}
          isRequired
        />
        <TextInput
          label="Password"
          name="password"
          type="password"
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
