import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deriveJobKeys } from '#platform/messaging/job-keys.ts';
import { workerGroups } from '#subgraphs/manifest.ts';
import { codeOf, signUpWithApp } from '#test/authenticator-app.ts';
import { graphql } from '#test/graphql.ts';
import { startSubgraphProcess } from '#test/subgraph-process.ts';
import { password, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

const [first, second, third] = ['1', '2', '3'].map((digit) => digit.repeat(64));
let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph({ USER_FACTOR_KEYS: first!, EMAIL_VERIFICATION: 'off' });
});

afterAll(async () => {
  await user.stop();
});

interface Answer {
  readonly confirmIdentity: { readonly userErrors: readonly { readonly code: string }[] } | null;
}

/** Restarts the subgraph with other keys, and confirms an identity there. Returns the codes of the refusals or faults. */
async function confirmWith(keys: string, token: string, proof: () => object): Promise<readonly unknown[]> {
  const restarted = await startSubgraphProcess('user', {
    // New passwords of the databases also change the keys of jobs.
    ...deriveJobKeys(`the keys of jobs next to ${keys}`, workerGroups),
    USER_DATABASE_URL: user.serviceUrl,
    USER_FACTOR_KEYS: keys,
    PASSWORD_QUEUE_WAIT_MS: '60000',
  });
  try {
    const query = 'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { userErrors { code } } }';
    const variables = { input: { password, ...proof() } };
    const { data, errors = [] } = await graphql<Answer>(restarted.url, { query, variables, token });
    const faults = errors.map(({ extensions }) => extensions?.code);
    return [...faults, ...(data?.confirmIdentity?.userErrors ?? []).map(({ code }) => code)];
  } finally {
    await restarted.stop();
  }
}

test('codes of an app work while its key is rotated, and recovery codes also without it', async () => {
  const { accessToken, secret, recoveryCodes } = await signUpWithApp(user);
  expect(await confirmWith(`${second},${first}`, accessToken, () => ({ code: codeOf(secret) }))).toEqual([]);
  // The code above encrypted the secret with the new key.
  expect(await confirmWith(second!, accessToken, () => ({ code: codeOf(secret, 1) }))).toEqual([]);
  expect(await confirmWith(third!, accessToken, () => ({ code: codeOf(secret, 1) }))).toEqual([
    'INTERNAL_SERVER_ERROR',
  ]);
  expect(await confirmWith(third!, accessToken, () => ({ recoveryCode: recoveryCodes[0] }))).toEqual([]);
});
