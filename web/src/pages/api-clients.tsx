import { useQuery } from '@apollo/client/react';
import { Copyable } from '../components/copyable.tsx';
import { Page, Section } from '../components/page.tsx';
import { ShownSecrets, useSecretsOnce } from '../components/secret-once.tsx';
import { Failed, Loading } from '../components/states.tsx';
import { ApiClientsDocument } from '../graph/operations.generated.ts';
import { ApiClientRow } from './api-clients/api-client-row.tsx';
import { CreateApiClient } from './api-clients/create-api-client.tsx';
import type { NewSecret } from './api-clients/new-secret.ts';

/** The programs that act for the person: their scopes, their times and their secrets. */
export default function ApiClients() {
  const { data, error, refetch } = useQuery(ApiClientsDocument);
  const shown = useSecretsOnce<NewSecret>();
  const clients = data?.viewer?.apiClients?.nodes;
  const again = () => void refetch();
  const show = (secret: NewSecret) => {
    shown.show(secret);
    again();
  };
  return (
    <Page
      title="API clients"
      narrow
      lead="An API client lets a program act for you, within the scopes that you choose. It needs no password."
    >
      <ShownSecrets shown={shown} program="its program" keyOf={({ clientSecret }) => clientSecret}>
        {({ clientId, clientSecret }) => (
          <>
            <Copyable label="Client ID" name="client ID" text={clientId} />
            <Copyable label="Client secret" name="client secret" text={clientSecret} />
          </>
        )}
      </ShownSecrets>
      <Section title="Your API clients">
        {clients === undefined ? (
          error === undefined ? (
            <Loading count={2} />
          ) : (
            <Failed error={error} again={again} />
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
