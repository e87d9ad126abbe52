import { useMutation, useQuery } from '@apollo/client/react';
import { useState, useSyncExternalStore } from 'react';
import {
  BeginPasskeyConfirmationDocument,
  ConfirmIdentityDocument,
  RequestIdentityCodeDocument,
  SecondFactorsDocument,
} from '../graph/operations.generated.ts';
import { hasPasskeys, noPasskey, usePasskey, withoutField as withoutPasskeyField } from '../passkeys.ts';
import type { Refusals } from '../session/session.ts';
import { Button } from './button.tsx';
import { ConfirmDialog } from './dialog.tsx';
import { PasswordInput, TextInput } from './fields.tsx';
import { Form, GeneralRefusals, useSubmission } from './form.tsx';

/**
 * Changes that a stolen session must not make need a confirmation: the password and, where one is set, the second factor.
 * `confirmed` runs a change; where the server requires a confirmation, the dialog gets it and the change runs again.
 */

interface Pending {
  readonly settle: (confirmation: string | null) => void;
  /** Whether the server also requires the code of a message: for the first second factor. */
  readonly byEmail: boolean;
}

let pending: Pending | null = null;
const watchers = new Set<() => void>();

function setPending(next: Pending | null): void {
  pending = next;
  for (const watcher of watchers) watcher();
}

const store = {
  watch: (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
  read: () => pending,
};

/** @param run returns the server's refusals. It is called again with the confirmation that the person gave. */
export async function confirmed(run: (confirmation: string | null) => Promise<Refusals>): Promise<Refusals> {
  const refusals = await run(null);
  if (!refusals.some(isUnconfirmed)) return refusals;
  const byEmail = refusals.some(({ code }) => code === 'EMAIL_CODE_REQUIRED');
  const confirmation = await new Promise<string | null>((settle) => setPending({ settle, byEmail }));
  return confirmation === null ? withoutField(refusals) : withoutField(await run(confirmation));
}

const isUnconfirmed = ({ code }: Refusals[number]) =>
  code === 'CONFIRMATION_REQUIRED' || code === 'EMAIL_CODE_REQUIRED';

/** No form has a field for the confirmation. */
const withoutField = (refusals: Refusals): Refusals =>
  refusals.map((refusal) => (isUnconfirmed(refusal) ? { ...refusal, field: null } : refusal));

/** The dialog of every change that needs a confirmation. */
export function Confirmation() {
  const waiting = useSyncExternalStore(store.watch, store.read);
  const close = (confirmation: string | null) => {
    waiting?.settle(confirmation);
    setPending(null);
  };
  return (
    <ConfirmDialog
      title="Confirm that it is you"
      text="This change needs your password, so that a person at your open wallet can't make it."
      isOpen={waiting !== null}
      onOpenChange={(isOpen) => isOpen || close(null)}
    >
      <ConfirmationForm byEmail={waiting?.byEmail === true} onConfirmed={close} />
    </ConfirmDialog>
  );
}

interface ConfirmationProps {
  readonly byEmail: boolean;
  readonly onConfirmed: (confirmation: string) => void;
}

function ConfirmationForm({ byEmail, onConfirmed }: ConfirmationProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [emailCode, setEmailCode] = useState('');
  const { data } = useQuery(SecondFactorsDocument);
  const [confirmIdentity] = useMutation(ConfirmIdentityDocument);
  const [beginConfirmation] = useMutation(BeginPasskeyConfirmationDocument);
  const factors = data?.viewer?.secondFactors;
  const hasPasskey = (factors?.passkeys.length ?? 0) > 0;
  const needsCode = factors?.totp === true || hasPasskey;
  const problems = {
    password: password === '' ? 'Enter your password.' : null,
    code: needsCode && code.trim() === '' ? 'Enter a code.' : null,
    emailCode: byEmail && emailCode.trim() === '' ? 'Enter the code of the message.' : null,
  };
  const submission = useSubmission(problems, async () => {
    const codes = needsCode ? codeInput(code) : byEmail ? { emailCode: emailCode.trim() } : {};
    const input = { password, ...codes };
    const { data } = await confirmIdentity({ variables: { input } });
    const { confirmation, userErrors = [] } = data?.confirmIdentity ?? {};
    if (confirmation != null) onConfirmed(confirmation);
    return userErrors.map(atCode);
  });
  const byPasskey = useSubmission({}, async () => {
    const { options, userErrors = [] } = (await beginConfirmation()).data?.beginPasskeyConfirmation ?? {};
    if (options == null) return userErrors;
    const passkeyResponse = await usePasskey(options);
    if (passkeyResponse === null) return noPasskey;
    const { data } = await confirmIdentity({ variables: { input: { passkeyResponse } } });
    const { confirmation, userErrors: refused = [] } = data?.confirmIdentity ?? {};
    if (confirmation != null) onConfirmed(confirmation);
    return withoutPasskeyField(refused);
  });
  return (
    <Form submission={submission} label="Confirm that it is you">
      {hasPasskey && hasPasskeys() && (
        <Button isPending={byPasskey.isPending} onPress={byPasskey.submit}>
          Use your passkey
        </Button>
      )}
      <GeneralRefusals submission={byPasskey} />
      <PasswordInput
        label="Your password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
        autoFocus
      />
      {byEmail && <EmailCode value={emailCode} onChange={setEmailCode} />}
      {needsCode && <CodeInput value={code} onChange={setCode} />}
      <div className="buttons">
        <Button type="submit" look="primary" isPending={submission.isPending}>
          Confirm
        </Button>
        <Button slot="close">Cancel</Button>
      </div>
    </Form>
  );
}

/** The code of a message to the customer's address, which a thief of the password can't read. */
function EmailCode(props: { readonly value: string; readonly onChange: (code: string) => void }) {
  const [isSent, setIsSent] = useState(false);
  const [requestCode] = useMutation(RequestIdentityCodeDocument);
  const request = useSubmission({}, async () => {
    const { userErrors = [] } = (await requestCode()).data?.requestIdentityCode ?? {};
    setIsSent(userErrors.length === 0);
    return userErrors;
  });
  return (
    <>
      <div className="buttons">
        <Button isPending={request.isPending} onPress={request.submit}>
          {isSent ? 'Send another code' : 'Send a code to my email address'}
        </Button>
      </div>
      <GeneralRefusals submission={request} />
      <TextInput
        {...props}
        label="Code from the message"
        name="emailCode"
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={20}
        isRequired
        hint={
          isSent ? 'The message is on its way.' : 'A new credential needs the code of a message to your email address.'
        }
      />
    </>
  );
}

export function CodeInput(props: {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly autoFocus?: boolean;
}) {
  return (
    <TextInput
      {...props}
      label="Code"
      name="code"
      autoComplete="one-time-code"
      maxLength={40}
      isRequired
      hint="From your authenticator app, or one of your recovery codes."
    />
  );
}

/** A code of the app has six digits; every other text is a recovery code. */
export function codeInput(text: string): { code: string } | { recoveryCode: string } {
  const digits = text.replaceAll(/\s/g, '');
  return /^\d{6}$/.test(digits) ? { code: digits } : { recoveryCode: text.trim() };
}

/** The form has one field for both kinds of code. */
export const atCode = (refusal: Refusals[number]): Refusals[number] =>
  refusal.field?.includes('recoveryCode') === true ? { ...refusal, field: ['input', 'code'] } : refusal;
