import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Button } from '../components/button.tsx';
import { ConfirmDialog } from '../components/dialog.tsx';
import { TextInput } from '../components/fields.tsx';
import { Form, useSubmission } from '../components/form.tsx';
import { Page, Section } from '../components/page.tsx';
import { Notice } from '../components/states.tsx';
import { DeleteUserDocument, ProfileDocument, UpdateProfileDocument } from '../graph/operations.generated.ts';
import { session } from '../session/session.ts';
import { useSignedIn } from '../session/use-session.ts';
import { chosenTheme, chooseTheme, isTheme, type Theme } from '../theme.ts';
import { day } from '../time.ts';

export default function Settings() {
  return (
    <Page title="Settings" narrow>
      <Profile />
      <Appearance />
      <Password />
      <Leaving />
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
  const submission = useSubmission(['name', 'email'], async () => {
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
      {since !== undefined && <p className="row-detail">With us since {day(since)}</p>}
    </Section>
  );
}

const themes: Readonly<Record<Theme, string>> = { system: 'System', light: 'Light', dark: 'Dark' };

function Appearance() {
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  return (
    <Section title="Appearance">
      <RadioGroup
        className="segments"
        value={theme}
        onChange={(chosen) => {
          if (!isTheme(chosen)) return;
          chooseTheme(chosen);
          setTheme(chosen);
        }}
      >
        <Label>Theme</Label>
        <div className="segments-frame">
          {Object.entries(themes).map(([value, label]) => (
            <Radio key={value} value={value} className="segment">
              {label}
            </Radio>
          ))}
        </div>
      </RadioGroup>
    </Section>
  );
}

function Password() {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [isSaved, setSaved] = useState(false);
  const submission = useSubmission(['currentPassword', 'newPassword'], async () => {
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
        <TextInput
          label="Current password"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          value={currentPassword}
          onChange={setCurrent}
          isRequired
        />
        <TextInput
          label="New password"
          name="newPassword"
          type="password"
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

function Leaving() {
  const [isOpen, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  const [deleteUser] = useMutation(DeleteUserDocument);
  const submission = useSubmission(['password'], async () => {
    const { data } = await deleteUser({ variables: { input: { password } } });
    const refusals = data?.deleteUser.userErrors ?? [];
    if (refusals.length === 0) await session.logout();
    return refusals;
  });
  const signOut = useSubmission([], async () => {
    await session.logout();
    return [];
  });
  return (
    <Section title="Leaving">
      {signOut.shown.general.map((sentence) => (
        <Notice key={sentence} kind="error">
          {sentence}
        </Notice>
      ))}
      <div className="buttons">
        <Button icon="leave" isPending={signOut.isPending} onPress={signOut.submit}>
          Sign out
        </Button>
        <Button look="danger" onPress={() => setOpen(true)}>
          Delete account
        </Button>
      </div>
      <ConfirmDialog title="Delete your account?" isOpen={isOpen} onOpenChange={setOpen}>
        <p>
          Your accounts are closed and your personal data erased. This cannot be undone. All accounts must be empty.
        </p>
        <Form submission={submission} label="Delete account">
          <TextInput
            label="Your password"
            name="password"
            type="password"
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
