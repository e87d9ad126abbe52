import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { until } from '#test/until.ts';
import { password, type SignedIn, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

/** Mutations that begin or continue a session. The database stops them right before their commit. */

const newPassword = 'staple battery horse correct';
let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph();
  await user.query(`
    create function wait_at_the_gate() returns trigger language plpgsql as $$
    begin
      perform pg_advisory_xact_lock_shared(4711);
      return null;
    end $$`);
  await user.query(`
    create constraint trigger gate after insert on refresh_tokens deferrable initially deferred
    for each row execute function wait_at_the_gate()`);
});

afterAll(async () => {
  await user.stop();
});

let ada: SignedIn;

beforeEach(async () => {
  ada = await user.signUp();
  await user.query('select pg_advisory_lock(4711)');
});

const openGate = async () => await user.query('select pg_advisory_unlock(4711)');

async function untilWaiting(sessions: number): Promise<void> {
  await until(`${sessions} sessions to wait for a lock`, async () => {
    const waiting = await user.query('select from pg_locks where not granted');
    return waiting.length === sessions;
  });
}

const begin = {
  login: async ({ email }: SignedIn) => await user.mutate('login', { email, password }),
  refreshToken: async ({ refreshToken }: SignedIn) => await user.mutate('refreshToken', { refreshToken }),
};

const end = {
  changePassword: async ({ accessToken }: SignedIn) =>
    await user.mutate('changePassword', { currentPassword: password, newPassword }, accessToken),
  logout: async ({ refreshToken }: SignedIn) => await user.mutate('logout', { refreshToken }),
  'the second use of a token': async ({ refreshToken }: SignedIn) =>
    await user.mutate('refreshToken', { refreshToken }),
};

test.each([
  ['login', 'changePassword'],
  ['refreshToken', 'changePassword'],
  ['refreshToken', 'logout'],
  ['refreshToken', 'the second use of a token'],
] as const)('a session of %s that commits during %s is over', async (beginning, ending) => {
  const begun = begin[beginning](ada);
  await untilWaiting(1);
  const ended = end[ending](ada);
  await untilWaiting(2);
  await openGate();
  const [{ refreshToken }] = await Promise.all([begun, ended]);
  const { userErrors } = await user.mutate('refreshToken', { refreshToken });
  expect(userErrors).toMatchObject([{ code: 'INVALID_TOKEN' }]);
});
