import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { roles } from '#platform/identity/roles.ts';
import { confirmByMail, setUpApp } from '#test/authenticator-app.ts';
import { staffToken } from '#test/staff.ts';
import { type OperatorAct, operatorActs, useOperator } from '#test/use-operator.ts';
import { newEmail, password } from '#test/user-subgraph.ts';

/** Acts of operators for customers: each is in the audit log, and the customer is told. */

const { users, mails, olga, signUpProved, request, done, entriesOn } = await useOperator();

describe.each(Object.keys(operatorActs) as OperatorAct[])('%s', (act) => {
  test.each([...roles.filter((role) => role !== 'OPERATOR'), 'customer'])('is refused to the role %s', async (role) => {
    const ada = await signUpProved();
    const token =
      role === 'customer'
        ? ada.accessToken
        : await staffToken(users.databaseUrl, olga, [role as 'SUPPORT' | 'AUDITOR']);
    const { data, errors } = await request(act, { customerId: ada.id }, token);

    expect(data).toEqual({ [act]: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await entriesOn(ada)).toEqual([]);
  });

  test.each<[string, () => object, object]>([
    ['INVALID_REASON', () => ({ customerId: randomUUID(), reason: ' why ' }), ['input', 'reason']],
    ['NOT_FOUND', () => ({ customerId: randomUUID() }), ['input', 'customerId']],
    ['NOT_FOUND', () => ({ customerId: "'; --" }), ['input', 'customerId']],
    ['OWN_ACCOUNT', () => ({ customerId: olga.id }), ['input', 'customerId']],
    ['OWN_ACCOUNT', () => ({ customerId: olga.id.toUpperCase() }), ['input', 'customerId']],
  ])('is refused with %s', async (code, input, field) => {
    expect(await done(act, input())).toEqual({ customerId: null, userErrors: [{ code, field }] });
  });

  test('is refused in a session that has ended', async () => {
    const ada = await signUpProved();
    const token = await staffToken(users.databaseUrl, olga, ['OPERATOR']);
    const { sid } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string };
    await users.query('update sessions set ended_at = now() where id = $1', [sid]);
    const { errors } = await request(act, { customerId: ada.id }, token);

    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await entriesOn(ada)).toEqual([]);
  });
});

test('an operator ends all sessions of a customer, who is told', async () => {
  const ada = await signUpProved();

  expect(await done('endCustomerSessions', { customerId: ada.id })).toEqual({ customerId: ada.id, userErrors: [] });
  expect((await users.mutate('refreshToken', { refreshToken: ada.refreshToken })).userErrors).toMatchObject([
    { code: 'INVALID_TOKEN' },
  ]);
  expect(await mails.sentTo(ada.email)).toMatchObject([{ subject: 'Your sessions were ended' }]);
  expect(await entriesOn(ada)).toEqual([
    {
      act: 'ENDED_SESSIONS',
      actor_id: olga.id,
      values_before: '{"sessions":1,"apiClients":0}',
      values_after: '{"sessions":0,"apiClients":0}',
    },
  ]);
});

test('an operator resets the factors of a customer, who is told and signs in with the password', async () => {
  const customer = await signUpProved();
  const ada = await setUpApp(users, customer, await confirmByMail(users, mails, customer));
  await mails.send();
  expect((await users.mutate('login', { email: ada.email, password })).accessToken).toBeNull();

  expect(await done('resetSecondFactors', { customerId: ada.id })).toMatchObject({ userErrors: [] });
  expect((await users.mutate('login', { email: ada.email, password })).accessToken).not.toBeNull();
  const [told] = await mails.sentTo(ada.email);
  expect(told!.text).toContain('Support has removed the second factors of your account.');
  expect(await entriesOn(ada)).toMatchObject([{ act: 'RESET_SECOND_FACTORS', actor_id: olga.id }]);
});

test('a restored address counts when it is proved: sessions end, both addresses are told, and nothing undoes it', async () => {
  const ada = await signUpProved();
  const email = newEmail('restored');
  expect(await done('restoreEmail', { customerId: ada.id, email })).toMatchObject({ userErrors: [] });
  const [proof] = await mails.sentTo(email);
  expect((await users.viewer(ada.accessToken)).data!.viewer!.email).toBe(ada.email);

  expect(await users.mutate('proveEmail', { token: proof!.token })).toEqual({ email, userErrors: [] });
  expect((await users.viewer(ada.accessToken)).data!.viewer!.email).toBe(email);
  expect((await users.mutate('refreshToken', { refreshToken: ada.refreshToken })).userErrors).toMatchObject([
    { code: 'INVALID_TOKEN' },
  ]);
  const sent = await mails.send();
  const told = sent.map(({ to, subject, token }) => ({ to, subject, token }));
  expect(told.toSorted((one, other) => one.subject.localeCompare(other.subject))).toEqual([
    { to: ada.email, subject: 'Your email address was replaced', token: null },
    { to: email, subject: 'Your email address was restored', token: null },
  ]);
  expect(await entriesOn(ada)).toMatchObject([
    { act: 'RESTORED_EMAIL', values_before: '{"email":"a…@example.com"}', values_after: '{"email":"r…@example.com"}' },
  ]);
});

test.each<[string, () => Promise<string>]>([
  ['EMAIL_TAKEN', async () => olga.email.toUpperCase()],
  ['INVALID_EMAIL', async () => 'no address'],
])('an address is refused with %s', async (code, email) => {
  const ada = await signUpProved();

  expect(await done('restoreEmail', { customerId: ada.id, email: await email() })).toEqual({
    customerId: null,
    userErrors: [{ code, field: ['input', 'email'] }],
  });
  expect(await entriesOn(ada)).toMatchObject([
    { act: 'WAS_REFUSED', values_after: JSON.stringify({ mutation: 'restoreEmail', refused: code }) },
  ]);
});

test('an operator grants and revokes a role, each once, and the staff member is told', async () => {
  const ada = await signUpProved();
  const change = { customerId: ada.id };
  const codes = [];
  for (const act of ['grantRole', 'grantRole', 'revokeRole', 'revokeRole'] as const) {
    codes.push((await done(act, change)).userErrors.map(({ code }) => code));
  }

  expect(codes).toEqual([[], ['ROLE_UNCHANGED'], [], ['ROLE_UNCHANGED']]);
  const told = (await mails.sentTo(ada.email)).map(({ text }) => text).join();
  expect(told).toContain('You now have the role SUPPORT');
  expect(told).toContain('You no longer have the role SUPPORT');
  expect((await entriesOn(ada)).map(({ act }) => act)).toEqual([
    'GRANTED_ROLE',
    'WAS_REFUSED',
    'REVOKED_ROLE',
    'WAS_REFUSED',
  ]);
});

test('a customer whose address is not proved gets no role', async () => {
  const eve = await users.signUp('Eve');

  expect(await done('grantRole', { customerId: eve.id })).toMatchObject({ userErrors: [{ code: 'EMAIL_NOT_PROVED' }] });
  expect(await entriesOn(eve)).toMatchObject([{ act: 'WAS_REFUSED' }]);
});
