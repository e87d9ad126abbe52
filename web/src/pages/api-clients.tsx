import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Copyable } from '../components/copyable.tsx';
import { Page, Section } from '../components/page.tsx';
import { Failed, Loading, Notice } from '../components/states.tsx';
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
      {secret !== null && <SecretOnce secret={secret} close={() => setSecret(null)} />}
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

/** The server keeps only the secret's hash. */
function SecretOnce({ secret: { name, clientId, clientSecret }, close }: { readonly secret: NewSecret } & Close) {
  return (
    <section className="secret" aria-label={`Secret of ${name}`}>
      <Notice kind="info">
        Copy the secret of {name} into its program now. It is not shown again. Make a new secret if you lose it.
      </Notice>
      <Copyable label="Client ID" name="client ID" text={clientId} />
      <Copyable label="Client secret" name="client secret" text={clientSecret} />
      <div className="buttons">
        <Button onPress={close}>I have copied it</Button>
      </div>
    </section>
  );
}

interface Close {
  readonly close: () => void;
}
