import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { TextInput } from '../../components/fields.tsx';
import { Form, GeneralRefusals, useSubmission } from '../../components/form.tsx';
import {
  AddPasskeyDocument,
  BeginPasskeyRegistrationDocument,
  RemovePasskeyDocument,
  type SecondFactorsQuery,
} from '../../graph/operations.generated.ts';
import { hasPasskeys, makePasskey, noPasskey, withoutField } from '../../passkeys.ts';
import { shortTime } from '../../time.ts';

type Passkey = NonNullable<SecondFactorsQuery['viewer']>['secondFactors']['passkeys'][number];

interface Show {
  /** Shows new recovery codes, or null, and reads the factors again. */
  readonly show: (codes: readonly string[] | null) => void;
}

/** The passkeys, and a form for a new one. */
export function Passkeys({ passkeys, show }: Show & { readonly passkeys: readonly Passkey[] }) {
  return (
    <>
      {passkeys.length > 0 && (
        <ul className="sessions" aria-label="Your passkeys">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} show={show} />
          ))}
        </ul>
      )}
      {hasPasskeys() ? (
        <AddPasskey show={show} />
      ) : (
        <p className="row-detail">This browser can make no passkey at this address. It needs https, or localhost.</p>
      )}
    </>
  );
}

function PasskeyRow({ passkey, show }: Show & { readonly passkey: Passkey }) {
  const { id: passkeyId, name, createdAt, lastUsedAt } = passkey;
  const [removePasskey] = useMutation(RemovePasskeyDocument);
  const remove = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const { data } = await removePasskey({ variables: { input: { passkeyId, confirmation } } });
        const { userErrors = [] } = data?.removePasskey ?? {};
        if (userErrors.length === 0) show(null);
        return withoutField(userErrors);
      }),
  );
  return (
    <li className="session">
      <div>
        <p>{name}</p>
        <p className="row-detail">
          Passkey · Added: {shortTime(createdAt)}
          {lastUsedAt != null && ` · Last used: ${shortTime(lastUsedAt)}`}
        </p>
        <GeneralRefusals submission={remove} />
      </div>
      <Button
        look="danger"
        isPending={remove.isPending}
        onPress={remove.submit}
        aria-label={`Remove the passkey ${name}`}
      >
        Remove
      </Button>
    </li>
  );
}

function AddPasskey({ show }: Show) {
  const [name, setName] = useState('');
  const [beginRegistration] = useMutation(BeginPasskeyRegistrationDocument);
  const [addPasskey] = useMutation(AddPasskeyDocument);
  const problems = { name: name.trim() === '' ? 'Enter a name, such as “Laptop”.' : null };
  const add = useSubmission(
    problems,
    async () =>
      await confirmed(async (confirmation) => {
        const begun = (await beginRegistration({ variables: { input: { confirmation } } })).data
          ?.beginPasskeyRegistration;
        if (begun?.options == null) return begun?.userErrors ?? [];
        const response = await makePasskey(begun.options);
        if (response === null) return noPasskey;
        const { data } = await addPasskey({ variables: { input: { name, response } } });
        const { passkey, codes, userErrors = [] } = data?.addPasskey ?? {};
        if (passkey == null)
          return userErrors.map((refusal) =>
            refusal.field?.includes('name') === true ? refusal : { ...refusal, field: null },
          );
        setName('');
        show(codes ?? null);
        return [];
      }),
  );
  return (
    <Form submission={add} label="Add a passkey">
      <TextInput
        label="Name of the passkey"
        name="name"
        maxLength={100}
        value={name}
        onChange={setName}
        autoComplete="off"
        hint="A passkey signs you in with your fingerprint, your face or the PIN of your device."
        isRequired
      />
      <div className="buttons">
        <Button type="submit" isPending={add.isPending}>
          Add a passkey
        </Button>
      </div>
    </Form>
  );
}
