import { randomUUID } from 'node:crypto';
import { graphqlData } from '../../../test/graphql.ts';
import { commits, crashRow, dispatches, jobs } from '../crashes.ts';
import type { Stage } from '../stage.ts';
import { insist } from '../wait.ts';

const password = 'correct horse battery staple';

export const crashUsers = crashRow({
  name: 'crash-users',
  of: 'a customer who registers, takes another name, and leaves',
  targets: [
    ...commits('user', 'insert into "users"'),
    ...commits('user', 'update "users"'),
    ...commits('user', 'delete from "users"'),
    ...commits('billing', 'insert into outbox'),
    ...commits('order', 'insert into seals'),
    ...commits('billing', 'update "accounts"'),
    ...dispatches('open-accounts'),
    ...jobs('open-accounts'),
    ...commits('workers', 'insert into "accounts"'),
    ...dispatches('keep-contacts'),
    ...jobs('keep-contacts'),
    ...commits('workers', 'insert into contacts'),
    ...jobs('close-user-outbox'),
  ],
  begin: async (stage) => {
    const people = { renamed: new Set<string>(), gone: new Set<string>() };
    return {
      act: async () => await liveALife(stage, people),
      outcome: async () => ({
        done: `${people.renamed.size} customers, ${people.gone.size} of them gone`,
        wrong: await wrongOf(stage, people),
      }),
    };
  },
});

interface People {
  readonly renamed: Set<string>;
  readonly gone: Set<string>;
}

/** Every other one leaves in the end, once their accounts are there and empty. */
async function liveALife(stage: Stage, people: People): Promise<void> {
  const { id, token } = await join(stage.url);
  const ask = async <Data>(query: string, variables: object = {}) =>
    await insist(async () => await graphqlData<Data>(stage.url, { query, variables, token }));
  await ask('mutation { updateProfile(input: { name: "Ada L." }) { user { id } userErrors { code } } }');
  people.renamed.add(id);
  if (people.renamed.size % 2 === 0) return;
  const { viewer } = await insist(async () => {
    const found = await ask<{ viewer: { account: { id: string } | null } }>(
      '{ viewer { account(currency: USD) { id } } }',
    );
    if (found.viewer.account === null) throw new Error('there are no accounts yet');
    return found;
  });
  const input = {
    accountId: viewer.account!.id,
    amount: { amount: '100.00', currency: 'USD' },
    idempotencyKey: randomUUID(),
  };
  await ask('mutation ($input: WithdrawInput!) { withdraw(input: $input) { userErrors { code } } }', { input });
  await leave(stage.url, token);
  people.gone.add(id);
}

/** Who does not hear whether they are registered signs in, and registers once more where they cannot. */
async function join(url: string): Promise<{ id: string; token: string }> {
  const email = `ada.${randomUUID()}@example.com`;
  return await insist(async () => {
    const { login } = await graphqlData<{ login: Session }>(url, {
      query: `mutation ($input: LoginInput!) { login(input: $input) { accessToken user { id } userErrors { code } } }`,
      variables: { input: { email, password } },
    });
    if (login.accessToken !== null) return { id: login.user!.id, token: login.accessToken };
    const { register } = await graphqlData<{ register: Session }>(url, {
      query: `mutation ($input: RegisterInput!) {
        register(input: $input) { accessToken user { id } userErrors { code } }
      }`,
      variables: { input: { email, name: 'Ada', password } },
    });
    return { id: register.user!.id, token: register.accessToken! };
  });
}

interface Session {
  readonly accessToken: string | null;
  readonly user: { readonly id: string } | null;
}

/** Who is told that there is nobody of this name has left. */
async function leave(url: string, token: string): Promise<void> {
  await insist(async () => {
    try {
      const { deleteUser } = await graphqlData<{ deleteUser: { userErrors: { code: string }[] } }>(url, {
        query: 'mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { userErrors { code } } }',
        variables: { input: { password } },
        token,
      });
      if (deleteUser.userErrors.length > 0) throw new Error(JSON.stringify(deleteUser.userErrors));
    } catch (error) {
      if (!String(error).includes('UNAUTHENTICATED')) throw error;
    }
  });
}

async function wrongOf(stage: Stage, { renamed, gone }: People): Promise<Record<string, number>> {
  const ids = [...renamed];
  const [users, accounts, gifts, contacts] = await Promise.all([
    stage.ask<{ id: string }>('user', 'select id from users where id = any($1)', [ids]),
    stage.ask<{ id: string; open: number; closed: number }>(
      'billing',
      `select customer_id as id, count(*) filter (where status = 'OPEN')::int as open,
         count(*) filter (where status = 'CLOSED')::int as closed
       from accounts where customer_id = any($1) group by customer_id`,
      [ids],
    ),
    stage.ask<{ id: string }>(
      'billing',
      `select to_customer_id as id from transactions where kind = 'OPENING_DEPOSIT' and to_customer_id = any($1)`,
      [ids],
    ),
    stage.ask<{ id: string; name: string | null }>(
      'notification',
      'select user_id as id, name from contacts where user_id = any($1)',
      [ids],
    ),
  ]);
  const here = new Set(users.map(({ id }) => id));
  const accountsOf = new Map(accounts.map((row) => [row.id, row]));
  const nameOf = new Map(contacts.map(({ id, name }) => [id, name]));
  const wrong = (check: (id: string) => boolean) => ids.filter((id) => !check(id)).length;
  return {
    'not there or not gone': wrong((id) => here.has(id) !== gone.has(id)),
    'without their accounts': wrong((id) => accountsOf.get(id)?.[gone.has(id) ? 'closed' : 'open'] === 3),
    'opening deposits too many or too few': Math.abs(gifts.length - ids.length),
    'not known by their name or not forgotten': wrong((id) => nameOf.get(id) === (gone.has(id) ? null : 'Ada L.')),
  };
}
