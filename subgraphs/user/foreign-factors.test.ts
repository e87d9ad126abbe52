import { expect, test } from '@jest/globals';
import { connected } from '#local/connected.ts';
import { codeOf, setUpApp, signUpWithApp } from '#test/authenticator-app.ts';
import { passkeyDevice } from '#test/passkey-device.ts';
import { until } from '#test/until.ts';
import { newEmail, password, type SignedIn } from '#test/user-subgraph.ts';
import { useUserMails } from '#test/use-user-mails.ts';

/** A factor that a thief has set does not keep the owner of the email address out. */

const { user, mails } = await useUserMails();

const linkTo = async (address: string) => (await mails.sentTo(address)).find(({ token }) => token !== null)!.token;
const asksForFactor = async (email: string) => (await user.mutate('login', { email, password })).challenge != null;

async function prove(ada: SignedIn): Promise<void> {
  const { email } = await user.mutate('proveEmail', { token: await linkTo(ada.email) });
  expect(email).toBe(ada.email);
}

async function proved(): Promise<SignedIn> {
  const signedUp = await user.signUp();
  await prove(signedUp);
  return signedUp;
}

async function addPasskey(ada: SignedIn, confirmation: string | null | undefined): Promise<void> {
  const { options } = await user.mutate('beginPasskeyRegistration', { confirmation }, ada.accessToken);
  const response = passkeyDevice().register(options!);
  const { passkey } = await user.mutate('addPasskey', { name: 'Laptop', response }, ada.accessToken);
  expect(passkey?.name).toBe('Laptop');
}

/** Gives the account another address, as a thief who has the password and a factor. Returns the owner's link. */
async function steal(ada: SignedIn, confirmation: string): Promise<string> {
  const email = newEmail('thief');
  await user.mutate('updateProfile', { email, name: 'Ada', confirmation }, ada.accessToken);
  expect((await user.mutate('proveEmail', { token: await linkTo(email) })).email).toBe(email);
  return (await linkTo(ada.email))!;
}

test('a factor set after a change of the address is removed where the change is undone', async () => {
  const ada = await user.signUp();
  await prove(ada);
  const undo = await steal(ada, await user.confirm(ada.accessToken));
  await setUpApp(user, ada);
  expect((await user.mutate('undoEmailChange', { token: undo })).email).toBe(ada.email);
  expect(await asksForFactor(ada.email)).toBe(false);
  const subjects = (await mails.sentTo(ada.email)).map(({ subject }) => subject);
  expect(subjects).toContain('Choose a new password');
  expect(subjects).toHaveLength(2);
});

test('a factor set before a change of the address stays where the change is undone', async () => {
  const signedUp = await user.signUp();
  await prove(signedUp);
  const ada = await setUpApp(user, signedUp);
  const proof = { password, recoveryCode: ada.recoveryCodes[0] };
  const { confirmation } = await user.mutate('confirmIdentity', proof, ada.accessToken);
  const undo = await steal(ada, confirmation!);
  expect((await user.mutate('undoEmailChange', { token: undo })).email).toBe(ada.email);
  expect(await asksForFactor(ada.email)).toBe(true);
});

test('a passkey added after a change of the address is removed, and one from before stays', async () => {
  const [ada, bob] = [await proved(), await proved()];
  const [hers, his] = [await user.confirm(ada.accessToken), await user.confirm(bob.accessToken)];
  await addPasskey(bob, his);
  const undos = [await steal(ada, hers), await steal(bob, his)];
  await addPasskey(ada, hers);
  await addPasskey(bob, his);
  for (const token of undos) await user.mutate('undoEmailChange', { token });
  const left = await user.query<{ userId: string }>(
    'select user_id as "userId" from passkeys where user_id = any($1)',
    [[ada.id, bob.id]],
  );
  expect(left).toEqual([{ userId: bob.id }]);
  expect(await asksForFactor(ada.email)).toBe(false);
});

/** The factor is compared with the time of the change, which commits while the factor waits. */
test('the time of a factor is after the wait for a change of the same customer', async () => {
  const ada = await user.signUp();
  const changed = await connected(user.databaseUrl, async (client) => {
    const confirmation = await user.confirm(ada.accessToken);
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

test('a factor set before the first proof of the address ends with a proof by the link', async () => {
  const thief = await signUpWithApp(user);
  expect(await asksForFactor(thief.email)).toBe(true);
  await prove(thief);
  expect(await asksForFactor(thief.email)).toBe(false);
});

test('a factor stays where its own session proves the address', async () => {
  const ada = await signUpWithApp(user);
  const token = await linkTo(ada.email);
  expect((await user.mutate('proveEmail', { token }, ada.accessToken)).email).toBe(ada.email);
  expect(await asksForFactor(ada.email)).toBe(true);
});
