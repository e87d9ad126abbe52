import { useMutation, useQuery } from '@apollo/client/react';
import { useState, useSyncExternalStore } from 'react';
import {
  BeginPasskeyConfirmationDocument,
  ConfirmIdentityDocument,
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

type Settle = (confirmation: string | null) => void;

let pending: Settle | null = null;
const watchers = new Set<() => void>();

function setPending(settle: Settle | null): void {
  pending = settle;
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
  if (!refusals.some(({ code }) => code === 'CONFIRMATION_REQUIRED')) return refusals;
  const confirmation = await new Promise<string | null>((resolve) => setPending(resolve));
  return confirmation === null ? withoutField(refusals) : withoutField(await run(confirmation));
}

/** No form has a field for the confirmation. */
const withoutField = (refusals: Refusals): Refusals =>
  refusals.map((refusal) => (refusal.code === 'CONFIRMATION_REQUIRED' ? { ...refusal, field: null } : refusal));

/** The dialog of every change that needs a confirmation. */
export function Confirmation() {
  const settle = useSyncExternalStore(store.watch, store.read);
  const close = (confirmation: string | null) => {
    settle?.(confirmation);
    setPending(null);
  };
  return (
    <ConfirmDialog
      title="Confirm that it is you"
      text="This change needs your password, so that a person at your open wallet can't make it."
      isOpen={settle !== null}
      onOpenChange={(isOpen) => isOpen || close(null)}
    >
      <ConfirmationForm onConfirmed={close} />
    </ConfirmDialog>
  );
}

function ConfirmationForm({ onConfirmed }: { readonly onConfirmed: (confirmation: string) => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { data } = useQuery(SecondFactorsDocument);
  const [confirmIdentity] = useMutation(ConfirmIdentityDocument);
  const [beginConfirmation] = useMutation(BeginPasskeyConfirmationDocument);
  const factors = data?.viewer?.secondFactors;
  const hasPasskey = (factors?.passkeys.length ?? 0) > 0;
  const needsCode = factors?.totp === true || hasPasskey;
  const problems = {
    password: password === '' ? 'Enter your password.' : null,
    code: needsCode && code.trim() === '' ? 'Enter a code.' : null,
  };
  const submission = useSubmission(problems, async () => {
    const input = { password, ...(needsCode ? codeInput(code) : {}) };
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
