import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '#test/until.ts';
import { type MadeClient, useApiClients } from '#test/use-api-clients.ts';
import { codesOf } from '#test/user-subgraph.ts';

const { user, ada, confirmation, create, tokenOf, rotate, revoke } = await useApiClients();

async function untilWaiting(sessions: number): Promise<void> {
  await until(`${sessions} sessions to wait for a lock`, async () => {
    const waiting =
      'select from pg_locks join pg_stat_activity using (pid) where datname = current_database() and not granted';
    return (await user.query(waiting)).length === sessions;
  });
}

describe('a rotation', () => {
  test('leaves the secret before it for the overlap, and none before that', async () => {
    const made = await create();
    await tokenOf(made, made.secret);
    const second = await rotate(made, { overlapHours: 2 });
    for (const secret of [made.secret, second.secret]) expect(codesOf(await tokenOf(made, secret))).toEqual([]);
    const third = await rotate(made);
    expect(codesOf(await tokenOf(made, made.secret))).toEqual(['INVALID_CLIENT']);
    for (const secret of [second.secret, third.secret]) expect(codesOf(await tokenOf(made, secret))).toEqual([]);
    await rotate(made, { overlapHours: 0 });
    expect(codesOf(await tokenOf(made, third.secret))).toEqual(['INVALID_CLIENT']);
    await revoke(made.id);
  });

  test('whose answer was lost can be repeated, and the running secret goes on', async () => {
    const made = await create();
    await tokenOf(made, made.secret);
    const lost = await rotate(made);
    const again = await rotate(made);
    expect(codesOf(await tokenOf(made, lost.secret))).toEqual(['INVALID_CLIENT']);
    for (const secret of [made.secret, again.secret]) expect(codesOf(await tokenOf(made, secret))).toEqual([]);
    await revoke(made.id);
  });

  describe('while its secret is used', () => {
    let made: MadeClient;
    let second: MadeClient;
    let lock: Client;

    /** The client has a used secret and a newest one that was never used, and its row is locked. */
    beforeEach(async () => {
      made = await create();
      await tokenOf(made, made.secret);
      second = { ...made, ...(await rotate(made)) };
      lock = new Client({ connectionString: user.databaseUrl });
      await lock.connect();
      await lock.query('begin');
      await lock.query('select from api_clients where id = $1 for update', [made.id]);
    });
    afterEach(async () => {
      await lock.end();
      await revoke(made.id);
    });

    /** Runs both in this order: each waits for the lock of the client's row before the next begins. */
    async function inOrder<One, Other>(one: () => Promise<One>, other: () => Promise<Other>): Promise<[One, Other]> {
      const first = one();
      await untilWaiting(1);
      const next = other();
      await untilWaiting(2);
      await lock.query('commit');
      return await Promise.all([first, next]);
    }

    test('keeps a secret that gets its first token just before', async () => {
      const [used] = await inOrder(
        async () => await tokenOf(made, second.secret),
        async () => await rotate(made),
      );
      expect(codesOf(used)).toEqual([]);
      expect(codesOf(await tokenOf(made, second.secret))).toEqual([]);
    });

    test('gives the secret that becomes the old one a token, which ends with it', async () => {
      await lock.query('update api_clients set secret_used_at = now() where id = $1', [made.id]);
      const [, { accessToken, userErrors }] = await inOrder(
        async () => await rotate(made, { overlapHours: 1 }),
        async () => await tokenOf(made, second.secret),
      );
      expect(userErrors).toEqual([]);
      expect(accessToken).toEqual(expect.any(String));
      const [row] = await user.query('select secret_used_at from api_clients where id = $1', [made.id]);
      expect(row).toEqual({ secret_used_at: null });
    });

    test('and gives none once the client is revoked', async () => {
      const [, used] = await inOrder(
        async () => await revoke(made.id),
        async () => await tokenOf(made, second.secret),
      );
      expect(codesOf(used)).toEqual(['INVALID_CLIENT']);
    });
  });

  test.each([-1, 169])('is refused with an overlap of %d hours', async (overlapHours) => {
    const input = { clientId: randomUUID(), overlapHours, confirmation };
    const { userErrors } = await user.mutate('rotateApiClientSecret', input, ada.accessToken);
    expect(userErrors).toEqual([{ code: 'INVALID_TIME', field: ['input', 'overlapHours'] }]);
  });
});
