import type { Scope } from '#platform/identity/scopes.ts';
import type { Customer } from './customer.ts';

/** An API client of a customer, with its secret. */
export interface TestClient {
  readonly id: string;
  readonly secret: string;
  /** The answer of the token endpoint. */
  readonly requestToken: (scope?: string) => Promise<{ readonly status: number; readonly body: TokenAnswer }>;
  /** An access token with all scopes. */
  readonly token: () => Promise<string>;
}

interface TokenAnswer {
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly scope?: string;
  readonly error?: string;
}

/** Creates an API client with these scopes, at the router with this origin. */
export async function createApiClient(
  origin: string,
  customer: Pick<Customer, 'request' | 'confirm'>,
  scopes: readonly Scope[],
  name = 'Nightly job',
): Promise<TestClient> {
  const input = { name, scopes, confirmation: await customer.confirm() };
  const { createApiClient: created } = await customer.request<{
    createApiClient: { apiClient: { id: string }; clientSecret: string };
  }>(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { apiClient { id } clientSecret userErrors { code } } }',
    { input },
  );
  const { apiClient, clientSecret: secret } = created;
  const { id } = apiClient;
  const requestToken: TestClient['requestToken'] = async (scope) => {
    const response = await fetch(`${origin}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }),
    });
    return { status: response.status, body: (await response.json()) as TokenAnswer };
  };
  return { id, secret, requestToken, token: async () => (await requestToken()).body.access_token! };
}
