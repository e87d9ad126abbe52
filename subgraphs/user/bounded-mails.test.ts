import { beforeAll, expect, test } from '@jest/globals';
import type { AccountMailKind } from '#user/domain/account-mails.ts';
import { codeOf, confirmByMail, setUpApp } from '#test/authenticator-app.ts';
import { graphql } from '#test/graphql.ts';
import { staffToken } from '#test/staff.ts';
import { password, type PayloadView, type SignedIn, type UserMutation } from '#test/user-subgraph.ts';
import { useUserMails } from '#test/use-user-mails.ts';

/** No kind of message about an account can be sent without bound: a thief or a program must not flood a mailbox. */

const { user, mails, signUpProved } = await useUserMails({ MAILS_PER_SENDER: '100000' });
let operator: string;

beforeAll(async () => {
  operator = await staffToken(user.databaseUrl, await signUpProved('Olga'), ['OPERATOR']);
});

/** Stores as many messages of a kind as an address gets in an hour at most. The oldest is ten minutes younger than that. */
async function fill(kind: AccountMailKind, { id, email }: { readonly id: string; readonly email: string }) {
  await user.query(
    `insert into account_mails (id, user_id, kind, recipient, recipient_key, data, created_at, sent_at)
     select gen_random_uuid(), $1, $2, $3, $3, '{}', now() - interval '50 minutes', now() from generate_series(1, 50)`,
    [id, kind, email],
  );
}

const countOf = async (kind: AccountMailKind, recipient: string) =>
  (
    await user.query<{ mails: number }>(
      'select count(*)::int as mails from account_mails where kind = $1 and recipient = $2',
      [kind, recipient],
    )
  )[0]!.mails;

const act = async (ada: SignedIn, mutation: UserMutation, input: object = {}) =>
  await user.mutate(mutation, input, ada.accessToken, 'code field retryAfterS');

/** What an operator does, as its payload. */
async function help({ id: customerId }: SignedIn, mutation: string, type: string, input: object = {}) {
  const { data } = await graphql<Record<string, Pick<PayloadView, 'userErrors'>>>(user.url, {
    query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code field retryAfterS } } }`,
    variables: { input: { customerId, reason: 'the customer called', ...input } },
    token: operator,
  });
  return data![mutation]!;
}

async function withApp() {
  const ada = await signUpProved();
  return await setUpApp(user, ada, await confirmByMail(user, mails, ada));
}

const confirmed = async (ada: Awaited<ReturnType<typeof withApp>>) =>
  (await act(ada, 'confirmIdentity', { password, recoveryCode: ada.recoveryCodes[0] })).confirmation;

interface Case {
  /** The customer, before the bound is reached. */
  readonly of?: () => Promise<SignedIn>;
  /** The kind that is bounded, where this one follows from it. */
  readonly by?: AccountMailKind;
  /** What sends a message of the kind. */
  readonly cause: (ada: SignedIn) => Promise<Pick<PayloadView, 'userErrors'>>;
  /** Whether the change is made without its message, because it must never be refused. */
  readonly isSilent?: true;
}

const changeEmail = async (ada: SignedIn) => {
  const confirmation = await user.confirm(ada.accessToken);
  return await act(ada, 'updateProfile', { name: 'Ada', email: `next.${ada.email}`, confirmation });
};
const restoreEmail = async (ada: SignedIn) =>
  await help(ada, 'restoreEmail', 'RestoreEmailInput', { email: `next.${ada.email}` });

const cases: Readonly<Record<AccountMailKind, Case>> = {
  PROVE_EMAIL: { of: async () => await user.signUp(), cause: async (ada) => await act(ada, 'requestEmailProof') },
  IDENTITY_CODE: { cause: async (ada) => await act(ada, 'requestIdentityCode') },
  PASSWORD_RESET: {
    cause: async ({ email }) => await user.mutate('requestPasswordReset', { email }),
    isSilent: true,
  },
  EMAIL_CHANGED: { by: 'PROVE_EMAIL', cause: changeEmail },
  EMAIL_RESTORED: { by: 'PROVE_EMAIL', cause: restoreEmail },
  EMAIL_REPLACED: { by: 'PROVE_EMAIL', cause: restoreEmail },
  PASSWORD_CHANGED: {
    cause: async (ada) => await act(ada, 'changePassword', { currentPassword: password, newPassword: `${password} 2` }),
  },
  NEW_DEVICE: {
    // The device of the registration is known; another network or browser is not.
    of: async () => {
      const ada = await signUpProved();
      await user.query(`update sessions set device = 'another' where user_id = $1`, [ada.id]);
      return ada;
    },
    cause: async ({ email }) => await user.mutate('login', { email, password }),
    isSilent: true,
  },
  FACTOR_CHANGED: {
    of: withApp,
    cause: async (ada) =>
      await act(ada, 'renewRecoveryCodes', {
        confirmation: await confirmed(ada as Awaited<ReturnType<typeof withApp>>),
      }),
  },
  API_CLIENT_CHANGED: {
    cause: async (ada) => {
      const confirmation = await confirmByMail(user, mails, ada);
      const made = { name: 'Cron', scopes: ['orders:read'], confirmation };
      const { apiClient } = await act(ada, 'createApiClient', made);
      // Clients are bounded by their number; the owner was told of this one.
      await user.query(`delete from account_mails where user_id = $1 and data->>'change' = 'CREATED'`, [ada.id]);
      return await act(ada, 'rotateApiClientSecret', { clientId: apiClient!.id, confirmation });
    },
  },
  SESSIONS_ENDED: {
    cause: async (ada) => await help(ada, 'endCustomerSessions', 'CustomerActInput'),
    isSilent: true,
  },
  STAFF_ROLE_CHANGED: { cause: async (ada) => await help(ada, 'grantRole', 'RoleInput', { role: 'SUPPORT' }) },
  // `exportMyData` is refused after three archives in a day (test/end-to-end/personal-data.test.ts).
  DATA_READY: {
    cause: async (ada) => {
      const confirmation = await user.confirm(ada.accessToken);
      await user.query(
        `insert into data_exports (id, user_id, requested_at, ready_at, expires_at)
         select gen_random_uuid(), $1, now() - interval '1 hour', now(), now() from generate_series(1, 3)`,
        [ada.id],
      );
      const query = `mutation ($input: ConfirmedInput!) { exportMyData(input: $input) { userErrors { code field retryAfterS } } }`;
      const { data } = await graphql<{ exportMyData: Pick<PayloadView, 'userErrors'> }>(user.url, {
        query,
        variables: { input: { confirmation } },
        token: ada.accessToken,
      });
      return data!.exportMyData;
    },
  },
};

test.each(Object.entries(cases) as [AccountMailKind, Case][])(
  '%s',
  async (kind, { of, by = kind, cause, isSilent }) => {
    const ada = await (of ?? signUpProved)();
    await mails.send();
    const recipient = by === kind ? ada.email : `next.${ada.email}`;
    await fill(by, { ...ada, email: recipient });
    const before = await countOf(by, recipient);
    const { userErrors } = await cause(ada);

    // The seconds until the oldest message, or archive, leaves the window. It is not a constant.
    const [leastS, mostS] = kind === 'DATA_READY' ? [22 * 3_600, 23 * 3_600] : [500, 600];
    for (const { retryAfterS } of userErrors) {
      expect(retryAfterS).toBeGreaterThan(leastS);
      expect(retryAfterS).toBeLessThanOrEqual(mostS);
    }
    const expected = kind === 'DATA_READY' ? 'TOO_MANY_EXPORTS' : 'TOO_MANY_ATTEMPTS';
    expect(userErrors.map(({ code }) => code)).toEqual(isSilent === true ? [] : [expected]);
    expect(await countOf(by, recipient)).toBe(before);
  },
);

test('a new app is refused while its message is beyond the bound', async () => {
  const ada = await signUpProved();
  const confirmation = await confirmByMail(user, mails, ada);
  const { secret } = await act(ada, 'beginTotp');
  await fill('FACTOR_CHANGED', ada);
  const refused = await act(ada, 'enableTotp', { code: codeOf(secret!), confirmation });
  expect(refused.userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }]);
});

test('a removed factor is not refused, and is told', async () => {
  const ada = await withApp();
  await fill('FACTOR_CHANGED', ada);
  const before = await countOf('FACTOR_CHANGED', ada.email);
  expect((await act(ada, 'disableTotp', { confirmation: await confirmed(ada) })).userErrors).toEqual([]);
  expect(await countOf('FACTOR_CHANGED', ada.email)).toBe(before + 1);
});
