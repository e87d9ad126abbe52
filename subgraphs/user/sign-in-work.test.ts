import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pathOf } from '#test/command.ts';
import { addressOf } from '#test/router/address.ts';
import { newEmail, password, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let billing: Server;
let user: UserSubgraph;

beforeAll(async () => {
  billing = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"data":{"closeAccounts":{"userErrors":[]}}}');
  });
  await once(billing.listen(0, '127.0.0.1'), 'listening');
  const recorder = pathToFileURL(pathOf('test/record-password-hashes.ts')).href;
  user = await startUserSubgraph({
    BILLING_URL: `${addressOf(billing)}/graphql`,
    NODE_OPTIONS: `--import ${recorder}`,
  });
});

afterAll(async () => {
  await user.stop();
  billing.closeAllConnections();
  billing.close();
});

/** The result of a sign-in, and the hashes that it computed. */
async function signIn(email: string, tried: string) {
  const before = user.output().length;
  const { userErrors } = await user.mutate('login', { email, password: tried });
  return {
    userErrors,
    work: user
      .output()
      .slice(before)
      .match(/^derives .+$/gm),
  };
}

test('each failed sign-in has the same response, after as much work as a successful one', async () => {
  const { email } = await user.signUp();
  const gone = await user.signUp();
  expect(await user.mutate('deleteUser', { password }, gone.accessToken)).toMatchObject({ deletedUserId: gone.id });

  const { userErrors, work } = await signIn(email, password);
  expect(userErrors).toEqual([]);
  expect(work).toEqual([expect.stringMatching(/"argon2id","memory":19456,"passes":2/)]);

  const refused = { userErrors: [{ code: 'INVALID_CREDENTIALS', field: null }], work };
  expect({
    'a wrong password': await signIn(email, 'another password'),
    'no password': await signIn(email, ''),
    'an unregistered address': await signIn(newEmail(), password),
    'a malformed address': await signIn('no address', password),
    'a deleted user': await signIn(gone.email, password),
  }).toEqual({
    'a wrong password': refused,
    'no password': refused,
    'an unregistered address': refused,
    'a malformed address': refused,
    'a deleted user': refused,
  });
});
