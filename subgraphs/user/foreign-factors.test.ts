import { beforeAll, describe, expect, test } from '@jest/globals';
import { connected } from '#local/connected.ts';
import { codeOf, confirmByMail, setUpApp } from '#test/authenticator-app.ts';
import { graphql } from '#test/graphql.ts';
import { passkeyDevice } from '#test/passkey-device.ts';
import { passkeysAt } from '#test/passkeys.ts';
import { staffToken } from '#test/staff.ts';
import { until } from '#test/until.ts';
import { codesOf, newEmail, password, type PayloadView, type SignedIn } from '#test/user-subgraph.ts';
import { enterEmail, useUserMails } from '#test/use-user-mails.ts';

/** A factor that a thief of the password has set does not keep the owner of the email address out. */

const { user, mails, signUpProved } = await useUserMails({ MAILS_PER_RECIPIENT: '50' });
const { addTo } = passkeysAt(user);
let operator: string;

beforeAll(async () => {
  operator = await staffToken(user.databaseUrl, await user.signUp('Olga'), ['OPERATOR']);
});

const linkTo = async (address: string) => (await mails.sentTo(address)).findLast(({ token }) => token !== null)!.token!;
const asksForFactor = async (email: string) => (await user.mutate('login', { email, password })).challenge != null;

async function prove({ email }: SignedIn): Promise<void> {
  expect((await user.mutate('proveEmail', { token: await linkTo(email) })).email).toBe(email);
}

/** Tries each way to set a factor with the password alone. */
async function tryFactors(thief: SignedIn, refusal: string): Promise<void> {
  const confirmation = await user.confirm(thief.accessToken);
  const { secret } = await user.mutate('beginTotp', {}, thief.accessToken);
  const totp = await user.mutate('enableTotp', { code: codeOf(secret!), confirmation }, thief.accessToken);
  const passkey = await user.mutate('beginPasskeyRegistration', { confirmation }, thief.accessToken);
  expect([codesOf(totp), codesOf(passkey)]).toEqual([[refusal], [refusal]]);
}

/** Gives the account another address, as a thief who has the password. Returns the owner's link and the new address. */
async function steal(ada: SignedIn, confirmation?: string): Promise<{ readonly undo: string; readonly email: string }> {
  const email = newEmail('thief');
  await enterEmail(user, ada.accessToken, email, confirmation);
  expect((await user.mutate('proveEmail', { token: await linkTo(email) })).email).toBe(email);
  return { undo: await linkTo(ada.email), email };
}

/** An account on which a thief has tried to set factors, and the link that undoes a change of its address. */
interface Robbed extends SignedIn {
  readonly undo?: string;
}

const moments: readonly (readonly [string, () => Promise<Robbed>])[] = [
  [
    'before the address is proved',
    async () => {
      const thief = await user.signUp();
      await tryFactors(thief, 'EMAIL_NOT_PROVED');
      await prove(thief);
      return thief;
    },
  ],
  [
    'after the owner has proved the address',
    async () => {
      const thief = await signUpProved();
      await tryFactors(thief, 'EMAIL_CODE_REQUIRED');
      return thief;
    },
  ],
  [
    'between the sign-in and a change of the address',
    async () => {
      const thief = await signUpProved();
      await tryFactors(thief, 'EMAIL_CODE_REQUIRED');
      return { ...thief, ...(await steal(thief)), email: thief.email };
    },
  ],
  [
    'after a change of the address, which the thief can read',
    async () => {
      const thief = await signUpProved();
      const { undo, email } = await steal(thief);
      await confirmByMail(user, mails, thief, email);
      await tryFactors(thief, 'EMAIL_CHANGED_RECENTLY');
      return { ...thief, undo };
    },
  ],
];

async function act(mutation: string, type: string, input: object): Promise<void> {
  const query = `mutation ($input: ${type}!) { act: ${mutation}(input: $input) { userErrors { code } } }`;
  const variables = { input: { reason: 'the owner called', ...input } };
  const { data } = await graphql(user.url, { query, variables, token: operator });
  expect(data).toEqual({ act: { userErrors: [] } });
}

const undoOr = async ({ undo, email }: Robbed) => {
  if (undo === undefined) await user.mutate('requestPasswordReset', { email });
  else await user.mutate('undoEmailChange', { token: undo });
};

const recoveries: readonly (readonly [string, (owner: Robbed) => Promise<void>])[] = [
  ['the link for a new password', undoOr],
  [
    'an operator who resets the factors',
    async (owner) => {
      await act('resetSecondFactors', 'CustomerActInput', { customerId: owner.id });
      await undoOr(owner);
    },
  ],
  [
    'an operator who restores the address',
    async ({ id, email }) => {
      await act('restoreEmail', 'RestoreEmailInput', { customerId: id, email });
      expect((await user.mutate('proveEmail', { token: await linkTo(email) })).email).toBe(email);
      await user.mutate('requestPasswordReset', { email });
    },
  ],
];

describe.each(moments)('a thief who sets factors %s', (_moment, rob) => {
  test.each(recoveries)('does not keep out an owner with %s', async (_recovery, recover) => {
    const owner = await rob();
    await recover(owner);
    const newPassword = 'a brand new passphrase';
    expect(codesOf(await user.mutate('resetPassword', { token: await linkTo(owner.email), newPassword }))).toEqual([]);
    const { user: signedIn } = await user.mutate('login', { email: owner.email, password: newPassword });
    expect(signedIn?.id).toBe(owner.id);
    expect(await user.query('select from passkeys where user_id = $1', [owner.id])).toEqual([]);
  });
});

test('the code of a message to the address sets the first factor, once and for its own session', async () => {
  const ada = await signUpProved();
  const other = await user.mutate('login', { email: ada.email, password });
  const guessed = await user.mutate('confirmIdentity', { password, emailCode: '00000000' }, ada.accessToken);
  expect(codesOf(guessed)).toEqual(['INVALID_CODE']);
  await user.mutate('requestIdentityCode', {}, ada.accessToken);
  const emailCode = (await mails.sentTo(ada.email)).at(-1)!.code!;
  const { confirmation } = await user.mutate('confirmIdentity', { password, emailCode }, ada.accessToken);
  const again = await user.mutate('confirmIdentity', { password, emailCode }, other.accessToken!);
  expect(codesOf(again)).toEqual(['INVALID_CODE']);
  await tryFactors({ ...ada, accessToken: other.accessToken! }, 'EMAIL_CODE_REQUIRED');

  const early = await user.confirm(other.accessToken!);
  await addTo(ada, confirmation!);
  // The other session confirmed with the password before a factor was set.
  const late = await user.mutate('beginPasskeyRegistration', { confirmation: early }, other.accessToken!);
  expect(codesOf(late)).toEqual(['CONFIRMATION_REQUIRED']);
  expect(await user.query('select from sessions where user_id = $1 and factor_at is not null', [ada.id])).toHaveLength(
    1,
  );
});

test('a code for an earlier address, and one guessed too often, set nothing', async () => {
  const ada = await signUpProved();
  await user.mutate('requestIdentityCode', {}, ada.accessToken);
  const { code: emailCode } = (await mails.sentTo(ada.email)).at(-1)!;
  const enter = async (text: string | null) =>
    codesOf(await user.mutate('confirmIdentity', { password, emailCode: text }, ada.accessToken));
  for (const text of ['', '1', 'abcdefgh', '٠٠٠٠٠٠٠٠', ' '.repeat(10_000)])
    expect(await enter(text)).toEqual(['INVALID_CODE']);
  expect(await enter(emailCode)).toEqual(['TOO_MANY_ATTEMPTS']);

  const bob = await signUpProved();
  await user.mutate('requestIdentityCode', {}, bob.accessToken);
  const old = (await mails.sentTo(bob.email)).at(-1)!.code;
  await steal(bob);
  const late = await user.mutate('confirmIdentity', { password, emailCode: old }, bob.accessToken);
  expect(codesOf(late)).toEqual(['INVALID_CODE']);
});

test('a factor set before a change of the address stays where the change is undone', async () => {
  const [ada, bob] = [await signUpProved(), await signUpProved()];
  const [hers, his] = [await confirmByMail(user, mails, ada), await confirmByMail(user, mails, bob)];
  await setUpApp(user, ada, hers);
  await addTo(bob, his);
  const undos = [await steal(ada, hers), await steal(bob, his)];
  await addTo(ada, hers);
  await addTo(bob, his);
  for (const { undo } of undos) await user.mutate('undoEmailChange', { token: undo });
  const left = await user.query<{ userId: string }>(
    'select user_id as "userId" from passkeys where user_id = any($1)',
    [[ada.id, bob.id]],
  );
  expect(left).toEqual([{ userId: bob.id }]);
  expect([await asksForFactor(ada.email), await asksForFactor(bob.email)]).toEqual([true, true]);
});

test('API clients need the code of a message, and end where a change is undone or the password is new by link', async () => {
  const create = async ({ accessToken }: SignedIn, confirmation: string) =>
    await user.mutate('createApiClient', { name: 'Job', scopes: ['transfers:write'], confirmation }, accessToken);
  const codesAt = async (customer: SignedIn) =>
    codesOf(await create(customer, await user.confirm(customer.accessToken)));
  const isLive = async ({ apiClient, clientSecret }: PayloadView) =>
    (await user.mutate('issueClientToken', { clientId: apiClient!.id, clientSecret })).accessToken != null;
  const [ada, thief] = [await signUpProved(), await user.signUp('Thief')];
  expect([await codesAt(thief), await codesAt(ada)]).toEqual([['EMAIL_NOT_PROVED'], ['EMAIL_CODE_REQUIRED']]);
  const confirmation = await confirmByMail(user, mails, ada);
  const hers = await create(ada, confirmation);
  const { undo } = await steal(ada, confirmation);
  expect([await codesAt(ada), await isLive(hers)]).toEqual([['EMAIL_CHANGED_RECENTLY'], true]);
  await user.mutate('undoEmailChange', { token: undo });
  expect(await isLive(hers)).toBe(false);

  const bob = await signUpProved();
  const his = await create(bob, await confirmByMail(user, mails, bob));
  await user.mutate('requestPasswordReset', { email: bob.email });
  const reset = { token: await linkTo(bob.email), newPassword: 'a brand new passphrase' };
  expect(codesOf(await user.mutate('resetPassword', reset))).toEqual([]);
  expect(await isLive(his)).toBe(false);
});

/** The factor is compared with the time of the change, which commits while the factor waits. */
test('the time of a factor is after the wait for a change of the same customer', async () => {
  const ada = await signUpProved();
  const confirmation = await confirmByMail(user, mails, ada);
  const changed = await connected(user.databaseUrl, async (client) => {
    const { options } = await user.mutate('beginPasskeyRegistration', { confirmation }, ada.accessToken);
    const { secret } = await user.mutate('beginTotp', {}, ada.accessToken);
    await client.query('begin');
    await client.query('select from users where id = $1 for update', [ada.id]);
    const response = passkeyDevice().register(options!);
    const set = [
      user.mutate('addPasskey', { name: 'Laptop', response }, ada.accessToken),
      user.mutate('enableTotp', { code: codeOf(secret!), confirmation }, ada.accessToken),
    ];
    await until('both to wait', async () => {
      const waiting =
        'select from pg_locks join pg_stat_activity using (pid) where datname = current_database() and not granted';
      return (await user.query(waiting)).length >= 2;
    });
    const { rows } = await client.query<{ time: Date }>('select clock_timestamp()::timestamptz(3) as time');
    await client.query('commit');
    await Promise.all(set);
    return rows[0]!.time;
  });
  const times = await user.query<{ time: Date }>(
    `select created_at as time from passkeys where user_id = $1
     union all select enabled_at from totp_secrets where user_id = $1`,
    [ada.id],
  );
  expect(times.map(({ time }) => time >= changed)).toEqual([true, true]);
});

/** A release that needed no code of a message may have left factors of an unproved address. */
test.each(['by the link', 'in its own session'])('a factor of an unproved address is proved %s', async (way) => {
  const ada = await signUpProved();
  const confirmation = await confirmByMail(user, mails, ada);
  await setUpApp(user, ada, confirmation);
  await addTo(ada, confirmation);
  await user.query('update users set email_proved_at = null where id = $1', [ada.id]);
  await user.mutate('requestEmailProof', {}, ada.accessToken);
  const token = await linkTo(ada.email);
  const isOwn = way !== 'by the link';
  await user.mutate('proveEmail', { token }, ...(isOwn ? [ada.accessToken] : []));
  expect(await asksForFactor(ada.email)).toBe(isOwn);
});
