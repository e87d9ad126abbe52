import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { migrateAll } from '#local/migrations.ts';
import { startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

/** The keys of addresses before all spellings of one address had one key. */

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph({ EMAIL_VERIFICATION: 'off' });
});

afterAll(async () => {
  await user.stop();
});

/** A user whose address had this key. Their password is their address. */
async function personOfOld(email: string, oldKey: string): Promise<string> {
  const made = await user.mutate('register', { email: `${randomUUID()}@example.com`, name: 'Ada', password: email });
  await user.query('update users set email = $2, email_key = $3 where id = $1', [made.user!.id, email, oldKey]);
  return made.user!.id;
}

async function migrateAgain(): Promise<void> {
  await user.query("delete from mikro_orm_migrations where name = '2026-12-07-email-keys'");
  await migrateAll({ user: { owner: user.databaseUrl } });
}

async function signIn(email: string, password: string): Promise<string | undefined> {
  return (await user.mutate('login', { email, password })).user?.id;
}

let domain: string;

beforeEach(() => {
  domain = `${randomUUID()}.example`;
});

describe('the migration of keys', () => {
  test('lets a user log in with every spelling of their address', async () => {
    const id = await personOfOld(`νίκος@bücher.${domain}`, `νίκος@bücher.${domain}`);
    await migrateAgain();
    const spellings = [`νίκος@bücher.${domain}`, `ΝΊΚΟΣ@XN--BCHER-KVA.${domain}`];
    for (const spelling of spellings) expect(await signIn(spelling, `νίκος@bücher.${domain}`)).toBe(id);
  });

  test('keeps two users whose addresses now have one key, and finds each by their exact spelling', async () => {
    const older = await personOfOld(`Maße@${domain}`, `maße@${domain}`);
    const younger = await personOfOld(`masse@${domain}`, `masse@${domain}`);
    const youngest = await personOfOld(`ma\u017f\u017fe\u0301@${domain}`, `other@${domain}`);
    await migrateAgain();
    await migrateAgain();
    expect(await signIn(`Maße@${domain}`, `Maße@${domain}`)).toBe(older);
    expect(await signIn(`MASSE@${domain}`, `masse@${domain}`)).toBe(younger);
    expect(await signIn(`MASSÉ@${domain}`, `ma\u017f\u017fe\u0301@${domain}`)).toBe(youngest);
    expect(await signIn(`maße@${domain}`, `Maße@${domain}`)).toBeUndefined();
  });

  test('lets a user with a separate key change their name and their address', async () => {
    await personOfOld(`masse@${domain}`, `masse@${domain}`);
    await personOfOld(`Maße@${domain}`, `maße@${domain}`);
    await migrateAgain();
    const { accessToken } = await user.mutate('login', { email: `Maße@${domain}`, password: `Maße@${domain}` });
    const renamed = await user.mutate('updateProfile', { name: 'Countess', email: `Maße@${domain}` }, accessToken!);
    expect([renamed.user?.name, renamed.userErrors]).toEqual(['Countess', []]);
    const confirmation = await user.confirm(accessToken!, `Maße@${domain}`);
    const moved = await user.mutate('updateProfile', { email: `Ada@${domain}`, confirmation }, accessToken!);
    expect([moved.user?.email, moved.userErrors]).toEqual([`Ada@${domain}`, []]);
    expect(await signIn(`ada@${domain}`, `Maße@${domain}`)).toBe(moved.user!.id);
  });
});

test('each spelling of a taken address is EMAIL_TAKEN, at registration and in a profile change', async () => {
  const register = async (email: string) =>
    await user.mutate('register', { email, name: 'Ada', password: 'correct horse battery' });
  await register(`Νίκος.maße@bücher.${domain}`);
  const { accessToken } = await register(`other@${domain}`);
  const confirmation = await user.confirm(accessToken!, 'correct horse battery');
  const taken = [{ code: 'EMAIL_TAKEN', field: ['input', 'email'] }];
  const spellings = [
    `ΝΊΚΟΣ.MASSE@BÜCHER.${domain}`,
    `νίκοσ.maẞe@xn--bcher-kva.${domain}`,
    `Νι\u0301κος.masse@bu\u0308cher.${domain}`,
  ];
  for (const email of spellings) {
    expect((await register(email)).userErrors).toEqual(taken);
    expect((await user.mutate('updateProfile', { email, confirmation }, accessToken!)).userErrors).toEqual(taken);
  }
});
