import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { addressOf } from '#test/router/address.ts';
import { codesOf, password, type SignedIn, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

/** What a thief of an access token can do with the mutations that take the password. */

let user: UserSubgraph;
let billing: Server;
let closings = 0;
/** What happens while billing closes the accounts. */
let meanwhile: () => Promise<unknown>;

async function confirmClosing(response: ServerResponse): Promise<void> {
  closings += 1;
  await meanwhile();
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ data: { closeAccounts: { userErrors: [] } } }));
}

beforeAll(async () => {
  billing = createServer((_request, response) => {
    void confirmClosing(response);
  });
  await once(billing.listen(0, '127.0.0.1'), 'listening');
  user = await startUserSubgraph({ BILLING_URL: `${addressOf(billing)}/graphql` });
});

beforeEach(() => {
  closings = 0;
  meanwhile = async () => await Promise.resolve();
});

afterAll(async () => {
  await user.stop();
  billing.closeAllConnections();
  billing.close();
});

const newPassword = 'staple battery horse correct';

const guesses = {
  changePassword: async ({ accessToken }: SignedIn, guess: string) =>
    await user.mutate('changePassword', { currentPassword: guess, newPassword }, accessToken),
  deleteUser: async ({ accessToken }: SignedIn, guess: string) =>
    await user.mutate('deleteUser', { password: guess }, accessToken),
  confirmIdentity: async ({ accessToken }: SignedIn, guess: string) =>
    await user.mutate('confirmIdentity', { password: guess }, accessToken),
};

const guess = async (ada: SignedIn, by: keyof typeof guesses, times: number) =>
  (await Promise.all(Array.from({ length: times }, async () => await guesses[by](ada, 'not it at all')))).flatMap(
    codesOf,
  );

test.each(['changePassword', 'deleteUser'] as const)(
  '%s refuses the right password after ten wrong ones',
  async (by) => {
    const ada = await user.signUp();
    const answers = await guess(ada, by, 13);
    expect(answers.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(10);
    expect(answers.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(3);
    expect(codesOf(await guesses[by](ada, password))).toEqual(['TOO_MANY_ATTEMPTS']);
    expect(closings).toBe(0);
  },
);

test('all of them count together, and the right password forgets the tries', async () => {
  const ada = await user.signUp();
  await guess(ada, 'confirmIdentity', 3);
  await guess(ada, 'deleteUser', 3);
  const weak = { currentPassword: password, newPassword: 'short' };
  expect(codesOf(await user.mutate('changePassword', weak, ada.accessToken))).toEqual(['WEAK_PASSWORD']);
  await guess(ada, 'confirmIdentity', 3);
  await guess(ada, 'deleteUser', 3);
  await guess(ada, 'changePassword', 4);
  for (const by of ['changePassword', 'deleteUser', 'confirmIdentity'] as const) {
    expect(codesOf(await guesses[by](ada, password))).toEqual(['TOO_MANY_ATTEMPTS']);
  }
});

test('a session that has ended closes no accounts and deletes no user', async () => {
  const ada = await user.signUp();
  await user.mutate('logout', { refreshToken: ada.refreshToken });
  expect(await user.faultsOf('deleteUser', { password }, ada.accessToken)).toEqual(['UNAUTHENTICATED']);
  expect(closings).toBe(0);
});

test('a session that ends while the accounts are closed deletes no user', async () => {
  const ada = await user.signUp();
  meanwhile = async () => await user.mutate('logout', { refreshToken: ada.refreshToken });
  expect(await user.faultsOf('deleteUser', { password }, ada.accessToken)).toEqual(['UNAUTHENTICATED']);
  expect(await user.query('select from users where id = $1', [ada.id])).toHaveLength(1);
});

test('a password that changes while the accounts are closed deletes no user', async () => {
  const ada = await user.signUp();
  meanwhile = async () => await guesses.changePassword(ada, password);
  expect(codesOf(await guesses.deleteUser(ada, password))).toEqual(['INVALID_CREDENTIALS']);
  expect(await user.query('select from users where id = $1', [ada.id])).toHaveLength(1);
});
