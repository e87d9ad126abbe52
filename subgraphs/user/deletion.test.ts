import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { graphql } from '#test/graphql.ts';
import { addressOf } from '#test/router/address.ts';
import { startSubgraphProcess } from '#test/subgraph-process.ts';
import { until } from '#test/until.ts';
import { password, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;
let billing: Server;
let billingPort = 0;

/** What billing was asked, and what it answers. */
let asked: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  billing = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(response);
    });
  });
  await startBilling();
  user = await startUserSubgraph({ BILLING_URL: `http://127.0.0.1:${billingPort}/graphql` });
});

afterAll(async () => {
  await user.stop();
  await stopBilling();
});

beforeEach(() => {
  asked = [];
  answer = json({ data: { closeAccounts: { userErrors: [] } } });
});

async function startBilling(): Promise<void> {
  await once(billing.listen(billingPort, '127.0.0.1'), 'listening');
  billingPort = Number(new URL(addressOf(billing)).port);
}

async function stopBilling(): Promise<void> {
  billing.closeAllConnections();
  if (billing.listening) await once(billing.close(), 'close');
}

function json(body: unknown, status = 200) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

const outboxOf = async (id: string) =>
  await user.query(
    "select key, payload from outbox where kind = 'user-changed' and payload->>'userId' = $1 order by outbox.id",
    [id],
  );

describe('deleteUser', () => {
  test('closes the accounts with the token of the viewer, then deletes user, sessions and the way in', async () => {
    const { id, email, accessToken, refreshToken } = await user.signUp();
    const payload = await user.mutate('deleteUser', { password }, accessToken);
    expect(payload).toEqual({ deletedUserId: id, userErrors: [] });
    expect(asked).toHaveLength(1);
    expect(asked[0]!.headers.authorization).toBe(`Bearer ${accessToken}`);
    expect(asked[0]!.body).toContain('closeAccounts');
    expect(await user.query('select id from users where id = $1', [id])).toEqual([]);
    expect(await user.query('select id from refresh_tokens where user_id = $1', [id])).toEqual([]);
    const refreshed = await user.mutate('refreshToken', { refreshToken });
    expect(refreshed.userErrors).toMatchObject([{ code: 'INVALID_TOKEN' }]);
    const back = await user.mutate('login', { email, password });
    expect(back.userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
  });

  test('notes the last version, without anything personal in it', async () => {
    const { id, accessToken } = await user.signUp();
    await user.mutate('updateProfile', { name: 'Countess' }, accessToken);
    await user.mutate('deleteUser', { password }, accessToken);
    expect((await outboxOf(id)).at(-1)).toEqual({
      key: `${id}:3`,
      payload: { userId: id, version: 3, email: null, name: null, deleted: true },
    });
  });

  test('leaves the address to whoever registers next', async () => {
    const { id, email, accessToken } = await user.signUp();
    await user.mutate('deleteUser', { password }, accessToken);
    const next = await user.mutate('register', { email, name: 'Somebody else', password });
    expect(next.userErrors).toEqual([]);
    expect(next.user?.id).not.toBe(id);
  });

  test('is refused while there is money, and deletes nothing', async () => {
    const { id, email, accessToken } = await user.signUp();
    const message = 'There is money on an account.';
    answer = json({ data: { closeAccounts: { userErrors: [{ code: 'ACCOUNT_NOT_EMPTY', message }] } } });
    const payload = await user.mutate('deleteUser', { password }, accessToken);
    expect(payload).toEqual({ deletedUserId: null, userErrors: [{ code: 'ACCOUNT_NOT_EMPTY', field: null }] });
    expect((await user.viewer(accessToken)).data?.viewer?.email).toBe(email);
    expect(await outboxOf(id)).toHaveLength(1);
  });

  test('is refused with a wrong password, before billing is asked', async () => {
    const { accessToken } = await user.signUp();
    const payload = await user.mutate('deleteUser', { password: 'not it at all' }, accessToken);
    expect(payload).toEqual({
      deletedUserId: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS', field: ['input', 'password'] }],
    });
    expect(asked).toEqual([]);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['fails', json({ errors: [{ message: 'secret', extensions: { code: 'INTERNAL_SERVER_ERROR' } }], data: null })],
    ['does not know the token', json({ errors: [{ message: 'secret', extensions: { code: 'UNAUTHENTICATED' } }] })],
    ['is starting', json({ errors: [{ message: 'secret', extensions: { code: 'SERVICE_UNAVAILABLE' } }] }, 503)],
    [
      'refuses for a reason that is not known here',
      json({ data: { closeAccounts: { userErrors: [{ code: 'SECRET', message: 'secret' }] } } }),
    ],
    ['answers something else', (response) => void response.end('<html>secret</html>')],
    ['breaks off', (response) => void response.destroy()],
  ])('is a fault, and deletes nothing, where billing %s', async (_what, answered) => {
    const { id, accessToken } = await user.signUp();
    answer = answered;
    const { data, errors } = await user.ask('deleteUser', { password }, accessToken);
    expect(data).toEqual({ deleteUser: null });
    expect(errors).toMatchObject([{ path: ['deleteUser'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    expect(JSON.stringify(errors)).not.toMatch(/secret|127\.0\.0\.1|closeAccounts/);
    expect((await user.viewer(accessToken)).data?.viewer?.id).toBe(id);
  });

  test('is a fault while billing is not there, and can be repeated once it is', async () => {
    const { id, accessToken } = await user.signUp();
    await stopBilling();
    expect(await user.faultsOf('deleteUser', { password }, accessToken)).toEqual(['SERVICE_UNAVAILABLE']);
    await startBilling();
    expect(await user.mutate('deleteUser', { password }, accessToken)).toEqual({ deletedUserId: id, userErrors: [] });
  });

  test('gives up on a billing that hangs', async () => {
    const { accessToken } = await user.signUp();
    answer = () => undefined;
    expect(await user.faultsOf('deleteUser', { password }, accessToken)).toEqual(['SERVICE_UNAVAILABLE']);
  });

  test('notes one deletion where it is asked for many times at once', async () => {
    const { id, accessToken } = await user.signUp();
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => await user.ask('deleteUser', { password }, accessToken)),
    );
    for (const { data, errors } of answers) {
      const outcome = data?.['deleteUser']?.deletedUserId ?? errors?.[0]?.extensions?.code;
      expect([id, 'UNAUTHENTICATED']).toContain(outcome);
    }
    expect((await outboxOf(id)).map(({ key }) => key)).toEqual([`${id}:1`, `${id}:2`]);
  });
});

test('whoever is deleted is named beside the keys, and forgotten there once no token can be good any more', async () => {
  const { id, accessToken } = await user.signUp();
  const revoked = async () => {
    const answer = await fetch(`${user.origin}/.well-known/jwks.json`);
    return ((await answer.json()) as { revoked_subjects: string[] }).revoked_subjects;
  };
  await user.mutate('deleteUser', { password }, accessToken);
  expect(await revoked()).toContain(id);

  await user.query(`update deleted_users set deleted_at = now() - interval '12 minutes' where user_id = $1`, [id]);
  await until('the deletion to be forgotten', async () => !(await revoked()).includes(id));
  const next = await user.signUp();
  await user.mutate('deleteUser', { password }, next.accessToken);
  expect(await user.query('select from deleted_users where user_id = $1', [id])).toEqual([]);
});

test('a deletion by another process of the subgraph is known within seconds', async () => {
  const other = await startSubgraphProcess('user', {
    USER_DATABASE_URL: user.databaseUrl,
    BILLING_URL: `http://127.0.0.1:${billingPort}/graphql`,
  });
  try {
    const { id, accessToken } = await user.signUp();
    const query = '{ viewer { id } }';
    expect((await graphql(other.url, { query, token: accessToken })).data).toEqual({ viewer: { id } });
    await user.mutate('deleteUser', { password }, accessToken);
    await until('the token to be refused', async () => {
      const { errors } = await graphql(other.url, { query, token: accessToken });
      return errors?.[0]?.extensions?.code === 'UNAUTHENTICATED';
    });
  } finally {
    await other.stop();
  }
});

test('the token of somebody deleted shows nobody and changes nothing', async () => {
  const { accessToken } = await user.signUp();
  await user.mutate('deleteUser', { password }, accessToken);
  const { data, errors } = await user.viewer(accessToken);
  expect(data).toEqual({ viewer: null });
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  expect(await user.faultsOf('updateProfile', { name: 'Eve' }, accessToken)).toEqual(['UNAUTHENTICATED']);
  const change = { currentPassword: password, newPassword: 'another password' };
  expect(await user.faultsOf('changePassword', change, accessToken)).toEqual(['UNAUTHENTICATED']);
  expect(await user.faultsOf('deleteUser', { password }, accessToken)).toEqual(['UNAUTHENTICATED']);
});
