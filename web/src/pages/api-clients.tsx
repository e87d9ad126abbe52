import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Copyable } from '../components/copyable.tsx';
import { Page, Section } from '../components/page.tsx';
import { SecretOnce } from '../components/secret-once.tsx';
import { Failed, Loading } from '../components/states.tsx';
import { ApiClientsDocument } from '../graph/operations.generated.ts';
import { ApiClientRow } from './api-clients/api-client-row.tsx';
import { CreateApiClient } from './api-clients/create-api-client.tsx';
import type { NewSecret } from './api-clients/new-secret.ts';

/** The programs that act for the person: their scopes, their times and their secrets. */
export default function ApiClients() {
  const { data, error, refetch } = useQuery(ApiClientsDocument);
  const [secret, setSecret] = useState<NewSecret | null>(null);
  const clients = data?.viewer?.apiClients?.nodes;
  const again = async () => void (await refetch());
  const show = async (shown: NewSecret) => {
    setSecret(shown);
    await again();
  };
  return (
    <Page
      title="API clients"
      narrow
      lead="An API client lets a program act for you, within the scopes that you choose. It needs no password."
    >
      {secret !== null && (
        <SecretOnce
          name={secret.name}
          notice={`Copy the secret of ${secret.name} into its program now. It is not shown again. Make a new secret if you lose it.`}
          close={() => setSecret(null)}
        >
          <Copyable label="Client ID" name="client ID" text={secret.clientId} />
          <Copyable label="Client secret" name="client secret" text={secret.clientSecret} />
        </SecretOnce>
      )}
      <Section title="Your API clients">
        {clients === undefined ? (
          error === undefined ? (
            <Loading count={2} />
          ) : (
            <Failed error={error} again={() => void again()} />
          )
        ) : clients.length === 0 ? (
          <p className="row-detail">You have no API client.</p>
        ) : (
          <ul className="sessions" aria-label="Your API clients">
            {clients.map((client) => (
              <ApiClientRow key={client.id} client={client} onRotated={show} onRevoked={again} />
            ))}
          </ul>
        )}
      </Section>
      <Section title="Create an API client">
        <CreateApiClient onCreated={show} />
      </Section>
    </Page>
  );
}
