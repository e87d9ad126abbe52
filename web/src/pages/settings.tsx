import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { ConfirmDialog } from '../components/dialog.tsx';
import { PasswordInput, TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Page, Section } from '../components/page.tsx';
import { Segments } from '../components/segments.tsx';
import { Notice } from '../components/states.tsx';
import { DeleteUserDocument, ProfileDocument, UpdateProfileDocument } from '../graph/operations.generated.ts';
import { session } from '../session/session.ts';
import { useSignedIn } from '../session/use-session.ts';
import { chosenTheme, chooseTheme, type Theme } from '../theme.ts';
import { day } from '../time.ts';

export default function Settings() {
  const signOut = useSubmission({}, async () => {
    await session.logout();
    return [];
  });
  return (
    <Page
      title="Settings"
      narrow
      actions={
        <Button icon="leave" isPending={signOut.isPending} onPress={signOut.submit}>
          Sign out
        </Button>
      }
    >
      {signOut.shown.general.map((sentence) => (
        <Notice key={sentence} kind="error">
          {sentence}
        </Notice>
      ))}
      <Profile />
      <Appearance />
      <Password />
      <Deletion />
    </Page>
  );
}

function Profile() {
  const user = useSignedIn();
  const { data } = useQuery(ProfileDocument);
  const [name, setName] = useState(user.name);
  const [email, setEmail] = useState(user.email);
  const [isSaved, setSaved] = useState(false);
  const [update] = useMutation(UpdateProfileDocument);
  const problems = {
    name: name.trim() === '' ? 'Enter your name.' : null,
    email: email.trim() === '' ? 'Enter your email address.' : null,
  };
  const submission = useSubmission(problems, async () => {
    setSaved(false);
    const { data } = await update({ variables: { input: { name, email } } });
    const saved = data?.updateProfile.user;
    if (saved != null) {
      session.rename({ id: saved.id, name: saved.name, email: saved.email });
      setSaved(true);
    }
    return data?.updateProfile.userErrors ?? [];
  });
  const since = data?.viewer?.createdAt;
  return (
    <Section title="Profile">
      <Form submission={submission} label="Profile">
        <TextInput label="Name" name="name" autoComplete="name" value={name} onChange={setName} isRequired />
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="email"
          value={email}
          onChange={setEmail}
          isRequired
          hint="You sign in with it, and messages go to it."
        />
        <div className="buttons">
          <Button type="submit" isPending={submission.isPending}>
            Save profile
          </Button>
        </div>
        {isSaved && <Notice kind="success">Your profile is saved.</Notice>}
      </Form>
      <p className="row-detail">{since === undefined ? '\u00a0' : `With us since ${day(since)}`}</p>
    </Section>
  );
}

const themes: Readonly<Record<Theme, string>> = { system: 'System', light: 'Light', dark: 'Dark' };

function Appearance() {
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  return (
    <Section title="Appearance">
      <Segments
        label="Theme"
        choices={themes}
        chosen={theme}
        onChange={(chosen) => {
          chooseTheme(chosen);
          setTheme(chosen);
        }}
      />
    </Section>
  );
}

function Password() {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [isSaved, setSaved] = useState(false);
  const problems = {
    currentPassword: currentPassword === '' ? 'Enter the password that you have now.' : null,
    newPassword: newPassword === '' ? 'Choose a password.' : null,
  };
  const submission = useSubmission(problems, async () => {
    setSaved(false);
    const refusals = await session.changePassword({ currentPassword, newPassword });
    if (refusals.length === 0) {
      setSaved(true);
      setCurrent('');
      setNew('');
    }
    return refusals;
  });
  return (
    <Section title="Password">
      <Form submission={submission} label="Password">
        <PasswordInput
          label="Current password"
          name="currentPassword"
          autoComplete="current-password"
          value={currentPassword}
          onChange={setCurrent}
          isRequired
        />
        <PasswordInput
          label="New password"
          name="newPassword"
          autoComplete="new-password"
          value={newPassword}
          onChange={setNew}
          isRequired
          hint="At least 8 characters. You are signed out everywhere else."
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

function Deletion() {
  const [isOpen, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  const [deleteUser] = useMutation(DeleteUserDocument);
  const problems = { password: password === '' ? 'Enter your password.' : null };
  const submission = useSubmission(problems, async () => {
    const { data } = await deleteUser({ variables: { input: { password } } });
    const refusals = data?.deleteUser.userErrors ?? [];
    if (refusals.length === 0) await session.logout();
    return refusals;
  });
  return (
    <Section title="Delete account">
      <p className="row-detail">
        Your accounts are closed and your personal data erased, for ever. All accounts must be empty.
      </p>
      <div className="buttons">
        <Button look="danger" onPress={() => setOpen(true)}>
          Delete account
        </Button>
      </div>
      <ConfirmDialog title="Delete your account?" isOpen={isOpen} onOpenChange={setOpen}>
        <p>This cannot be undone.</p>
        <Form submission={submission} label="Delete account">
          <PasswordInput
            label="Your password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            isRequired
            autoFocus
          />
          <div className="buttons">
            <Button type="submit" look="danger" isPending={submission.isPending}>
              Delete for ever
            </Button>
            <Button slot="close">Keep it</Button>
          </div>
        </Form>
      </ConfirmDialog>
    </Section>
  );
}
