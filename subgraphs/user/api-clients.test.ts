import { randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from '@jest/globals';
import { graphql } from '#test/graphql.ts';
import { clientScopes, useApiClients } from '#test/use-api-clients.ts';
import { codesOf, type UserMutation } from '#test/user-subgraph.ts';

const { user, ada, confirmation, create, tokenOf, revoke, listed } = await useApiClients();

const isAccepted = async (token: string) => (await user.viewer(token)).errors?.[0]?.extensions?.code === 'FORBIDDEN';

describe('an API client', () => {
  test('is created with a confirmation, and its secret is stored as a hash only', async () => {
    const made = await create({ name: ' Cron ', expiresInDays: 30 });
    expect(made).toMatchObject({ name: 'Cron', scopes: ['accounts:read', 'orders:read'], lastUsedAt: null });
    expect(made.secret).toMatch(/^wcs_[\w-]{43}$/);
    const days = (Date.parse(made.expiresAt) - Date.parse(made.createdAt)) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    const [row] = await user.query('select row_to_json(api_clients)::text as text from api_clients where id = $1', [
      made.id,
    ]);
    expect(row!['text']).not.toContain(made.secret);
    const mails = 'select data from account_mails where user_id = $1 and kind = $2';
    expect(await user.query(mails, [ada.id, 'API_CLIENT_CHANGED'])).toContainEqual({ data: { change: 'CREATED' } });
  });

  test.each<[string, object, string, string[] | null]>([
    ['no confirmation', { confirmation: null }, 'CONFIRMATION_REQUIRED', ['input', 'confirmation']],
    ['a forged confirmation', { confirmation: 'x.y.z' }, 'CONFIRMATION_REQUIRED', ['input', 'confirmation']],
    ['no name', { name: ' ' }, 'INVALID_NAME', ['input', 'name']],
    ['a name with a line break', { name: 'a\nb' }, 'INVALID_NAME', ['input', 'name']],
    ['a long name', { name: 'a'.repeat(101) }, 'INVALID_NAME', ['input', 'name']],
    ['no scope', { scopes: [] }, 'INVALID_SCOPE', ['input', 'scopes']],
    ['an unknown scope', { scopes: ['orders:read', 'users:write'] }, 'INVALID_SCOPE', ['input', 'scopes']],
    ['many scopes', { scopes: Array(50).fill('orders:read') }, 'INVALID_SCOPE', ['input', 'scopes']],
    ['no days', { expiresInDays: 0 }, 'INVALID_TIME', ['input', 'expiresInDays']],
    ['too many days', { expiresInDays: 366 }, 'INVALID_TIME', ['input', 'expiresInDays']],
  ])('is refused with %s', async (_what, input, code, field) => {
    const wanted = { name: 'Job', scopes: clientScopes, confirmation, ...input };
    const { userErrors, clientSecret } = await user.mutate('createApiClient', wanted, ada.accessToken);
    expect(userErrors).toEqual([{ code, field }]);
    expect(clientSecret).toBeNull();
  });

  test('gets a token for its owner, with its scopes or some of them', async () => {
    const made = await create();
    const { accessToken, scope } = await tokenOf(made, made.secret);
    expect(scope).toBe('accounts:read orders:read');
    expect(decodeProtectedHeader(accessToken!).typ).toBe('client-at+jwt');
    expect(decodeJwt(accessToken!)).toMatchObject({ sub: ada.id, client_id: made.id, scope });
    expect(await tokenOf(made, made.secret, 'orders:read')).toMatchObject({ scope: 'orders:read', userErrors: [] });
    const [row] = await user.query('select last_used_at from api_clients where id = $1', [made.id]);
    expect(row!['last_used_at']).not.toBeNull();
  });

  test.each(['orders:write', 'orders:read orders:write', 'orders:read  accounts:read', ' ', 'x'.repeat(5_000)])(
    'gets no token for the scopes %#',
    async (scope) => {
      const made = await create();
      expect(codesOf(await tokenOf(made, made.secret, scope))).toEqual(['INVALID_SCOPE']);
      expect(codesOf(await tokenOf(made, 'wcs_wrong', scope))).toEqual(['INVALID_CLIENT']);
      const [row] = await user.query('select last_used_at from api_clients where id = $1', [made.id]);
      expect(row).toEqual({ last_used_at: null });
      await revoke(made.id);
    },
  );

  test('gets one answer for each wrong credential', async () => {
    const made = await create();
    const wrong: [string, string][] = [
      [made.id, 'wcs_wrong'],
      [made.id, ''],
      [made.id, 'x'.repeat(100_00)],
      [made.id, `${made.secret} `],
      [randomUUID(), made.secret],
      ['no id', made.secret],
      ['', ''],
    ];
    for (const [clientId, clientSecret] of wrong) {
      const { accessToken, userErrors } = await user.mutate('issueClientToken', { clientId, clientSecret });
      expect([accessToken, userErrors]).toEqual([null, [{ code: 'INVALID_CLIENT', field: null }]]);
    }
    await user.query(`update api_clients set expires_at = now() where id = $1`, [made.id]);
    expect(codesOf(await tokenOf(made, made.secret))).toEqual(['INVALID_CLIENT']);
  });

  test('has tokens that end with it', async () => {
    const made = await create();
    await user.query(`update api_clients set expires_at = now() + interval '60 s' where id = $1`, [made.id]);
    const { iat, exp } = decodeJwt((await tokenOf(made, made.secret)).accessToken!);
    expect(exp! - iat!).toBeLessThanOrEqual(60);
    await revoke(made.id);
  });
});

describe('a revoked client', () => {
  test('gets no token, and its tokens end at once', async () => {
    const made = await create();
    const { accessToken } = await tokenOf(made, made.secret);
    expect(await isAccepted(accessToken!)).toBe(true);
    expect((await revoke(made.id)).apiClient?.revokedAt).toEqual(expect.any(String));
    expect((await user.viewer(accessToken!)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(codesOf(await tokenOf(made, made.secret))).toEqual(['INVALID_CLIENT']);
    const keys = await (await fetch(new URL('/.well-known/jwks.json', user.url))).json();
    expect(keys).toMatchObject({ revoked_subjects: expect.arrayContaining([made.id]) });
    const rotation = { clientId: made.id, confirmation };
    expect(codesOf(await user.mutate('rotateApiClientSecret', rotation, ada.accessToken))).toEqual([
      'API_CLIENT_ENDED',
    ]);
    expect(codesOf(await revoke(made.id))).toEqual([]);
  });

  test('is of its owner: another customer neither finds, rotates nor revokes it', async () => {
    const made = await create();
    const eve = await user.signUp('Eve');
    const input = { clientId: made.id, confirmation: await user.confirm(eve.accessToken) };
    for (const mutation of ['rotateApiClientSecret', 'revokeApiClient'] as const) {
      expect(codesOf(await user.mutate(mutation, input, eve.accessToken))).toEqual(['NOT_FOUND']);
    }
    expect((await listed(eve)).nodes).toEqual([]);
    await revoke(made.id);
  });
});

test('a customer has ten, and reads them page by page', async () => {
  const bob = await user.signUp('Bob');
  const confirmed = await user.confirm(bob.accessToken);
  const made: string[] = [];
  for (let count = 0; count < 10; count += 1) made.push((await create({}, bob, confirmed)).id);
  const eleventh = { name: 'Job', scopes: clientScopes, confirmation: confirmed };
  expect(codesOf(await user.mutate('createApiClient', eleventh, bob.accessToken))).toEqual(['TOO_MANY_API_CLIENTS']);
  const first = await listed(bob, '(first: 6)');
  const second = await listed(bob, `(first: 6, after: "${first.pageInfo.endCursor}")`);
  expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(made.toReversed());
  expect([first, second].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false]);
  await user.query('update api_clients set revoked_at = now() where id = $1', [made[0]]);
  expect(codesOf(await user.mutate('createApiClient', eleventh, bob.accessToken))).toEqual([]);
});

describe('the token of an API client', () => {
  const inputs: readonly (readonly [UserMutation, object])[] = [
    ['updateProfile', { name: 'Mallory' }],
    ['changePassword', { currentPassword: 'x', newPassword: 'another password' }],
    ['confirmIdentity', { password: 'correct horse battery staple' }],
    ['endOtherSessions', {}],
    ['beginTotp', {}],
    ['createApiClient', { name: 'Job', scopes: ['orders:read'] }],
    ['login', { email: 'a@example.com', password: 'x' }],
    ['proveEmail', { code: '12345678' }],
    ['deleteUser', { password: 'correct horse battery staple' }],
  ];

  test('reads and changes nothing of the profile, whatever its scopes', async () => {
    const carol = await user.signUp('Carol');
    const all = ['accounts:read', 'transactions:read', 'transfers:write', 'orders:read', 'orders:write'];
    const made = await create({ scopes: all }, carol, await user.confirm(carol.accessToken));
    const { accessToken } = await tokenOf(made, made.secret);
    for (const [mutation, input] of inputs) {
      expect([mutation, await user.faultsOf(mutation, input, accessToken!)]).toEqual([mutation, ['FORBIDDEN']]);
    }
    const { data } = await graphql(user.url, { query: '{ viewer { id } }', token: accessToken! });
    expect(data).toEqual({ viewer: { id: carol.id } });
    for (const field of ['email', 'name', 'sessions { id }', 'apiClients { nodes { id } }']) {
      const answer = await graphql(user.url, { query: `{ viewer { ${field} } }`, token: accessToken! });
      expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });
});
