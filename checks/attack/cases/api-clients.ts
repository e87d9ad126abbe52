import { randomUUID } from 'node:crypto';
import type { Case, Expectation } from '../case.ts';
import type { Answer } from '../client.ts';
import type { World } from '../world.ts';

/** The token endpoint, and what an API client may not do. */

const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function requestToken({ send }: World, parameters: Record<string, string>, headers = {}): Promise<Answer> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...parameters });
  return await send('/oauth/token', { method: 'POST', headers: { ...form, ...headers }, body: body.toString() });
}

/** An error of RFC 6749, section 5.2. */
const oauthError = (status: number, error: string): Expectation => ({
  status,
  also: ({ text }) => ((JSON.parse(text) as { error?: unknown }).error === error ? null : `${error} was expected`),
});

const unknown = () => ({ client_id: randomUUID(), client_secret: `wcs_${'x'.repeat(43)}` });

const requests: readonly (readonly [
  title: string,
  parameters: () => Record<string, string>,
  headers: Record<string, string>,
  expected: Expectation,
])[] = [
  ['an unknown client', unknown, {}, oauthError(401, 'invalid_client')],
  ['SQL as the id', () => ({ ...unknown(), client_id: "' or 1=1 --" }), {}, oauthError(401, 'invalid_client')],
  ['NUL in the secret', () => ({ ...unknown(), client_secret: 'a\0b' }), {}, oauthError(400, 'invalid_request')],
  ['the password grant', () => ({ grant_type: 'password' }), {}, oauthError(400, 'unsupported_grant_type')],
  [
    'credentials in both places',
    unknown,
    { authorization: `Basic ${btoa('a:b')}` },
    oauthError(400, 'invalid_request'),
  ],
  ['JSON', unknown, { 'content-type': 'application/json' }, oauthError(415, 'invalid_request')],
  ['a long scope', () => ({ ...unknown(), scope: 'x'.repeat(5_000) }), {}, oauthError(413, 'invalid_request')],
];

/** A mutation of the account, which no scope opens. */
const ownMutations: readonly (readonly [field: string, type: string, input: object])[] = [
  ['updateProfile', 'UpdateProfileInput', { name: 'Mallory' }],
  ['changePassword', 'ChangePasswordInput', { currentPassword: 'x', newPassword: 'a new password of a thief' }],
  ['createApiClient', 'CreateApiClientInput', { name: 'More', scopes: ['transfers:write'] }],
  ['exportMyData', 'ConfirmedInput', {}],
  ['deleteUser', 'DeleteUserInput', { password: 'x' }],
];

const forgeries: readonly (readonly [title: string, part: 0 | 1, values: object])[] = [
  ['whose scopes were changed', 1, { scope: 'accounts:read' }],
  ["whose type was changed to a customer's", 0, { typ: 'at+jwt' }],
];

const insufficient: Expectation = { code: ['INSUFFICIENT_SCOPE', 'FORBIDDEN'] };

export const apiClientCases: readonly Case[] = [
  ...requests.map(([title, parameters, headers, expected]): Case => ({
    title: `a token for ${title}`,
    request: async (world) => await requestToken(world, parameters(), headers),
    expected,
  })),
  {
    title: '60 wrong secrets at once',
    request: async (world) => {
      const { client_id } = unknown();
      const guess = async () => await requestToken(world, { ...unknown(), client_id });
      const answers = await Promise.all(Array.from({ length: 60 }, guess));
      return answers.find(({ status }) => status !== 401 && status !== 429) ?? answers.at(-1)!;
    },
    expected: { also: ({ status }) => ([401, 429].includes(status) ? null : '401 or 429 was expected') },
  },
  ...['rotateApiClientSecret', 'revokeApiClient'].map((field): Case => ({
    title: `${field} of an unknown client, without a confirmation`,
    request: async ({ request, eve }) => {
      const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code field } } }`;
      return await request(query, { variables: { input: { clientId: randomUUID() } }, token: eve.token });
    },
    expected: { code: null, also: ({ userErrors }) => (userErrors.length > 0 ? null : 'it was accepted') },
  })),
];

/** With a token of an API client of Eve that may only read orders. */
export const clientTokenCases: readonly Case[] = [
  ...ownMutations.map(([field, type, input]): Case => ({
    title: `${field} by an API client`,
    request: async (world) =>
      await world.request(`mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code } } }`, {
        variables: { input },
        token: tokenOf(world),
      }),
    expected: insufficient,
  })),
  {
    title: 'a transfer by an API client that may read orders',
    request: async (world) =>
      await world.request('mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }', {
        variables: { input: transferOf(world) },
        token: tokenOf(world),
      }),
    expected: insufficient,
  },
  {
    title: 'the balances, read by an API client that may read orders',
    request: async (world) =>
      await world.request('{ viewer { accounts { balance { amount } } } }', { token: tokenOf(world) }),
    expected: insufficient,
  },
  ...forgeries.map(([title, part, values]): Case => ({
    title: `the balances, read with a client's token ${title}`,
    request: async (world) =>
      await world.request('{ viewer { accounts { balance { amount } } } }', {
        token: changed(tokenOf(world), part, values),
      }),
    expected: { code: 'UNAUTHENTICATED' },
  })),
  ...(['GET /accounts', 'GET /users/me', 'GET /notifications', 'GET /sessions', 'POST /transfers'] as const).map(
    (route): Case => ({
      title: `REST: ${route} by an API client that may read orders`,
      request: async (world) => {
        const [method, path] = route.split(' ') as [string, string];
        const authorization = `Bearer ${tokenOf(world)}`;
        const { idempotencyKey, ...body } = transferOf(world);
        const isPost = method === 'POST';
        const headers = {
          authorization,
          ...(isPost && { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }),
        };
        return await world.send(`/api/v1${path}`, { method, headers, ...(isPost && { body: JSON.stringify(body) }) });
      },
      expected: { ...insufficient, status: 403 },
    }),
  ),
];

const transferOf = ({ eve, ada }: World) => ({
  fromAccountId: eve.accounts['USD'],
  toAccountId: ada.accounts['USD'],
  amount: { amount: '1.00', currency: 'USD' },
  idempotencyKey: randomUUID(),
});

/** A token with the same signature, and another value in its header (0) or its claims (1). */
function changed(token: string, part: 0 | 1, values: object): string {
  const parts = token.split('.');
  const known = JSON.parse(Buffer.from(parts[part]!, 'base64url').toString()) as object;
  parts[part] = Buffer.from(JSON.stringify({ ...known, ...values })).toString('base64url');
  return parts.join('.');
}

function tokenOf({ intruders }: World): string {
  if (intruders === null) throw new Error('the keys of the system are not known');
  return intruders.orderReader;
}
