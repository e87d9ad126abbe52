import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { TextInput } from '../../components/fields.tsx';
import { EmailProof } from '../../components/email-proof.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { Notice } from '../../components/states.tsx';
import { ProfileDocument, UpdateProfileDocument } from '../../graph/operations.generated.ts';
import { session } from '../../session/session.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { day } from '../../time.ts';

/** The server checks every field, and answers with all faults at once. */
const fields = { name: null, email: null };

export function Profile() {
  const user = useSignedIn();
  const { data } = useQuery(ProfileDocument);
  const [name, setName] = useState(user.name);
  const [email, setEmail] = useState(user.email);
  const [saved, setSaved] = useState<string | null>(null);
  const [update] = useMutation(UpdateProfileDocument);
  const save = async (confirmation: string | null) => {
    const { data } = await update({ variables: { input: { name, email, confirmation } } });
    const changed = data?.updateProfile?.user;
    if (changed != null) {
      session.rename({ id: changed.id, name: changed.name, email: changed.email });
      setSaved(savedSentence(changed.pendingEmail));
      setEmail(changed.email);
    }
    return data?.updateProfile?.userErrors ?? [];
  };
  const submission = useSubmission(fields, async () => await confirmed(save));
  const edit = (set: (value: string) => void) => (value: string) => {
    setSaved(null);
    set(value);
  };
  const since = data?.viewer?.createdAt;
  return (
    <Section title="Profile">
      <Form submission={submission} label="Profile">
        <TextInput label="Name" name="name" autoComplete="name" value={name} onChange={edit(setName)} isRequired />
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="email"
          value={email}
          onChange={edit(setEmail)}
          isRequired
          hint="You sign in with this address, and messages are sent to it."
        />
        <div className="buttons">
          <Button type="submit" isPending={submission.isPending}>
            Save profile
          </Button>
        </div>
        {saved !== null && <Notice kind="success">{saved}</Notice>}
      </Form>
      <EmailProof />
      <p className="row-detail">{since === undefined ? '\u00a0' : `Customer since ${day(since)}`}</p>
      <Copyable label="Customer ID" name="customer ID" text={user.id} />
    </Section>
  );
}

/** A new address counts when the person has confirmed it. */
function savedSentence(pendingEmail: string | null | undefined): string {
  return pendingEmail == null
    ? 'Your profile is saved.'
    : `Your profile is saved. Your address changes when you confirm ${pendingEmail}: we have sent a message there.`;
}
