import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { migrateAll } from '#local/migrations.ts';
import { startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph();
});

afterAll(async () => {
  await user.stop();
});

test('sessions of the release before are listed, and go on', async () => {
  const ada = await user.signUp();
  const next = await user.mutate('refreshToken', { refreshToken: ada.refreshToken });
  const eve = await user.signUp();
  await user.mutate('logout', { refreshToken: eve.refreshToken });

  await user.query('drop table sessions');
  await user.query(
    "delete from mikro_orm_migrations where name like '2026-12-14-sessions%' or name = '2026-12-23-identity-codes'",
  );
  await migrateAll({ user: { owner: user.databaseUrl } });

  const idOf = (accessToken: string) => decodeJwt(accessToken)['sid'];
  const rows = 'select id, user_id, device, ended_at is not null as ended from sessions order by user_id';
  expect(await user.query(rows)).toEqual([
    { id: idOf(ada.accessToken), user_id: ada.id, device: 'An unknown device', ended: false },
    { id: idOf(eve.accessToken), user_id: eve.id, device: 'An unknown device', ended: true },
  ]);

  const renamed = await user.mutate('updateProfile', { name: 'Countess' }, next.accessToken!);
  expect(renamed.user?.name).toBe('Countess');
  const refreshed = await user.mutate('refreshToken', { refreshToken: next.refreshToken! });
  expect(idOf(refreshed.accessToken!)).toBe(idOf(ada.accessToken));
});
