import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newEmail, password, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph({ LOG_LEVEL: 'trace' });
});

afterAll(async () => {
  await user.stop();
});

/** PostgreSQL's error about a refused row contains the row. The error of a trigger can contain it too. */
const refusals = [
  `alter table users add constraint refused check (name <> 'Grace')`,
  `create function refuse() returns trigger language plpgsql as $$
     begin raise exception '% % %', new.email, new.password_hash, 'postgres://wallet:hush@db.example/user'; end $$`,
  `create trigger refuse before insert on users for each row when (new.name = 'Hopper') execute function refuse()`,
  `create unique index on refresh_tokens ((true))`,
];

test('the log names the cause of a fault, without personal data', async () => {
  const emails = [newEmail('grace'), newEmail('hopper')];
  for (const statement of refusals) await user.query(statement);
  const faults = [
    await user.faultsOf('register', { email: emails[0]!, name: 'Grace', password }),
    await user.faultsOf('register', { email: emails[1]!, name: 'Hopper', password }),
  ];
  const ada = await user.signUp();
  faults.push(await user.faultsOf('login', { email: ada.email, password }));
  faults.push(await user.faultsOf('refreshToken', { refreshToken: ada.refreshToken }, ada.accessToken));

  expect(faults).toEqual(Array.from({ length: 4 }, () => ['INTERNAL_SERVER_ERROR']));
  for (const code of ['23514', 'P0001', '23505']) expect(user.output()).toContain(`"code":"${code}"`);
  const known = [...emails, ada.email, ada.accessToken, ada.refreshToken, password, 'argon2', 'hush'];
  expect(known.filter((text) => user.output().includes(text))).toEqual([]);
});
