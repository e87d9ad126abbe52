import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { TextInput } from '../../components/fields.tsx';
import { Form, GeneralRefusals, useSubmission } from '../../components/form.tsx';
import { Section } from '../../components/page.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { Loading, Notice } from '../../components/states.tsx';
import {
  BeginTotpDocument,
  DisableTotpDocument,
  EnableTotpDocument,
  RenewRecoveryCodesDocument,
  SecondFactorsDocument,
} from '../../graph/operations.generated.ts';
import { Passkeys } from './passkeys.tsx';

/** The authenticator app, the passkeys, and the recovery codes. */
export function SecondFactor() {
  const { data, refetch } = useQuery(SecondFactorsDocument);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const factors = data?.viewer?.secondFactors;
  const show = (shown: readonly string[] | null) => {
    setCodes(shown);
    void refetch();
  };
  return (
    <Section title="Second factor">
      <p className="row-detail">
        With an authenticator app or a passkey, your password alone does not open your wallet. Important changes need a
        factor too.
      </p>
      {codes !== null && <RecoveryCodes codes={codes} close={() => setCodes(null)} />}
      {factors === undefined ? (
        <Loading count={1} />
      ) : factors.totp ? (
        <AppIsSet codesLeft={factors.recoveryCodesLeft} show={show} />
      ) : (
        <SetUp show={show} />
      )}
      {factors !== undefined && <Passkeys passkeys={factors.passkeys} show={show} />}
    </Section>
  );
}

interface Show {
  /** Shows new recovery codes, or null, and reads the factors again. */
  readonly show: (codes: readonly string[] | null) => void;
}

function AppIsSet({ codesLeft, show }: Show & { readonly codesLeft: number }) {
  const [renewCodes] = useMutation(RenewRecoveryCodesDocument);
  const [disable] = useMutation(DisableTotpDocument);
  const renew = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const { data } = await renewCodes({ variables: { input: { confirmation } } });
        const { codes, userErrors = [] } = data?.renewRecoveryCodes ?? {};
        if (codes != null) show(codes);
        return userErrors;
      }),
  );
  const remove = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const { data } = await disable({ variables: { input: { confirmation } } });
        const { userErrors = [] } = data?.disableTotp ?? {};
        if (userErrors.length === 0) show(null);
        return userErrors;
      }),
  );
  return (
    <>
      <Notice kind="success">Your authenticator app is set up. You have {codesLeft} unused recovery codes.</Notice>
      <GeneralRefusals submission={renew} />
      <GeneralRefusals submission={remove} />
      <div className="buttons">
        <Button isPending={renew.isPending} onPress={renew.submit}>
          New recovery codes
        </Button>
        <Button look="danger" isPending={remove.isPending} onPress={remove.submit}>
          Remove the app
        </Button>
      </div>
    </>
  );
}

function SetUp({ show }: Show) {
  const [secret, setSecret] = useState<{ readonly text: string; readonly uri: string } | null>(null);
  const [code, setCode] = useState('');
  const [beginTotp] = useMutation(BeginTotpDocument);
  const [enableTotp] = useMutation(EnableTotpDocument);
  const begin = useSubmission({}, async () => {
    const { data } = await beginTotp();
    const { secret, uri, userErrors = [] } = data?.beginTotp ?? {};
    if (secret != null && uri != null) setSecret({ text: secret, uri });
    return userErrors;
  });
  const problems = { code: code.trim() === '' ? 'Enter the code that the app shows.' : null };
  const enable = useSubmission(
    problems,
    async () =>
      await confirmed(async (confirmation) => {
        const input = { code: code.replaceAll(/\s/g, ''), confirmation };
        const { data } = await enableTotp({ variables: { input } });
        const { codes, userErrors = [] } = data?.enableTotp ?? {};
        if (codes != null) show(codes);
        return userErrors;
      }),
  );
  if (secret === null) {
    return (
      <>
        <GeneralRefusals submission={begin} />
        <div className="buttons">
          <Button isPending={begin.isPending} onPress={begin.submit}>
            Set up an authenticator app
          </Button>
        </div>
      </>
    );
  }
  return (
    <Form submission={enable} label="Set up an authenticator app">
      <p>
        Scan the code with your authenticator app, or enter the key there. The app is on this device?{' '}
        <a href={secret.uri}>Open it</a>.
      </p>
      <QrCode text={secret.uri} label="The key as a QR code" />
      <Copyable label="Key" name="key" text={secret.text} shown={secret.text.replaceAll(/(.{4})(?=.)/g, '$1 ')} />
      <TextInput
        label="Code that the app shows"
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={10}
        value={code}
        onChange={setCode}
        isRequired
        autoFocus
      />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={enable.isPending}>
          Turn on
        </Button>
      </div>
    </Form>
  );
}

/** The codes are shown once: the server keeps only their hashes. */
function RecoveryCodes({ codes, close }: { readonly codes: readonly string[]; readonly close: () => void }) {
  return (
    <section className="recovery-codes" aria-label="Recovery codes">
      <Notice kind="info">
        Keep these recovery codes where you find them without your telephone. Each works once. They are not shown again.
      </Notice>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="buttons">
        <Button onPress={close}>I have kept them</Button>
      </div>
    </section>
  );
}
