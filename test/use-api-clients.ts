import { afterAll, expect } from '@jest/globals';
import { graphql } from './graphql.ts';
import { type ApiClientView, startUserSubgraph } from './user-subgraph.ts';

export interface MadeClient extends ApiClientView {
  readonly secret: string;
}

export const clientScopes = ['orders:read', 'accounts:read'];

/** The user subgraph for a test file, and the API clients of Ada, who has confirmed that it is her. */
export async function useApiClients() {
  const user = await startUserSubgraph({ EMAIL_VERIFICATION: 'off', CONFIRMATION_TTL_S: '3600' });
  afterAll(async () => await user.stop());
  const ada = await user.signUp();
  const confirmation = await user.confirm(ada.accessToken);

  async function create(input: object = {}, by = ada, confirmed = confirmation): Promise<MadeClient> {
    const wanted = { name: 'Nightly job', scopes: clientScopes, confirmation: confirmed, ...input };
    const { apiClient, clientSecret, userErrors } = await user.mutate('createApiClient', wanted, by.accessToken);
    expect(userErrors).toEqual([]);
    return { ...apiClient!, secret: clientSecret! };
  }

  const tokenOf = async ({ id }: Pick<MadeClient, 'id'>, secret: string, scope?: string) =>
    await user.mutate('issueClientToken', {
      clientId: id,
      clientSecret: secret,
      ...(scope !== undefined && { scope }),
    });

  async function rotate({ id }: MadeClient, input: object = {}) {
    const wanted = { clientId: id, confirmation, ...input };
    const { apiClient, clientSecret, userErrors } = await user.mutate('rotateApiClientSecret', wanted, ada.accessToken);
    expect(userErrors).toEqual([]);
    return { ...apiClient!, secret: clientSecret! };
  }

  const revoke = async (clientId: string) =>
    await user.mutate('revokeApiClient', { clientId, confirmation }, ada.accessToken);

  async function listed(by = ada, args = '') {
    const query = `{ viewer { apiClients${args} { nodes { id name revokedAt } pageInfo { hasNextPage endCursor } } } }`;
    const { data } = await graphql<{
      viewer: { apiClients: { nodes: MadeClient[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    }>(user.url, { query, token: by.accessToken });
    return data!.viewer.apiClients;
  }

  return { user, ada, confirmation, create, tokenOf, rotate, revoke, listed };
}
