import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button, ButtonLink } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { PasswordInput, TextInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { DeleteUserDocument } from '../../graph/operations.generated.ts';
import { session } from '../../session/session.ts';

export function Deletion() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title="Delete account">
      <p className="row-detail">
        This closes your accounts and erases your personal data. Withdraw or send all your money first.
      </p>
      <div className="buttons">
        <Button look="danger" onPress={() => setOpen(true)}>
          Delete account
        </Button>
      </div>
      <ConfirmDialog
        title="Delete your account?"
        text="Your accounts are closed and your personal data is erased. This can't be undone."
        isOpen={isOpen}
        onOpenChange={setOpen}
      >
        <DeletionForm />
      </ConfirmDialog>
    </Section>
  );
}

/** A person has to type this word: a password manager fills in the password alone. */
const confirmingWord = 'delete';

function DeletionForm() {
  const [password, setPassword] = useState('');
  const [confirmation, setConfirmation] = useState('');
  const [refusedCode, setRefusedCode] = useState<string | null>(null);
  const [deleteUser] = useMutation(DeleteUserDocument);
  const isConfirmed = confirmation.trim().toLowerCase() === confirmingWord;
  const problems = {
    password: password === '' ? 'Enter your password.' : null,
    confirmation: isConfirmed ? null : `Type “${confirmingWord}” to confirm.`,
  };
  const submission = useSubmission(problems, async () => {
    const refusals = await confirmed(async (proof) => {
      const { data } = await deleteUser({ variables: { input: { password, confirmation: proof } } });
      return data?.deleteUser?.userErrors ?? [];
    });
    setRefusedCode(refusals[0]?.code ?? null);
    if (refusals.length === 0) await session.logout('deleted');
    return refusals;
  });
  const isRefused = submission.shown.general.length > 0;
  return (
    <Form submission={submission} label="Delete account">
      {isRefused && refusedCode !== null && <WayOut code={refusedCode} />}
      <PasswordInput
        label="Your password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
        autoFocus
      />
      <TextInput
        label={`Type “${confirmingWord}” to confirm`}
        name="confirmation"
        autoComplete="off"
        value={confirmation}
        onChange={setConfirmation}
        isRequired
      />
      <div className="buttons">
        <Button type="submit" look="danger" isPending={submission.isPending}>
          Delete forever
        </Button>
        <Button slot="close">Keep my account</Button>
      </div>
    </Form>
  );
}

/** Leads to the page where the person can remove what stands in the way. */
function WayOut({ code }: { readonly code: string }) {
  if (code === 'ACCOUNT_NOT_EMPTY') return <ButtonLink to="/withdraw">Withdraw money</ButtonLink>;
  if (code === 'PAYMENTS_UNDER_WAY') {
    return <ButtonLink to="/orders?status=PENDING,REFUNDING">See pending orders</ButtonLink>;
  }
  return null;
}
