import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { newEmail, password, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph();
});

afterAll(async () => {
  await user.stop();
});

describe('register', () => {
  test('creates a user and signs them in', async () => {
    const email = newEmail('Ada');
    const payload = await user.mutate('register', { email, name: ' Ada Lovelace ', password });
    expect(payload).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      user: { id: expect.any(String), email, name: 'Ada Lovelace', createdAt: expect.any(String) },
      userErrors: [],
    });
    const { data, errors } = await user.viewer(payload.accessToken!);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ viewer: payload.user });
  });

  test('returns an access token that identifies the user for ten minutes', async () => {
    const email = newEmail();
    const { accessToken, expiresAt, user: made } = await user.mutate('register', { email, name: 'Ada', password });
    expect(decodeProtectedHeader(accessToken!)).toEqual({ alg: 'EdDSA', kid: expect.any(String), typ: 'at+jwt' });
    const claims = decodeJwt(accessToken!);
    expect(claims).toEqual({
      sub: made!.id,
      email,
      name: 'Ada',
      iss: 'wallet-and-orders',
      aud: 'wallet-and-orders-api',
      iat: expect.any(Number),
      exp: claims.iat! + 600,
      jti: expect.any(String),
      sid: expect.any(String),
    });
    expect(new Date(expiresAt!).getTime()).toBe(claims.exp! * 1000);
  });

  test('ignores the token of the request', async () => {
    const { accessToken } = await user.signUp();
    for (const token of ['forged', accessToken]) {
      const { user: made, userErrors } = await user.mutate(
        'register',
        { email: newEmail(), name: 'Eve', password },
        token,
      );
      expect([made?.name, userErrors]).toEqual(['Eve', []]);
    }
  });

  test('neither stores nor logs the password and the tokens', async () => {
    const { accessToken, refreshToken } = await user.mutate('register', { email: newEmail(), name: 'Ada', password });
    const stored = await user.query(
      'select users::text from users union all select refresh_tokens::text from refresh_tokens',
    );
    for (const secret of [password, accessToken!, refreshToken!]) {
      expect(JSON.stringify(stored)).not.toContain(secret);
      expect(user.output()).not.toContain(secret);
    }
  });

  test('writes one outbox entry for each of the subgraphs that need the user', async () => {
    const { id, email } = await user.signUp('Grace');
    expect(
      await user.query("select kind, key, payload from outbox where payload->>'userId' = $1 order by id", [id]),
    ).toEqual(
      ['user-changed', 'contact-changed'].map((kind) => ({
        kind,
        key: `${id}:1`,
        payload: {
          userId: id,
          version: 1,
          email,
          name: 'Grace',
          deleted: false,
          ...(kind === 'contact-changed' && { emailProved: false }),
        },
      })),
    );
  });

  test('adds an entry for notification to each unsigned entry of the previous release', async () => {
    const key = `${randomUUID()}:1`;
    await user.query("insert into outbox (kind, key, payload) values ('user-changed', $1, '{}')", [key]);
    const kinds = await user.query('delete from outbox where key = $1 returning kind', [key]);
    expect(kinds).toEqual(expect.arrayContaining([{ kind: 'user-changed' }, { kind: 'contact-changed' }]));
  });

  test('notifies the relay of the outbox', async () => {
    const { notified } = await user.listen('outbox');
    await user.signUp();
    await expect(notified).resolves.toMatchObject([{ channel: 'outbox' }]);
  });

  test('lists all faults in one refusal, and creates no user', async () => {
    const before = await user.query('select count(*) from users');
    const payload = await user.mutate('register', { email: 'no address', name: ' ', password: 'short' });
    expect(payload).toEqual({
      accessToken: null,
      refreshToken: null,
      expiresAt: null,
      user: null,
      userErrors: [
        { code: 'INVALID_EMAIL', field: ['input', 'email'] },
        { code: 'INVALID_NAME', field: ['input', 'name'] },
        { code: 'WEAK_PASSWORD', field: ['input', 'password'] },
      ],
    });
    expect(await user.query('select count(*) from users')).toEqual(before);
  });

  test('refuses an address that differs from a taken one only in case or Unicode form', async () => {
    const email = newEmail('Zoë');
    await user.mutate('register', { email, name: 'Zoë', password });
    const taken = { code: 'EMAIL_TAKEN', field: ['input', 'email'] };
    for (const other of [email, email.toUpperCase(), ` ${email} `, email.normalize('NFD')]) {
      const payload = await user.mutate('register', { email: other, name: 'Eve', password });
      expect([payload.user, payload.userErrors]).toEqual([null, [taken]]);
    }
  });

  test('creates one user for twenty concurrent registrations of one address', async () => {
    const email = newEmail();
    const payloads = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        user.mutate('register', { email: index % 2 === 0 ? email : email.toUpperCase(), name: `${index}`, password }),
      ),
    );
    const codes = payloads.map(({ userErrors }) => userErrors[0]?.code ?? 'registered').sort();
    expect(codes).toEqual([...Array.from({ length: 19 }, () => 'EMAIL_TAKEN'), 'registered']);
    expect(await user.query('select id from users where email_key = $1', [email])).toHaveLength(1);
    expect(
      await user.query("select distinct key from outbox where lower(payload->>'email') = $1", [email]),
    ).toHaveLength(1);
  });

  test('stores markup and SQL in a name unchanged', async () => {
    const name = `<script>alert("1")</script>'); drop table users;--`;
    const { accessToken } = await user.mutate('register', { email: newEmail(), name, password });
    expect((await user.viewer(accessToken!)).data?.viewer?.name).toBe(name);
  });

  test.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('refuses %s in a name as bad input, and creates no user', async (_what, name) => {
    const email = newEmail();
    expect(await user.faultsOf('register', { email, name, password })).toEqual(['BAD_USER_INPUT']);
    expect(await user.query('select id from users where email_key = $1', [email])).toEqual([]);
  });
});

describe('login', () => {
  test('begins a session for every spelling of the address', async () => {
    const { id, email } = await user.signUp();
    for (const spelt of [email, email.toUpperCase(), ` ${email}`]) {
      const payload = await user.mutate('login', { email: spelt, password });
      expect([payload.user?.id, payload.userErrors]).toEqual([id, []]);
      expect((await user.viewer(payload.accessToken!)).data?.viewer?.id).toBe(id);
    }
  });

  test('refuses a wrong password and an unregistered address with the same response', async () => {
    const { email } = await user.signUp();
    const refused = {
      challenge: null,
      accessToken: null,
      refreshToken: null,
      expiresAt: null,
      user: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS', field: null }],
    };
    expect(await user.mutate('login', { email, password: `${password}!` })).toEqual(refused);
    expect(await user.mutate('login', { email: newEmail(), password })).toEqual(refused);
    expect(await user.mutate('login', { email: 'no address', password: '' })).toEqual(refused);
  });

  test('ignores the token of the request', async () => {
    const { id, email } = await user.signUp();
    const { accessToken: otherToken } = await user.signUp();
    for (const token of ['forged', otherToken]) {
      expect((await user.mutate('login', { email, password }, token)).user?.id).toBe(id);
    }
  });

  test('logs in every user of many at once', async () => {
    const { id, email } = await user.signUp();
    const payloads = await Promise.all(Array.from({ length: 60 }, () => user.mutate('login', { email, password })));
    expect(new Set(payloads.map((payload) => payload.user?.id))).toEqual(new Set([id]));
  });
});
