import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button, ButtonLink } from '../components/button.tsx';
import { PasswordInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Notice } from '../components/states.tsx';
import { Welcome } from '../components/welcome.tsx';
import { ResetPasswordDocument } from '../graph/operations.generated.ts';
import { useLinkToken } from '../link-token.ts';
import { session } from '../session/session.ts';

/** The link in the message for a forgotten password. */
export default function ResetPassword() {
  const token = useLinkToken();
  const [newPassword, setNewPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const [reset] = useMutation(ResetPasswordDocument);
  const problems = { newPassword: newPassword === '' ? 'Enter a new password.' : null };
  const submission = useSubmission(problems, async () => {
    const { data } = await reset({ variables: { input: { token, newPassword } } });
    const refusals = data?.resetPassword?.userErrors ?? [];
    if (refusals.length > 0) return refusals;
    setDone(true);
    // The session of this browser has ended too.
    await session.resume();
    return [];
  });

  return (
    <Welcome title="Choose a new password">
      {isDone ? (
        <>
          <Notice kind="success">Your password is changed, and all sessions have ended.</Notice>
          <ButtonLink look="primary" to="/sign-in">
            Sign in
          </ButtonLink>
        </>
      ) : (
        <Form submission={submission} label="Choose a new password">
          <PasswordInput
            label="New password"
            name="newPassword"
            autoComplete="new-password"
            value={newPassword}
            onChange={setNewPassword}
            isRequired
            autoFocus
            hint="Use at least 8 characters. You are signed out everywhere."
          />
          <Button type="submit" look="primary" wide isPending={submission.isPending}>
            Change password
          </Button>
          <p className="aside">
            <Link to="/forgot-password">Send another link</Link>
          </p>
        </Form>
      )}
    </Welcome>
  );
}
