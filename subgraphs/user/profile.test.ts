import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newEmail, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph({ EMAIL_VERIFICATION: 'off' });
});

afterAll(async () => {
  await user.stop();
});

const outboxOf = async (id: string) =>
  (
    await user.query(
      "select key, payload from outbox where kind = 'user-changed' and payload->>'userId' = $1 order by outbox.id",
      [id],
    )
  ).slice(1);

test('changes the given fields, and writes each change to the outbox as a version', async () => {
  const { id, email, accessToken } = await user.signUp('Ada');
  const other = newEmail('countess');
  const confirmation = await user.confirm(accessToken);
  const renamed = await user.mutate('updateProfile', { name: ' Countess ' }, accessToken);
  expect(renamed).toMatchObject({ user: { id, email, name: 'Countess' }, userErrors: [] });
  const moved = await user.mutate('updateProfile', { email: other, name: null, confirmation }, accessToken);
  expect(moved).toMatchObject({ user: { id, email: other, name: 'Countess' }, userErrors: [] });
  expect((await user.viewer(accessToken)).data?.viewer).toEqual(moved.user);
  expect(await outboxOf(id)).toEqual([
    { key: `${id}:2`, payload: { userId: id, version: 2, email, name: 'Countess', deleted: false } },
    { key: `${id}:3`, payload: { userId: id, version: 3, email: other, name: 'Countess', deleted: false } },
  ]);
});

test('writes nothing to the outbox if nothing changes', async () => {
  const { id, email, accessToken } = await user.signUp('Ada');
  for (const input of [{}, { name: 'Ada' }, { email, name: null }]) {
    expect(await user.mutate('updateProfile', input, accessToken)).toMatchObject({ user: { email, name: 'Ada' } });
  }
  expect(await outboxOf(id)).toEqual([]);
});

test('lets a user change the spelling of their own address', async () => {
  const { email, accessToken } = await user.signUp();
  const payload = await user.mutate(
    'updateProfile',
    { email: email.toUpperCase(), confirmation: await user.confirm(accessToken) },
    accessToken,
  );
  expect(payload).toMatchObject({ user: { email: email.toUpperCase() }, userErrors: [] });
});

test('refuses another user’s address, and changes nothing', async () => {
  const taken = await user.signUp();
  const { id, email, accessToken } = await user.signUp('Ada');
  const confirmation = await user.confirm(accessToken);
  const change = { email: taken.email.toUpperCase(), name: 'Eve', confirmation };
  const payload = await user.mutate('updateProfile', change, accessToken);
  expect(payload).toEqual({ user: null, userErrors: [{ code: 'EMAIL_TAKEN', field: ['input', 'email'] }] });
  expect((await user.viewer(accessToken)).data?.viewer).toMatchObject({ email, name: 'Ada' });
  expect(await outboxOf(id)).toEqual([]);
});

test('gives an address to one of many users who request it at once', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, async () => await user.signUp()));
  const email = newEmail();
  const payloads = await Promise.all(
    people.map(async ({ accessToken }) => {
      const confirmation = await user.confirm(accessToken);
      return await user.mutate('updateProfile', { email, confirmation }, accessToken);
    }),
  );
  expect(payloads.map(({ userErrors }) => userErrors[0]?.code ?? 'changed').sort()).toEqual([
    ...Array.from({ length: 7 }, () => 'EMAIL_TAKEN'),
    'changed',
  ]);
});

test('increments the version for each of many concurrent changes', async () => {
  const { id, accessToken } = await user.signUp();
  await Promise.all(
    Array.from(
      { length: 10 },
      async (_, index) => await user.mutate('updateProfile', { name: `${index}` }, accessToken),
    ),
  );
  expect((await outboxOf(id)).map(({ key }) => key)).toEqual(
    Array.from({ length: 10 }, (_, index) => `${id}:${index + 2}`),
  );
});

test('lists all faults in one refusal', async () => {
  const { accessToken } = await user.signUp();
  expect(await user.mutate('updateProfile', { email: 'x', name: '' }, accessToken)).toEqual({
    user: null,
    userErrors: [
      { code: 'INVALID_EMAIL', field: ['input', 'email'] },
      { code: 'INVALID_NAME', field: ['input', 'name'] },
    ],
  });
});
