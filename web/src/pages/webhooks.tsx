import { useMutation, useQuery } from '@apollo/client/react';
import { Copyable } from '../components/copyable.tsx';
import { Page, Section } from '../components/page.tsx';
import { ShownSecrets, useSecretsOnce } from '../components/secret-once.tsx';
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
  const shown = useSecretsOnce<ShownSecret>();
  const webhooks = data?.viewer?.webhookEndpoints;
  const again = () => void refetch();
  const show = (webhook: WebhookPartsFragment, secret: string) => shown.show({ name: nameOf(webhook), secret });
  return (
    <Page
      title="Webhooks"
      narrow
      lead="A webhook sends events to a program of yours, each signed with a secret that only you and we have."
    >
      <ShownSecrets shown={shown} program="your program" keyOf={({ secret }) => secret}>
        {({ secret }) => <Copyable label="Secret" name="secret" text={secret} />}
      </ShownSecrets>
      <Section title="Your webhooks">
        {webhooks == null ? (
          error === undefined ? (
            <Loading count={2} />
          ) : (
            <Failed error={error} again={again} />
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
            again();
            return [];
          }}
        />
      </Section>
    </Page>
  );
}
