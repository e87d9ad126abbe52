import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { EmailDocument, ProveEmailDocument, RequestEmailProofDocument } from '../graph/operations.generated.ts';
import { session } from '../session/session.ts';
import { Button } from './button.tsx';
import { TextInput } from './fields.tsx';
import { Form, GeneralRefusals, useSubmission } from './form.tsx';
import { Notice } from './states.tsx';

/** The address that the person has yet to confirm: a new one, or the one of the registration; null if there is none. */
function useUnprovedEmail(): string | null {
  const { data } = useQuery(EmailDocument);
  const viewer = data?.viewer;
  if (viewer == null) return null;
  return viewer.pendingEmail ?? (viewer.emailProved ? null : viewer.email);
}

/** On every page while an address is not confirmed. */
export function EmailBanner() {
  const email = useUnprovedEmail();
  const { pathname } = useLocation();
  if (email === null || pathname === '/settings') return null;
  return (
    <Notice kind="info">
      Confirm {email}: we have sent you a link and a code. <Link to="/settings">Enter the code</Link>
    </Notice>
  );
}

/** Confirms an address with the code of a message, or requests another message. */
export function EmailProof() {
  const email = useUnprovedEmail();
  return email === null ? null : <ProofForm key={email} email={email} />;
}

function ProofForm({ email }: { readonly email: string }) {
  const [code, setCode] = useState('');
  const [isSent, setSent] = useState(false);
  const client = useApolloClient();
  const [proveEmail] = useMutation(ProveEmailDocument);
  const [requestProof] = useMutation(RequestEmailProofDocument);
  const problems = { code: code.trim() === '' ? 'Enter the code of the message.' : null };
  const submission = useSubmission(problems, async () => {
    const { data } = await proveEmail({ variables: { input: { code: code.replaceAll(/\s/g, '') } } });
    const refusals = data?.proveEmail?.userErrors ?? [];
    if (refusals.length > 0) return refusals;
    const state = session.state();
    const proved = data?.proveEmail?.email;
    if (proved != null && state.status === 'signed-in') session.rename({ ...state.user, email: proved });
    void client.refetchQueries({ include: [EmailDocument] });
    return [];
  });
  const again = useSubmission({}, async () => {
    const { data } = await requestProof();
    const refusals = data?.requestEmailProof?.userErrors ?? [];
    setSent(refusals.length === 0);
    return refusals;
  });

  return (
    <Form submission={submission} label="Code of the message">
      <Notice kind="info">Confirm {email} with the link or the code in our message.</Notice>
      <TextInput
        label="Code from the message"
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={12}
        value={code}
        onChange={setCode}
      />
      <GeneralRefusals submission={again} />
      <div className="buttons">
        <Button type="submit" isPending={submission.isPending}>
          Confirm address
        </Button>
        <Button isPending={again.isPending} onPress={again.submit}>
          Send the message again
        </Button>
      </div>
      {isSent && <Notice kind="success">Another message is on its way.</Notice>}
    </Form>
  );
}
