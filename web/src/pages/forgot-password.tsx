import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../components/button.tsx';
import { TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Notice } from '../components/states.tsx';
import { Welcome } from '../components/welcome.tsx';
import { RequestPasswordResetDocument } from '../graph/operations.generated.ts';

/** The answer is the same whether or not the address has a wallet. */
export default function ForgotPassword() {
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [request] = useMutation(RequestPasswordResetDocument);
  const problems = { email: email.trim() === '' ? 'Enter your email address.' : null };
  const submission = useSubmission(problems, async () => {
    const { data } = await request({ variables: { input: { email } } });
    const refusals = data?.requestPasswordReset?.userErrors ?? [];
    if (refusals.length === 0) setSentTo(email);
    return refusals;
  });

  return (
    <Welcome title="Forgotten password">
      {sentTo === null ? (
        <Form submission={submission} label="Forgotten password">
          <p className="lead">We send you a link with which you choose a new password.</p>
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
          <Button type="submit" look="primary" wide isPending={submission.isPending}>
            Send the link
          </Button>
        </Form>
      ) : (
        <Notice kind="success">
          If {sentTo} has a wallet, a message with a link is on its way. The link works once.
        </Notice>
      )}
      <p className="aside">
        <Link to="/sign-in">Back to sign-in</Link>
      </p>
    </Welcome>
  );
}
