import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button, ButtonLink } from '../components/button.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Notice } from '../components/states.tsx';
import { Welcome } from '../components/welcome.tsx';
import { UndoEmailChangeDocument } from '../graph/operations.generated.ts';
import { useLinkToken } from '../link-token.ts';
import { session } from '../session/session.ts';

/** The link in the message that an address was changed. */
export default function UndoEmailChange() {
  const token = useLinkToken();
  const [email, setEmail] = useState<string | null>(null);
  const [undo] = useMutation(UndoEmailChangeDocument);
  const submission = useSubmission({}, async () => {
    const { data } = await undo({ variables: { input: { token } } });
    const refusals = data?.undoEmailChange?.userErrors ?? [];
    if (refusals.length > 0) return refusals;
    setEmail(data?.undoEmailChange?.email ?? '');
    // The session of this browser has ended too.
    await session.resume();
    return [];
  });

  return (
    <Welcome title="Restore your email address">
      {email === null ? (
        <Form submission={submission} label="Restore your email address">
          <p className="lead">
            If you did not change the address of your wallet, restore it. All sessions end, also the one of the person
            who changed it.
          </p>
          <Button type="submit" look="primary" wide isPending={submission.isPending} autoFocus>
            Restore my address
          </Button>
        </Form>
      ) : (
        <>
          <Notice kind="success">
            Your address is {email} again, and all sessions have ended. We have sent you a link for a new password.
          </Notice>
          <ButtonLink to="/sign-in">Go to sign-in</ButtonLink>
        </>
      )}
    </Welcome>
  );
}
