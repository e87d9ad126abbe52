import { describe, expect, test } from '@jest/globals';
import { until } from '#test/until.ts';
import { codesOf, newEmail, password, type PayloadView, type SignedIn } from '#test/user-subgraph.ts';
import { enterEmail, onlyMail, useUserMails } from '#test/use-user-mails.ts';

/** Changes of an address by a thief with the password, and what the owner of the old address can do about them. */

const { user, mails, signUpProved, emailOf } = await useUserMails();

/** The token of the only message to an address. */
const tokenTo = async (address: string) => onlyMail(await mails.sentTo(address)).token!;

/** Changes an address, and returns the link that undoes it. */
async function changeEmail(accessToken: string, from: string, to: string): Promise<string> {
  expect(codesOf(await enterEmail(user, accessToken, to))).toEqual([]);
  expect(codesOf(await user.mutate('proveEmail', { token: await tokenTo(to) }))).toEqual([]);
  return await tokenTo(from);
}

describe('a link that undoes a change', () => {
  test('is not ended by the links of later changes', async () => {
    const ada = await signUpProved();
    const addresses = [ada.email, newEmail('b'), newEmail('c'), newEmail('d')] as const;
    const links: string[] = [];
    for (const index of [0, 1, 2] as const) {
      links.push(await changeEmail(ada.accessToken, addresses[index], addresses[index + 1]!));
    }
    const [first, second, third] = links;
    // The thief presses the link at B: it ends the link at C, which is later, and not the owner's.
    expect(codesOf(await user.mutate('undoEmailChange', { token: second }))).toEqual([]);
    expect(codesOf(await user.mutate('undoEmailChange', { token: third }))).toEqual(['INVALID_TOKEN']);
    expect(await user.mutate('undoEmailChange', { token: first })).toEqual({ email: ada.email, userErrors: [] });
    expect(await emailOf(ada)).toMatchObject({ email: ada.email });
  });
});

describe('an address that a link can restore', () => {
  const register = async (email: string) => await user.mutate('register', { email, name: 'Thief', password });

  test('is taken for other customers in any spelling, and is restored', async () => {
    const [ada, eve, next] = [await signUpProved(), await signUpProved(), newEmail('b')];
    const link = await changeEmail(ada.accessToken, ada.email, next);
    for (const email of [ada.email, ada.email.toUpperCase(), ` ${ada.email}`]) {
      expect(await register(email)).toMatchObject({ userErrors: [{ code: 'EMAIL_TAKEN', field: ['input', 'email'] }] });
      expect(codesOf(await enterEmail(user, eve.accessToken, email))).toEqual(['EMAIL_TAKEN']);
    }
    expect(codesOf(await user.mutate('undoEmailChange', { token: link }))).toEqual([]);
    expect(await emailOf(ada)).toMatchObject({ email: ada.email });
    // The address of the thief is free again.
    expect(codesOf(await register(next))).toEqual([]);
  });

  test('is refused at the proof of a change that began before', async () => {
    const [ada, eve, wanted] = [await signUpProved(), await signUpProved(), newEmail('wanted')];
    expect(codesOf(await enterEmail(user, eve.accessToken, wanted))).toEqual([]);
    const token = await tokenTo(wanted);
    await changeEmail(ada.accessToken, ada.email, wanted);
    await changeEmail(ada.accessToken, wanted, newEmail('c'));
    expect(codesOf(await user.mutate('proveEmail', { token }))).toEqual(['EMAIL_TAKEN']);
  });

  test('is free for its customer, and for others when the link has expired', async () => {
    const ada = await signUpProved();
    const next = newEmail('b');
    await changeEmail(ada.accessToken, ada.email, next);
    await changeEmail(ada.accessToken, next, ada.email);
    await user.query("update email_challenges set expires_at = now() where email = $1 and purpose like 'UNDO%'", [
      next,
    ]);
    expect(codesOf(await register(next))).toEqual([]);
  });

  test('is taken for a registration that waits for the change to commit', async () => {
    const ada = await signUpProved();
    const next = newEmail('b');
    await enterEmail(user, ada.accessToken, next);
    const token = await tokenTo(next);
    await user.query(`
      create function wait_at_the_gate() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock_shared(4712);
        return null;
      end $$`);
    await user.query(`
      create constraint trigger gate after insert on email_challenges deferrable initially deferred
      for each row when (new.purpose = 'UNDO_EMAIL_CHANGE') execute function wait_at_the_gate()`);
    await user.query('select pg_advisory_lock(4712)');
    const waiting = async (count: number) =>
      await until(`${count} sessions to wait for a lock`, async () => {
        return (await user.query('select from pg_locks where not granted')).length === count;
      });
    const change = user.mutate('proveEmail', { token });
    await waiting(1);
    const registration = register(ada.email);
    await waiting(2);
    await user.query('select pg_advisory_unlock(4712)');
    expect(codesOf(await change)).toEqual([]);
    expect(codesOf(await registration)).toEqual(['EMAIL_TAKEN']);
    await user.query('drop trigger gate on email_challenges');
  });
});

describe('a new address that is not proved yet', () => {
  type End = (ada: SignedIn) => Promise<PayloadView>;
  test.each<[string, End]>([
    ['the current address', async (ada) => await user.mutate('updateProfile', { email: ada.email }, ada.accessToken)],
    [
      'the current address between spaces, and a name',
      async (ada) => await user.mutate('updateProfile', { email: ` ${ada.email} `, name: 'Countess' }, ada.accessToken),
    ],
    ['endOtherSessions', async (ada) => await user.mutate('endOtherSessions', {}, ada.accessToken)],
  ])('is withdrawn by %s', async (_name, end) => {
    const [ada, mistyped] = [await signUpProved(), newEmail('mistyped')];
    expect(codesOf(await enterEmail(user, ada.accessToken, mistyped))).toEqual([]);
    const { token, code } = (await mails.sentTo(mistyped))[0]!;
    expect(codesOf(await end(ada))).toEqual([]);
    expect(codesOf(await user.mutate('proveEmail', { token }))).toEqual(['INVALID_TOKEN']);
    expect(codesOf(await user.mutate('proveEmail', { code }, ada.accessToken))).toEqual(['INVALID_CODE']);
    expect(await emailOf(ada)).toMatchObject({ email: ada.email });
  });

  test('still waits after a change of the name only', async () => {
    const [ada, next] = [await signUpProved(), newEmail('b')];
    await enterEmail(user, ada.accessToken, next);
    const token = await tokenTo(next);
    await user.mutate('updateProfile', { name: 'Countess' }, ada.accessToken);
    expect(codesOf(await user.mutate('proveEmail', { token }))).toEqual([]);
  });
});

describe('a changed address', () => {
  test('is refused to a thief with an access token only; the name may change', async () => {
    const [ada, eve] = [await signUpProved(), await signUpProved()];
    const email = newEmail('thief');
    const others = await user.confirm(eve.accessToken);
    for (const confirmation of [undefined, null, '', 'x', ada.accessToken, others]) {
      const payload = await user.mutate('updateProfile', { email, name: 'Thief', confirmation }, ada.accessToken);
      expect(payload.userErrors).toEqual([{ code: 'CONFIRMATION_REQUIRED', field: ['input', 'confirmation'] }]);
    }
    const renamed = await user.mutate('updateProfile', { email: ada.email, name: 'Countess' }, ada.accessToken);
    expect(renamed).toMatchObject({ user: { name: 'Countess', email: ada.email }, userErrors: [] });
    expect(await emailOf(ada)).toMatchObject({ email: ada.email, pendingEmail: null });
    expect(await mails.sentTo(email)).toEqual([]);
  });

  test('counts when it is proved, and the old address can undo it', async () => {
    const ada = await signUpProved();
    const next = newEmail('thief');
    expect(codesOf(await enterEmail(user, ada.accessToken, next))).toEqual([]);
    expect(await emailOf(ada)).toEqual({ email: ada.email, emailProved: true, pendingEmail: next });
    const sent = await mails.send();
    expect(sent.map(({ to }) => to)).toEqual([next]);
    expect(await user.mutate('proveEmail', { token: sent[0]!.token })).toEqual({ email: next, userErrors: [] });
    expect(await emailOf(ada)).toEqual({ email: next, emailProved: true, pendingEmail: null });

    const told = onlyMail(await mails.sentTo(ada.email));
    expect(told.subject).toBe('Your email address was changed');
    const thief = await user.mutate('login', { email: next, password });
    // A link for a new password that waits at the thief's address.
    await user.mutate('requestPasswordReset', { email: next });
    const stolen = onlyMail(await mails.sentTo(next));
    expect(await user.mutate('undoEmailChange', { token: told.token })).toEqual({ email: ada.email, userErrors: [] });
    expect(await emailOf(ada)).toMatchObject({ email: ada.email, emailProved: true });
    expect(codesOf(await user.mutate('refreshToken', { refreshToken: thief.refreshToken }))).toEqual(['INVALID_TOKEN']);
    const reset = { token: stolen.token, newPassword: 'a new password of the thief' };
    expect(codesOf(await user.mutate('resetPassword', reset))).toEqual(['INVALID_TOKEN']);
    expect(codesOf(await user.mutate('undoEmailChange', { token: told.token }))).toEqual(['INVALID_TOKEN']);
    expect(onlyMail(await mails.sentTo(ada.email)).subject).toBe('Choose a new password');
  });

  test('is undone for the first owner even if the thief changed it twice', async () => {
    const ada = await signUpProved();
    const addresses = [newEmail('b'), newEmail('c')];
    const undoTokens: (string | null)[] = [];
    for (const [index, email] of addresses.entries()) {
      await enterEmail(user, ada.accessToken, email);
      await user.mutate('proveEmail', { token: onlyMail(await mails.sentTo(email)).token });
      undoTokens.push(onlyMail(await mails.sentTo([ada.email, ...addresses][index]!)).token);
    }
    expect(codesOf(await user.mutate('undoEmailChange', { token: undoTokens[0] }))).toEqual([]);
    expect(codesOf(await user.mutate('undoEmailChange', { token: undoTokens[1] }))).toEqual(['INVALID_TOKEN']);
    expect(await emailOf(ada)).toMatchObject({ email: ada.email });
  });

  test('is refused at the proof if another customer has registered it since', async () => {
    const [ada, next] = [await signUpProved(), newEmail()];
    await enterEmail(user, ada.accessToken, next);
    const { token } = onlyMail(await mails.sentTo(next));
    await user.mutate('register', { email: next, name: 'Eve', password });
    expect(await user.mutate('proveEmail', { token })).toEqual({
      email: null,
      userErrors: [{ code: 'EMAIL_TAKEN', field: null }],
    });
    expect(await emailOf(ada)).toMatchObject({ email: ada.email });
  });

  test('is discarded by a change of the password, and the customer is told of that', async () => {
    const [ada, next] = [await signUpProved(), newEmail()];
    await enterEmail(user, ada.accessToken, next);
    const { token } = onlyMail(await mails.sentTo(next));
    const change = { currentPassword: password, newPassword: 'another long password' };
    const { accessToken } = await user.mutate('changePassword', change, ada.accessToken);
    expect(codesOf(await user.mutate('proveEmail', { token }))).toEqual(['INVALID_TOKEN']);
    expect(await emailOf({ accessToken: accessToken! })).toMatchObject({ email: ada.email, pendingEmail: null });
    expect(onlyMail(await mails.sentTo(ada.email)).subject).toBe('Your password was changed');
  });
});
