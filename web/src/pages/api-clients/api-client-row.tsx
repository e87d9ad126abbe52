import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { confirmed } from '../../components/confirmation.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { GeneralRefusals, useSubmission } from '../../components/form.tsx';
import { NewSecretForm } from '../../components/new-secret-form.tsx';
import {
  type ApiClientPartsFragment,
  RevokeApiClientDocument,
  RotateApiClientSecretDocument,
} from '../../graph/operations.generated.ts';
import { day, shortTime } from '../../time.ts';
import type { NewSecret } from './new-secret.ts';

interface RowProps {
  readonly client: ApiClientPartsFragment;
  readonly onRotated: (secret: NewSecret) => void;
  readonly onRevoked: () => void;
}

export function ApiClientRow({ client, onRotated, onRevoked }: RowProps) {
  const { id: clientId, name, scopes, revokedAt, expiresAt } = client;
  const [isRotating, setRotating] = useState(false);
  const [rotateSecret] = useMutation(RotateApiClientSecretDocument);
  const [revokeApiClient] = useMutation(RevokeApiClientDocument);
  const revoke = useSubmission(
    {},
    async () =>
      await confirmed(async (confirmation) => {
        const { data } = await revokeApiClient({ variables: { input: { clientId, confirmation } } });
        const { userErrors = [] } = data?.revokeApiClient ?? {};
        if (userErrors.length === 0) onRevoked();
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
        <NewSecretForm
          name={name}
          rotate={async (overlapHours, confirmation) => {
            const { data } = await rotateSecret({ variables: { input: { clientId, overlapHours, confirmation } } });
            const { clientSecret, userErrors = [] } = data?.rotateApiClientSecret ?? {};
            if (clientSecret == null) return userErrors.map(general);
            setRotating(false);
            onRotated({ name, clientId, clientSecret });
            return [];
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

/** These forms have no field for the client. */
const general = <R extends { readonly field?: readonly string[] | null }>(refusal: R): R =>
  refusal.field?.includes('confirmation') === true ? refusal : { ...refusal, field: null };
