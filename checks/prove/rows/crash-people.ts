import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { codeOf } from '../../../test/authenticator-app.ts';
import { graphqlData } from '../../../test/graphql.ts';
import { staffToken } from '../../../test/staff.ts';
import { commits, crashRow, dispatches, jobs } from '../crashes.ts';
import type { Stage } from '../stage.ts';
import { retry } from '../wait.ts';

const password = 'correct horse battery staple';

/** The flows of an account, and what operators do for it. */
export const crashPeople = crashRow({
  name: 'crash-people',
  flow: 'a customer whom operators freeze, release and correct, who changes the address, undoes that, requests the own data and sets up a factor',
  targets: [
    ...commits('billing', 'insert into "freezes"'),
    ...commits('billing', 'update "freezes"'),
    ...commits('billing', 'insert into "corrections"'),
    ...commits('billing', 'update "corrections"'),
    ...commits('user', 'insert into "email_challenges"'),
    ...commits('user', 'update "email_challenges"'),
    ...commits('user', 'insert into "data_exports"'),
    ...commits('user', 'insert into "totp_secrets"'),
    ...commits('user', 'insert into "recovery_codes"'),
    ...dispatches('send-account-mails'),
    ...jobs('send-account-mails'),
    ...dispatches('open-exports'),
    ...jobs('open-exports'),
  ],
  begin: async (stage) => {
    const people = new Map<string, Person>();
    const operators = [await signIn(stage.url), await signIn(stage.url)] as const;
    return {
      act: async () => {
        const person = await signIn(stage.url);
        await helpCustomer(stage, person, operators);
        await undoChange(stage, person);
        await protect(stage, person);
        people.set(person.id, person);
      },
      outcome: async () => ({ done: `${people.size} customers`, faults: await countFaults(stage, people) }),
    };
  },
});

interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

/** Sends a mutation with an input until it is answered. @returns its payload. */
async function change<Payload>(
  { url }: Stage,
  token: string,
  [mutation, type, selection]: readonly [mutation: string, type: string | null, selection: string],
  input: object = {},
): Promise<Payload & { readonly userErrors: readonly { readonly code: string }[] }> {
  const field = `payload: ${mutation}${type === null ? '' : '(input: $input)'} { ${selection} userErrors { code } }`;
  const query = type === null ? `mutation { ${field} }` : `mutation ($input: ${type}!) { ${field} }`;
  const variables = type === null ? {} : { input };
  const { payload } = await retry(
    async () =>
      await graphqlData<{ payload: Payload & { readonly userErrors: { readonly code: string }[] } }>(url, {
        query,
        variables,
        token,
      }),
  );
  return payload;
}

/** @throws where a refusal is not one of a request whose first answer was lost. */
function accept({ userErrors }: { readonly userErrors: readonly { readonly code: string }[] }, ...repeated: string[]) {
  const refused = userErrors.filter(({ code }) => !repeated.includes(code));
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
}

/** Freezes and releases the customer, and corrects a balance, which the second operator approves. */
async function helpCustomer(stage: Stage, { id: customerId, token }: Person, operators: readonly [Person, Person]) {
  const accountId = await retry(async () => {
    const query = '{ viewer { account(currency: USD) { id } } }';
    const { viewer } = await graphqlData<{ viewer: { account: { id: string } | null } }>(stage.url, { query, token });
    if (viewer.account === null) throw new Error('the accounts are not open yet');
    return viewer.account.id;
  });
  const tokenOf = async (person: Person) =>
    await retry(async () => await staffToken(stage.userDatabaseUrl, person, ['OPERATOR']));
  const [first, second] = [await tokenOf(operators[0]), await tokenOf(operators[1])];
  const freeze = { customerId, reason: 'the customer called' };
  accept(await change(stage, first, ['freezeCustomer', 'FreezeCustomerInput', ''], freeze), 'ALREADY_FROZEN');
  accept(await change(stage, first, ['unfreezeCustomer', 'FreezeCustomerInput', ''], freeze), 'NOT_FROZEN');
  const proposal = {
    accountId,
    direction: 'CREDIT',
    amount: { amount: '150.00', currency: 'USD' },
    reference: 'a correction',
    reason: 'the customer called',
    idempotencyKey: randomUUID(),
  };
  const proposed = await change<{ correction: { id: string } | null }>(
    stage,
    first,
    ['proposeCorrection', 'ProposeCorrectionInput', 'correction { id }'],
    proposal,
  );
  accept(proposed);
  const decision = { correctionId: proposed.correction!.id, reason: 'as the customer said' };
  accept(await change(stage, second, ['approveCorrection', 'DecideCorrectionInput', ''], decision));
}

/** Changes the address, and undoes the change with a link, which ends the session. */
async function undoChange(stage: Stage, { id, email, token }: Person): Promise<void> {
  const confirmation = await confirm(stage, token);
  const next = { name: 'Ada', email: `next.${email}`, confirmation };
  accept(await change(stage, token, ['updateProfile', 'UpdateProfileInput', ''], next));
  const link = await linkTo(stage, id);
  accept(await change(stage, token, ['undoEmailChange', 'UndoEmailChangeInput', ''], { token: link }), 'INVALID_TOKEN');
}

/** Only a message has a link, so this stores the hash of another. */
async function linkTo(stage: Stage, userId: string): Promise<string> {
  return await retry(async () => {
    const [row] = await stage.query<{ id: string }>(
      'user',
      `select id from email_challenges where user_id = $1 and purpose = 'UNDO_EMAIL_CHANGE' order by id desc limit 1`,
      [userId],
    );
    const id = Buffer.from(row!.id.replaceAll('-', ''), 'hex').toString('base64url');
    const link = `${id}${randomBytes(32).toString('base64url')}`;
    const hash = createHash('sha256').update(link).digest('hex');
    await stage.query('user', 'update email_challenges set token_hashes = array[$2] where id = $1', [row!.id, hash]);
    return link;
  });
}

/** Requests the own data, and sets up an authenticator app. */
async function protect(stage: Stage, { email }: Person): Promise<void> {
  const { token } = await signIn(stage.url, email);
  const confirmation = await confirm(stage, token);
  accept(await change(stage, token, ['exportMyData', 'ConfirmedInput', ''], { confirmation }));
  const begun = await change<{ secret: string | null }>(stage, token, ['beginTotp', null, 'secret']);
  accept(begun);
  const code = codeOf(begun.secret!);
  accept(
    await change(stage, token, ['enableTotp', 'EnableTotpInput', ''], { code, confirmation }),
    'SECOND_FACTOR_SET',
  );
}

async function confirm(stage: Stage, token: string): Promise<string> {
  const confirmed = await change<{ confirmation: string }>(
    stage,
    token,
    ['confirmIdentity', 'ConfirmIdentityInput', 'confirmation'],
    { password },
  );
  return confirmed.confirmation;
}

/** Signs in, or registers if that fails; repeated until it succeeds, since the answer to a registration can be lost. */
async function signIn(url: string, email = `ada.${randomUUID()}@example.com`): Promise<Person> {
  interface Session {
    readonly accessToken: string | null;
    readonly user: { readonly id: string } | null;
  }
  const begin = async (mutation: 'login' | 'register', type: string, input: object) => {
    const query = `mutation ($input: ${type}!) { session: ${mutation}(input: $input) { accessToken user { id } } }`;
    return (await graphqlData<{ session: Session }>(url, { query, variables: { input } })).session;
  };
  return await retry(async () => {
    const login = await begin('login', 'LoginInput', { email, password });
    const session =
      login.accessToken === null ? await begin('register', 'RegisterInput', { email, name: 'Ada', password }) : login;
    return { id: session.user!.id, email, token: session.accessToken! };
  });
}

async function countFaults(stage: Stage, people: ReadonlyMap<string, Person>): Promise<Record<string, number>> {
  const ids = [...people.keys()];
  const [users, accounts, corrections] = await Promise.all([
    stage.query<{ id: string; email: string; exports: number; codes: number; apps: number; open: number }>(
      'user',
      `select id, email,
         (select count(*)::int from data_exports where user_id = users.id and ready_at is not null) as exports,
         (select count(*)::int from recovery_codes where user_id = users.id) as codes,
         (select count(*)::int from totp_secrets where user_id = users.id and enabled_at is not null) as apps,
         (select count(*)::int from sessions, email_challenges undo
          where sessions.user_id = users.id and undo.user_id = users.id and undo.purpose = 'UNDO_EMAIL_CHANGE'
            and ended_at is null and sessions.created_at < undo.used_at) as open
       from users where id = any($1)`,
      [ids],
    ),
    stage.query('billing', 'select from accounts where customer_id = any($1) and frozen', [ids]),
    stage.query<{ applied: number; all: number }>(
      'billing',
      `select count(transaction_id)::int as applied, count(*)::int as all from corrections
       join accounts on accounts.id = account_id where customer_id = any($1)`,
      [ids],
    ),
  ]);
  const { applied, all } = corrections[0]!;
  const wrong = (fits: (user: (typeof users)[number]) => boolean) => users.filter((user) => !fits(user)).length;
  return {
    'customers missing': ids.length - users.length,
    'addresses not restored': wrong(({ id, email }) => email === people.get(id)!.email),
    'sessions from before an undone change': wrong(({ open }) => open === 0),
    'archives missing or duplicated': wrong(({ exports }) => exports === 1),
    'factors without ten codes': wrong(({ apps, codes }) => apps === 1 && codes === 10),
    'accounts still frozen': accounts.length,
    'corrections missing or duplicated': Math.abs(all - ids.length) + Math.abs(applied - ids.length),
  };
}
