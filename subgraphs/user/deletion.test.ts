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

/** The requests that billing received, and its response to them. */
let received: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  billing = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
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
  received = [];
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
  test('closes the accounts with the viewer’s token, then deletes the user, their sessions and their login', async () => {
    const { id, email, accessToken, refreshToken } = await user.signUp();
    const payload = await user.mutate('deleteUser', { password }, accessToken);
    expect(payload).toEqual({ deletedUserId: id, userErrors: [] });
    expect(received).toHaveLength(1);
    expect(received[0]!.headers.authorization).toBe(`Bearer ${accessToken}`);
    expect(received[0]!.body).toContain('closeAccounts');
    expect(await user.query('select id from users where id = $1', [id])).toEqual([]);
    expect(await user.query('select id from refresh_tokens where user_id = $1', [id])).toEqual([]);
    const refreshed = await user.mutate('refreshToken', { refreshToken });
    expect(refreshed.userErrors).toMatchObject([{ code: 'INVALID_TOKEN' }]);
    const back = await user.mutate('login', { email, password });
    expect(back.userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
  });

  test('writes the last version to the outbox, without personal data', async () => {
    const { id, accessToken } = await user.signUp();
    await user.mutate('updateProfile', { name: 'Countess' }, accessToken);
    await user.mutate('deleteUser', { password }, accessToken);
    expect((await outboxOf(id)).at(-1)).toEqual({
      key: `${id}:3`,
      payload: { userId: id, version: 3, email: null, name: null, deleted: true },
    });
  });

  test('makes the address available for registration', async () => {
    const { id, email, accessToken } = await user.signUp();
    await user.mutate('deleteUser', { password }, accessToken);
    const next = await user.mutate('register', { email, name: 'Somebody else', password });
    expect(next.userErrors).toEqual([]);
    expect(next.user?.id).not.toBe(id);
  });

  test('is refused while an account holds money, and deletes nothing', async () => {
    const { id, email, accessToken } = await user.signUp();
    const message = 'There is money on an account.';
    answer = json({ data: { closeAccounts: { userErrors: [{ code: 'ACCOUNT_NOT_EMPTY', message }] } } });
    const payload = await user.mutate('deleteUser', { password }, accessToken);
    expect(payload).toEqual({ deletedUserId: null, userErrors: [{ code: 'ACCOUNT_NOT_EMPTY', field: null }] });
    expect((await user.viewer(accessToken)).data?.viewer?.email).toBe(email);
    expect(await outboxOf(id)).toHaveLength(1);
  });

  test('is refused with a wrong password, before a request to billing', async () => {
    const { accessToken } = await user.signUp();
    const payload = await user.mutate('deleteUser', { password: 'not it at all' }, accessToken);
    expect(payload).toEqual({
      deletedUserId: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS', field: ['input', 'password'] }],
    });
    expect(received).toEqual([]);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['fails', json({ errors: [{ message: 'secret', extensions: { code: 'INTERNAL_SERVER_ERROR' } }], data: null })],
    ['does not accept the token', json({ errors: [{ message: 'secret', extensions: { code: 'UNAUTHENTICATED' } }] })],
    ['is starting', json({ errors: [{ message: 'secret', extensions: { code: 'SERVICE_UNAVAILABLE' } }] }, 503)],
    [
      'refuses for a reason that is not known here',
      json({ data: { closeAccounts: { userErrors: [{ code: 'SECRET', message: 'secret' }] } } }),
    ],
    ['sends an unknown response', (response) => void response.end('<html>secret</html>')],
    ['closes the connection', (response) => void response.destroy()],
  ])('is a fault, and deletes nothing, where billing %s', async (_what, answered) => {
    const { id, accessToken } = await user.signUp();
    answer = answered;
    const { data, errors } = await user.ask('deleteUser', { password }, accessToken);
    expect(data).toEqual({ deleteUser: null });
    expect(errors).toMatchObject([{ path: ['deleteUser'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    expect(JSON.stringify(errors)).not.toMatch(/secret|127\.0\.0\.1|closeAccounts/);
    expect((await user.viewer(accessToken)).data?.viewer?.id).toBe(id);
  });

  test('is a fault while billing is unavailable, and succeeds when repeated later', async () => {
    const { id, accessToken } = await user.signUp();
    await stopBilling();
    expect(await user.faultsOf('deleteUser', { password }, accessToken)).toEqual(['SERVICE_UNAVAILABLE']);
    await startBilling();
    expect(await user.mutate('deleteUser', { password }, accessToken)).toEqual({ deletedUserId: id, userErrors: [] });
  });

  test('times out if billing does not respond', async () => {
    const { accessToken } = await user.signUp();
    answer = () => undefined;
    expect(await user.faultsOf('deleteUser', { password }, accessToken)).toEqual(['SERVICE_UNAVAILABLE']);
  });

  test('writes one deletion to the outbox for many requests at once', async () => {
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

test('the key set lists a deleted user until all access tokens of the user have expired', async () => {
  const { id, accessToken } = await user.signUp();
  const revoked = async () => {
    const answer = await fetch(`${user.origin}/.well-known/jwks.json`);
    return ((await answer.json()) as { revoked_subjects: string[] }).revoked_subjects;
  };
  await user.mutate('deleteUser', { password }, accessToken);
  expect(await revoked()).toContain(id);

  await user.query(`update deleted_users set deleted_at = now() - interval '12 minutes' where user_id = $1`, [id]);
  await until('the key set to omit the user', async () => !(await revoked()).includes(id));
  const next = await user.signUp();
  await user.mutate('deleteUser', { password }, next.accessToken);
  expect(await user.query('select from deleted_users where user_id = $1', [id])).toEqual([]);
});

test('a process of the subgraph learns of a deletion by another process within seconds', async () => {
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

test('the token of a deleted user reads no user and changes nothing', async () => {
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
