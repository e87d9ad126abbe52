import { randomUUID } from 'node:crypto';
import { graphqlData } from '../../../test/graphql.ts';
import { commits, crashRow, dispatches, jobs } from '../crashes.ts';
import type { Stage } from '../stage.ts';
import { retry } from '../wait.ts';

const password = 'correct horse battery staple';

export const crashUsers = crashRow({
  name: 'crash-users',
  flow: 'a customer who registers, changes the name, and is deleted',
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
    const people = { renamed: new Set<string>(), deleted: new Set<string>() };
    return {
      act: async () => await simulateCustomer(stage, people),
      outcome: async () => ({
        done: `${people.renamed.size} customers, ${people.deleted.size} of them deleted`,
        faults: await countFaults(stage, people),
      }),
    };
  },
});

interface People {
  readonly renamed: Set<string>;
  readonly deleted: Set<string>;
}

/** Every second customer is deleted at the end, after emptying the accounts. */
async function simulateCustomer(stage: Stage, people: People): Promise<void> {
  const { id, token } = await signIn(stage.url);
  const request = async <Data>(query: string, variables: object = {}) =>
    await retry(async () => await graphqlData<Data>(stage.url, { query, variables, token }));
  await request('mutation { updateProfile(input: { name: "Ada L." }) { user { id } userErrors { code } } }');
  people.renamed.add(id);
  if (people.renamed.size % 2 === 0) return;
  const { viewer } = await retry(async () => {
    const found = await request<{ viewer: { account: { id: string } | null } }>(
      '{ viewer { account(currency: USD) { id } } }',
    );
    if (found.viewer.account === null) throw new Error('the accounts are not open yet');
    return found;
  });
  const input = {
    accountId: viewer.account!.id,
    amount: { amount: '100.00', currency: 'USD' },
    idempotencyKey: randomUUID(),
  };
  await request('mutation ($input: WithdrawInput!) { withdraw(input: $input) { userErrors { code } } }', { input });
  await deleteCustomer(stage.url, token);
  people.deleted.add(id);
}

/** Signs in, or registers if that fails; repeated until it succeeds, since the answer to a registration can be lost. */
async function signIn(url: string): Promise<{ id: string; token: string }> {
  const email = `ada.${randomUUID()}@example.com`;
  return await retry(async () => {
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

/** Deletes the customer. UNAUTHENTICATED means that an earlier request, whose answer was lost, has deleted them. */
async function deleteCustomer(url: string, token: string): Promise<void> {
  await retry(async () => {
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

async function countFaults(stage: Stage, { renamed, deleted }: People): Promise<Record<string, number>> {
  const ids = [...renamed];
  const [users, accounts, openingDeposits, contacts] = await Promise.all([
    stage.query<{ id: string }>('user', 'select id from users where id = any($1)', [ids]),
    stage.query<{ id: string; open: number; closed: number }>(
      'billing',
      `select customer_id as id, count(*) filter (where status = 'OPEN')::int as open,
         count(*) filter (where status = 'CLOSED')::int as closed
       from accounts where customer_id = any($1) group by customer_id`,
      [ids],
    ),
    stage.query<{ id: string }>(
      'billing',
      `select to_customer_id as id from transactions where kind = 'OPENING_DEPOSIT' and to_customer_id = any($1)`,
      [ids],
    ),
    stage.query<{ id: string; name: string | null }>(
      'notification',
      'select user_id as id, name from contacts where user_id = any($1)',
      [ids],
    ),
  ]);
  const existing = new Set(users.map(({ id }) => id));
  const accountsOf = new Map(accounts.map((row) => [row.id, row]));
  const nameOf = new Map(contacts.map(({ id, name }) => [id, name]));
  const countFailing = (check: (id: string) => boolean) => ids.filter((id) => !check(id)).length;
  return {
    'users missing or not deleted': countFailing((id) => existing.has(id) !== deleted.has(id)),
    'without all accounts': countFailing((id) => accountsOf.get(id)?.[deleted.has(id) ? 'closed' : 'open'] === 3),
    'opening deposits missing or duplicated': Math.abs(openingDeposits.length - ids.length),
    'contacts with a wrong name or not erased': countFailing(
      (id) => nameOf.get(id) === (deleted.has(id) ? null : 'Ada L.'),
    ),
  };
}
