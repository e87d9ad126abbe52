import { importJWK, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { graphql } from '#test/graphql.ts';
import {
  password,
  type SignedIn,
  startUserSubgraph,
  type UserMutation,
  type UserSubgraph,
} from '#test/user-subgraph.ts';

let user: UserSubgraph;
let ada: SignedIn;
let eve: SignedIn;
let expired: string;

beforeAll(async () => {
  user = await startUserSubgraph();
  ada = await user.signUp('Ada');
  eve = await user.signUp('Eve');
  expired = await expiredTokenOf(ada);
});

afterAll(async () => {
  await user.stop();
});

/** A token that is signed with the subgraph's key and expired a minute ago. */
async function expiredTokenOf({ id, email }: SignedIn): Promise<string> {
  const [key] = await user.query<{ kid: string; jwk: JWK }>('select kid, private_jwk as jwk from signing_keys');
  const { kid, jwk } = key!;
  return await new SignJWT({ email, name: 'Ada' })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
    .setIssuer('wallet-and-orders')
    .setAudience('wallet-and-orders-api')
    .setSubject(id)
    .setIssuedAt('-11m')
    .setExpirationTime('-1m')
    .sign(await importJWK(jwk, 'EdDSA'));
}

const badTokens = () =>
  [
    ['malformed', 'x'],
    ['expired', expired],
    ['a refresh token', ada.refreshToken],
  ] as const;

async function entities(ids: readonly string[], token?: string) {
  return await graphql<{ entities: ({ email: string } | null)[] | null }>(user.url, {
    query: `query ($representations: [_Any!]!) {
      entities: _entities(representations: $representations) { ... on User { id email name createdAt } }
    }`,
    variables: { representations: ids.map((id) => ({ __typename: 'User', id })) },
    token,
  });
}

describe('viewer', () => {
  test('is null without a token, without an error', async () => {
    const { status, data, errors } = await user.viewer();
    expect([status, data, errors]).toEqual([200, { viewer: null }, undefined]);
  });

  test('is UNAUTHENTICATED with any kind of invalid token', async () => {
    const messages = new Set<string>();
    for (const [, token] of badTokens()) {
      const { data, errors } = await user.viewer(token);
      expect(data).toEqual({ viewer: null });
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      messages.add(errors![0]!.message);
    }
    expect(messages.size).toBe(1);
  });

  test('depends on the token alone, not on any other header', async () => {
    const response = await fetch(user.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': ada.id, 'x-viewer': ada.id, cookie: `id=${ada.id}` },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    });
    expect(await response.json()).toEqual({ data: { viewer: null } });
  });
});

describe('_entities', () => {
  test('shows the viewer, and no other user', async () => {
    const { data, errors } = await entities([eve.id, ada.id, 'no id'], ada.accessToken);
    expect(errors).toBeUndefined();
    expect(data?.entities).toEqual([null, expect.objectContaining({ id: ada.id, email: ada.email }), null]);
  });

  test('shows no user without a token or with an invalid token', async () => {
    for (const token of [undefined, ...badTokens().map(([, bad]) => bad)]) {
      const answer = await entities([ada.id, eve.id], token);
      expect(JSON.stringify(answer)).not.toContain('@example.com');
      expect(answer.errors?.every(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')).toBe(true);
      expect(answer.data?.entities ?? []).not.toContainEqual(expect.anything());
    }
  });
});

describe('a mutation on the viewer', () => {
  const inputs: readonly (readonly [UserMutation, object])[] = [
    ['updateProfile', { name: 'Mallory' }],
    ['changePassword', { currentPassword: password, newPassword: 'another password' }],
    ['deleteUser', { password }],
  ];

  test.each(inputs)('%s is UNAUTHENTICATED without a token and with an invalid token', async (mutation, input) => {
    for (const token of [undefined, ...badTokens().map(([, bad]) => bad)]) {
      expect(await user.faultsOf(mutation, input, token)).toEqual(['UNAUTHENTICATED']);
    }
    expect((await user.viewer(ada.accessToken)).data?.viewer).toMatchObject({ id: ada.id, name: 'Ada' });
  });
});

test('one request can sign in several users, and shows each of them', async () => {
  const { data, errors } = await graphql(user.url, {
    query: `mutation ($ada: LoginInput!, $eve: LoginInput!) {
      ada: login(input: $ada) { user { email } }
      eve: login(input: $eve) { user { email } }
    }`,
    variables: { ada: { email: ada.email, password }, eve: { email: eve.email, password } },
  });
  expect(errors).toBeUndefined();
  expect(data).toEqual({ ada: { user: { email: ada.email } }, eve: { user: { email: eve.email } } });
});
