import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Copyable } from '../components/copyable.tsx';
import { Page, Section } from '../components/page.tsx';
import { SecretOnce } from '../components/secret-once.tsx';
import { Failed, Loading } from '../components/states.tsx';
import {
  CreateWebhookEndpointDocument,
  WebhooksDocument,
  type WebhookPartsFragment,
} from '../graph/operations.generated.ts';
import { WebhookForm } from './webhooks/webhook-form.tsx';
import { WebhookRow } from './webhooks/webhook-row.tsx';
import { nameOf } from './webhooks/words.ts';

interface ShownSecret {
  readonly name: string;
  readonly secret: string;
}

/** The URLs that get the person's events: their secrets, their events and the requests. */
export default function Webhooks() {
  const { data, error, refetch } = useQuery(WebhooksDocument, { fetchPolicy: 'cache-and-network' });
  const [createWebhook] = useMutation(CreateWebhookEndpointDocument);
  const [shown, setShown] = useState<ShownSecret | null>(null);
  const webhooks = data?.viewer?.webhookEndpoints;
  const again = async () => void (await refetch());
  const show = (webhook: WebhookPartsFragment, secret: string) => setShown({ name: nameOf(webhook), secret });
  return (
    <Page
      title="Webhooks"
      narrow
      lead="A webhook sends events to a program of yours, each signed with a secret that only you and we have."
    >
      {shown !== null && (
        <SecretOnce
          name={shown.name}
          notice={`Copy the secret of ${shown.name} into your program now. It is not shown again. Make a new secret if you lose it.`}
          close={() => setShown(null)}
        >
          <Copyable label="Secret" name="secret" text={shown.secret} />
        </SecretOnce>
      )}
      <Section title="Your webhooks">
        {webhooks == null ? (
          error === undefined ? (
            <Loading count={2} />
          ) : (
            <Failed error={error} again={() => void again()} />
          )
        ) : webhooks.length === 0 ? (
          <p className="row-detail">You have no webhook.</p>
        ) : (
          <ul className="sessions" aria-label="Your webhooks">
            {webhooks.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} onRotated={show} onChanged={again} />
            ))}
          </ul>
        )}
      </Section>
      <Section title="Create a webhook">
        <WebhookForm
          label="Create a webhook"
          save={async (input) => {
            const { data: made } = await createWebhook({ variables: { input } });
            const { webhookSecret, userErrors = [] } = made?.createWebhookEndpoint ?? {};
            if (webhookSecret == null) return userErrors;
            show(webhookSecret.webhookEndpoint, webhookSecret.secret);
            await again();
            return [];
          }}
        />
      </Section>
    </Page>
  );
}
