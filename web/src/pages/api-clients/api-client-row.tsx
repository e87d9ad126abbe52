import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Choices } from '../../components/fields.tsx';
import { Form, GeneralRefusals, useSubmission } from '../../components/form.tsx';
import {
  type ApiClientPartsFragment,
  RevokeApiClientDocument,
  RotateApiClientSecretDocument,
} from '../../graph/operations.generated.ts';
import { day, shortTime } from '../../time.ts';
import type { NewSecret } from './new-secret.ts';

interface RowProps {
  readonly client: ApiClientPartsFragment;
  readonly onRotated: (secret: NewSecret) => Promise<void>;
  readonly onRevoked: () => Promise<void>;
}

export function ApiClientRow({ client, onRotated, onRevoked }: RowProps) {
  const { id: clientId, name, scopes, revokedAt, expiresAt } = client;
  const [isRotating, setRotating] = useState(false);
  const [revokeApiClient] = useMutation(RevokeApiClientDocument);
  const revoke = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const { data } = await revokeApiClient({ variables: { input: { clientId, confirmation } } });
        const { userErrors = [] } = data?.revokeApiClient ?? {};
        if (userErrors.length === 0) await onRevoked();
        return userErrors.map(general);
      }),
  );
  const isLive = revokedAt == null && new Date(expiresAt) > new Date();
  return (
    <li className="session">
      <div>
        <p>{name}</p>
        <p className="row-detail">{timesOf(client)}</p>
        <p className="row-detail">Scopes: {scopes.join(', ')}</p>
        <GeneralRefusals submission={revoke} />
      </div>
      {isLive && (
        <div className="buttons">
          <Button aria-label={`Make a new secret for ${name}`} onPress={() => setRotating(true)}>
            New secret
          </Button>
          <Button look="danger" aria-label={`Revoke ${name}`} isPending={revoke.isPending} onPress={revoke.submit}>
            Revoke
          </Button>
        </div>
      )}
      <ConfirmDialog
        title={`New secret for ${name}`}
        text="The program gets a new secret. The old one works until you have changed it there."
        isOpen={isRotating}
        onOpenChange={setRotating}
      >
        <RotateForm
          client={client}
          onRotated={async (secret) => {
            setRotating(false);
            await onRotated(secret);
          }}
        />
      </ConfirmDialog>
    </li>
  );
}

function timesOf({ revokedAt, expiresAt, lastUsedAt, oldSecretEndsAt }: ApiClientPartsFragment): string {
  const used = lastUsedAt == null ? 'Never used' : `Last used: ${shortTime(lastUsedAt)}`;
  if (revokedAt != null) return `Revoked: ${shortTime(revokedAt)} · ${used}`;
  if (new Date(expiresAt) <= new Date()) return `Expired: ${shortTime(expiresAt)} · ${used}`;
  const isOldLive = oldSecretEndsAt != null && new Date(oldSecretEndsAt) > new Date();
  const old = isOldLive ? ` · The old secret works until: ${shortTime(oldSecretEndsAt)}` : '';
  return `Expires: ${day(expiresAt)} · ${used}${old}`;
}

const overlaps = [
  { id: '0', label: 'It stops at once' },
  { id: '1', label: '1 hour' },
  { id: '24', label: '24 hours' },
  { id: '168', label: '7 days' },
];

function RotateForm({ client: { id: clientId, name }, onRotated }: Pick<RowProps, 'client' | 'onRotated'>) {
  const [hours, setHours] = useState('24');
  const [rotateSecret] = useMutation(RotateApiClientSecretDocument);
  const rotate = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const input = { clientId, overlapHours: Number(hours), confirmation };
        const { data } = await rotateSecret({ variables: { input } });
        const { clientSecret, userErrors = [] } = data?.rotateApiClientSecret ?? {};
        if (clientSecret != null) await onRotated({ name, clientId, clientSecret });
        return userErrors.map(general);
      }),
  );
  return (
    <Form submission={rotate} label={`New secret for ${name}`}>
      <Choices label="The old secret works for" name="overlap" value={hours} onChange={setHours} choices={overlaps} />
      <div className="buttons">
        <Button type="submit" look="primary" isPending={rotate.isPending}>
          Make a new secret
        </Button>
        <Button slot="close">Cancel</Button>
      </div>
    </Form>
  );
}

/** These forms have no field for the client. */
const general = <R extends { readonly field?: readonly string[] | null }>(refusal: R): R =>
  refusal.field?.includes('confirmation') === true ? refusal : { ...refusal, field: null };
