import { useApolloClient, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button, ButtonLink } from '../components/button.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Notice } from '../components/states.tsx';
import { Welcome } from '../components/welcome.tsx';
import { ProveEmailDocument } from '../graph/operations.generated.ts';
import { useLinkToken } from '../link-token.ts';
import { session } from '../session/session.ts';

/**
 * The link that proves an email address. It needs a press: mail programs open links to check them, and must not use up
 * a link that works once.
 */
export default function ProveEmail() {
  const token = useLinkToken();
  const [email, setEmail] = useState<string | null>(null);
  const client = useApolloClient();
  const [proveEmail] = useMutation(ProveEmailDocument);
  const submission = useSubmission({}, async () => {
    const { data } = await proveEmail({ variables: { input: { token } } });
    const refusals = data?.proveEmail?.userErrors ?? [];
    if (refusals.length > 0) return refusals;
    setEmail(data?.proveEmail?.email ?? '');
    const state = session.state();
    if (state.status === 'signed-in') {
      void client.refetchQueries({ include: 'active' });
      await session.resume();
    }
    return [];
  });

  return (
    <Welcome title="Confirm your email address">
      {email === null ? (
        <Form submission={submission} label="Confirm your email address">
          <p className="lead">Press the button to confirm that this address is yours.</p>
          <Button type="submit" look="primary" wide isPending={submission.isPending} autoFocus>
            Confirm this address
          </Button>
        </Form>
      ) : (
        <>
          <Notice kind="success">{email === '' ? 'Your address is confirmed.' : `${email} is confirmed.`}</Notice>
          <ButtonLink look="primary" to="/">
            Go to your wallet
          </ButtonLink>
        </>
      )}
    </Welcome>
  );
}
