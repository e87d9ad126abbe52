import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { graphql } from '#test/graphql.ts';
import { codesOf, type PayloadView, password, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph();
});

afterAll(async () => {
  await user.stop();
});

const refresh = async (refreshToken: string, token?: string) =>
  await user.mutate('refreshToken', { refreshToken }, token);
const login = async (email: string, tried = password) => await user.mutate('login', { email, password: tried });

const over: PayloadView = {
  accessToken: null,
  refreshToken: null,
  expiresAt: null,
  user: null,
  userErrors: [{ code: 'INVALID_TOKEN', field: ['input', 'refreshToken'] }],
};

describe('refreshToken', () => {
  test('returns the next pair of tokens, repeatedly', async () => {
    const { id, refreshToken: first } = await user.signUp();
    const second = await refresh(first);
    const third = await refresh(second.refreshToken!);
    expect([second.user?.id, third.user?.id]).toEqual([id, id]);
    expect(new Set([first, second.refreshToken, third.refreshToken]).size).toBe(3);
    expect((await user.viewer(third.accessToken!)).data?.viewer?.id).toBe(id);
  });

  test('returns an access token with the current profile', async () => {
    const { accessToken, refreshToken } = await user.signUp('Ada');
    await user.mutate('updateProfile', { name: 'Countess' }, accessToken);
    expect((await refresh(refreshToken)).user?.name).toBe('Countess');
  });

  test('ends the session, including its newest token, if a client uses a token twice', async () => {
    const { refreshToken: first, email } = await user.signUp();
    const other = await login(email);
    const second = await refresh(first);
    expect(await refresh(first)).toEqual(over);
    expect(await refresh(second.refreshToken!)).toEqual(over);
    expect(codesOf(await refresh(other.refreshToken!))).toEqual([]);
  });

  test('returns the next token to one of many concurrent uses, and then ends the session', async () => {
    const { refreshToken } = await user.signUp();
    const payloads = await Promise.all(Array.from({ length: 20 }, async () => await refresh(refreshToken)));
    const given = payloads.filter((payload) => payload.refreshToken !== null);
    expect(given).toHaveLength(1);
    expect(await refresh(given[0]!.refreshToken!)).toEqual(over);
  });

  test('refuses an expired token', async () => {
    const { id, refreshToken } = await user.signUp();
    await user.query(`update refresh_tokens set expires_at = now() where user_id = $1`, [id]);
    expect(await refresh(refreshToken)).toEqual(over);
  });

  test.each(['', 'unknown', "' or true --", '\u{1f9a9}'.repeat(100)])(
    'refuses what is no token: %j',
    async (refreshToken) => {
      expect(await refresh(refreshToken)).toEqual(over);
    },
  );

  test('refuses an access token, as `viewer` refuses a refresh token', async () => {
    const { accessToken, refreshToken } = await user.signUp();
    expect(await refresh(accessToken)).toEqual(over);
    const { data, errors } = await user.viewer(refreshToken);
    expect([data?.viewer, errors?.map(({ extensions }) => extensions?.code)]).toEqual([null, ['UNAUTHENTICATED']]);
  });

  test('ignores the token of the request', async () => {
    const { id, refreshToken } = await user.signUp();
    const { accessToken: otherToken } = await user.signUp();
    const next = await refresh(refreshToken, 'forged');
    expect((await refresh(next.refreshToken!, otherToken)).user?.id).toBe(id);
  });
});

describe('a session', () => {
  const sessionsOf = async (id: string) =>
    await user.query<{ id: string; device: string; place: string; used: boolean; ended: boolean }>(
      `select id, device, place, last_used_at > created_at as used, ended_at is not null as ended
       from sessions where user_id = $1 order by created_at, id`,
      [id],
    );
  const sidOf = (accessToken: string) => decodeJwt(accessToken)['sid'];

  test('has a row that the access token names, and the same one after a refresh', async () => {
    const { id, accessToken, refreshToken, email } = await user.signUp();
    const next = await refresh(refreshToken);
    const other = await login(email);
    const rows = await sessionsOf(id);
    expect(rows.map((row) => row.id)).toEqual([sidOf(accessToken), sidOf(other.accessToken!)]);
    expect(sidOf(next.accessToken!)).toBe(sidOf(accessToken));
    expect(rows).toMatchObject([
      { device: 'A program', place: 'this machine', used: true, ended: false },
      { used: false, ended: false },
    ]);
  });

  test('of the release before gets its row at the next refresh', async () => {
    const { id, refreshToken } = await user.signUp();
    await user.query('delete from sessions where user_id = $1', [id]);
    const next = await refresh(refreshToken);
    expect((await sessionsOf(id)).map((row) => row.id)).toEqual([sidOf(next.accessToken!)]);
  });

  test('that has ended changes nothing, although its access token is still valid', async () => {
    const { id, accessToken, refreshToken } = await user.signUp();
    await user.mutate('logout', { refreshToken });
    expect(await sessionsOf(id)).toMatchObject([{ ended: true }]);
    const newPassword = 'staple battery horse correct';
    expect(await user.faultsOf('updateProfile', { name: 'Mallory' }, accessToken)).toEqual(['UNAUTHENTICATED']);
    expect(await user.faultsOf('changePassword', { currentPassword: password, newPassword }, accessToken)).toEqual([
      'UNAUTHENTICATED',
    ]);
  });
});

describe('logout', () => {
  test('ends the session, given any of its refresh tokens', async () => {
    const { refreshToken: first, email } = await user.signUp();
    const other = await login(email);
    const second = await refresh(first);
    expect(await user.mutate('logout', { refreshToken: first })).toEqual({ userErrors: [] });
    expect(await refresh(second.refreshToken!)).toEqual(over);
    expect(codesOf(await refresh(other.refreshToken!))).toEqual([]);
  });

  test('succeeds for a second time, and for an unknown token', async () => {
    const { refreshToken } = await user.signUp();
    for (const token of [refreshToken, refreshToken, 'unknown']) {
      expect(await user.mutate('logout', { refreshToken: token }, 'forged')).toEqual({ userErrors: [] });
    }
  });

  test('leaves the access token valid until it expires', async () => {
    const { id, accessToken, refreshToken } = await user.signUp();
    await user.mutate('logout', { refreshToken });
    expect((await user.viewer(accessToken)).data?.viewer?.id).toBe(id);
  });
});

describe('changePassword', () => {
  const newPassword = 'staple battery horse correct';

  test('ends every session, begins a new one, and accepts only the new password', async () => {
    const { id, email, accessToken, refreshToken } = await user.signUp();
    const other = await login(email);
    const begun = await user.mutate('changePassword', { currentPassword: password, newPassword }, accessToken);
    expect([begun.user?.id, begun.userErrors]).toEqual([id, []]);
    expect(await refresh(refreshToken)).toEqual(over);
    expect(await refresh(other.refreshToken!)).toEqual(over);
    expect(codesOf(await refresh(begun.refreshToken!))).toEqual([]);
    expect(codesOf(await login(email))).toEqual(['INVALID_CREDENTIALS']);
    expect(codesOf(await login(email, newPassword))).toEqual([]);
  });

  test.each([
    ['INVALID_CREDENTIALS', 'currentPassword', { currentPassword: 'not it at all', newPassword }],
    ['WEAK_PASSWORD', 'newPassword', { currentPassword: password, newPassword: 'short' }],
    ['WEAK_PASSWORD', 'newPassword', { currentPassword: password, newPassword: 'x'.repeat(201) }],
  ])('changes nothing where it answers %s for %s', async (code, field, input) => {
    const { email, accessToken, refreshToken } = await user.signUp();
    const refused = await user.mutate('changePassword', input, accessToken);
    expect(refused).toEqual({ ...over, userErrors: [{ code, field: ['input', field] }] });
    expect(codesOf(await login(email))).toEqual([]);
    expect(codesOf(await refresh(refreshToken))).toEqual([]);
  });

  test('applies one of two concurrent changes, and leaves one session', async () => {
    const { email, accessToken, id } = await user.signUp();
    const payloads = await Promise.all(
      ['first new password', 'second new password'].map(
        async (other) =>
          await user.mutate('changePassword', { currentPassword: password, newPassword: other }, accessToken),
      ),
    );
    expect(payloads.flatMap(codesOf)).toEqual(['INVALID_CREDENTIALS']);
    const live = 'select id from refresh_tokens where user_id = $1 and used_at is null and revoked_at is null';
    expect(await user.query(live, [id])).toHaveLength(1);
    expect(codesOf(await login(email))).toEqual(['INVALID_CREDENTIALS']);
  });

  test('leaves no session to concurrent logins and refreshes with the old secrets', async () => {
    const { email, accessToken, refreshToken } = await user.signUp();
    const tokens = [
      refreshToken,
      ...(await Promise.all([1, 2, 3].map(async () => (await login(email)).refreshToken!))),
    ];
    const [begun, ...others] = await Promise.all([
      user.mutate('changePassword', { currentPassword: password, newPassword }, accessToken),
      ...tokens.map(async (token) => await refresh(token)),
      ...Array.from({ length: 8 }, async () => await login(email)),
    ]);
    const given = others.flatMap((payload) => payload.refreshToken ?? []);
    const refreshed = await Promise.all(given.map(async (token) => await refresh(token)));
    expect(refreshed).toEqual(given.map(() => over));
    expect(codesOf(await refresh(begun.refreshToken!))).toEqual([]);
  });
});

describe('the list of sessions', () => {
  const sessionsOf = async (token: string) => {
    const query = '{ viewer { sessions { id device place createdAt lastUsedAt current } } }';
    const { data, errors } = await graphql<{
      viewer: { sessions: { id: string; current: boolean; device: string; place: string }[] };
    }>(user.url, { query, token });
    expect(errors).toBeUndefined();
    return data!.viewer.sessions;
  };

  test('names the current one, and others can be ended one by one', async () => {
    const ada = await user.signUp();
    const other = await login(ada.email);
    const third = await login(ada.email);
    const listed = await sessionsOf(ada.accessToken);
    expect(listed).toHaveLength(3);
    expect(listed.filter(({ current }) => current)).toMatchObject([{ device: 'A program', place: 'this machine' }]);
    const ended = (await sessionsOf(other.accessToken!)).find(({ current }) => current);
    const end = async () => await user.mutate('endSession', { sessionId: ended!.id }, ada.accessToken);
    expect([codesOf(await end()), codesOf(await end())]).toEqual([[], []]);
    const refresh = async (refreshToken: string) => codesOf(await user.mutate('refreshToken', { refreshToken }));
    expect(await refresh(other.refreshToken!)).toEqual(['INVALID_TOKEN']);
    expect(await refresh(third.refreshToken!)).toEqual([]);
    expect(await sessionsOf(ada.accessToken)).toHaveLength(2);
    expect(codesOf(await user.mutate('endOtherSessions', {}, ada.accessToken))).toEqual([]);
    expect(await sessionsOf(ada.accessToken)).toMatchObject([{ current: true }]);
    expect(await user.faultsOf('endOtherSessions', {}, other.accessToken!)).toEqual(['UNAUTHENTICATED']);
  });

  test('does not let a customer end another’s session', async () => {
    const ada = await user.signUp();
    const eve = await user.signUp();
    const [session] = await sessionsOf(ada.accessToken);
    for (const sessionId of [session!.id, 'no id', '', '00000000-0000-0000-0000-000000000000']) {
      const refused = await user.mutate('endSession', { sessionId }, eve.accessToken);
      expect(refused.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['input', 'sessionId'] }]);
    }
    expect(codesOf(await user.mutate('refreshToken', { refreshToken: ada.refreshToken }))).toEqual([]);
  });
});
