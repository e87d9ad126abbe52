import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { PasswordInput } from '../../components/fields.tsx';
import { Form, useSubmission } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { Notice } from '../../components/states.tsx';
import { session } from '../../session/session.ts';

/** The server checks every field, and answers with all faults at once. */
const fields = { currentPassword: null, newPassword: null };

export function Password() {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [isSaved, setSaved] = useState(false);
  const submission = useSubmission(fields, async () => {
    const refusals = await confirmed(
      async (confirmation) =>
        await session.changePassword({
          currentPassword,
          newPassword,
          ...(confirmation === null ? {} : { confirmation }),
        }),
    );
    if (refusals.length === 0) {
      setSaved(true);
      setCurrent('');
      setNew('');
    }
    return refusals;
  });
  const edit = (set: (value: string) => void) => (value: string) => {
    setSaved(false);
    set(value);
  };
  return (
    <Section title="Password">
      <Form submission={submission} label="Password">
        <PasswordInput
          label="Current password"
          name="currentPassword"
          autoComplete="current-password"
          value={currentPassword}
          onChange={edit(setCurrent)}
          isRequired
        />
        <PasswordInput
          label="New password"
          name="newPassword"
          autoComplete="new-password"
          value={newPassword}
          onChange={edit(setNew)}
          isRequired
          hint="Use at least 8 characters. You are signed out on your other devices."
        />
        <div className="buttons">
          <Button type="submit" isPending={submission.isPending}>
            Change password
          </Button>
        </div>
        {isSaved && <Notice kind="success">Your password is changed.</Notice>}
      </Form>
    </Section>
  );
}
