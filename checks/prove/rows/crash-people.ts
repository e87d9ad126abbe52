import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { codeOf } from '../../../test/authenticator-app.ts';
import { staffToken } from '../../../test/staff.ts';
import { commits, crashRow, dispatches, jobs } from '../crashes.ts';
import { accept, change, confirm, type Person, signIn, usdAccount } from '../people.ts';
import type { Stage } from '../stage.ts';
import { retry } from '../wait.ts';

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
    const people = new Map<string, Helped>();
    const operators = [await signIn(stage), await signIn(stage)] as const;
    return {
      act: async () => {
        const person = await signIn(stage);
        const correctionKey = await helpCustomer(stage, person, operators);
        await undoChange(stage, person);
        await protect(stage, person);
        people.set(person.id, { ...person, correctionKey });
      },
      outcome: async () => ({ done: `${people.size} customers`, faults: await countFaults(stage, people) }),
    };
  },
});

interface Helped extends Person {
  /** The idempotency key of the correction of the customer's balance. */
  readonly correctionKey: string;
}

/**
 * Freezes and releases the customer, and corrects a balance, which the second operator approves. @returns the correction's
 * idempotency key.
 */
async function helpCustomer(
  stage: Stage,
  { id: customerId, token }: Person,
  operators: readonly [Person, Person],
): Promise<string> {
  const accountId = await usdAccount(stage, token);
  const tokenOf = async (person: Person) =>
    await retry(async () => await staffToken(stage.userDatabaseUrl, person, ['OPERATOR']));
  const [first, second] = [await tokenOf(operators[0]), await tokenOf(operators[1])];
  const freeze = { customerId, reason: 'the customer called' };
  accept(await change(stage, first, ['freezeCustomer', 'FreezeCustomerInput', ''], freeze), 'ALREADY_FROZEN');
  accept(await change(stage, first, ['unfreezeCustomer', 'FreezeCustomerInput', ''], freeze), 'NOT_FROZEN');
  const idempotencyKey = randomUUID();
  const proposal = {
    accountId,
    direction: 'CREDIT',
    amount: { amount: '150.00', currency: 'USD' },
    reference: 'a correction',
    reason: 'the customer called',
    idempotencyKey,
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
  return idempotencyKey;
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
  const { token } = await signIn(stage, email);
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

async function countFaults(stage: Stage, people: ReadonlyMap<string, Helped>): Promise<Record<string, number>> {
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
    stage.query<{ id: string; key: string | null; applied: boolean }>(
      'billing',
      `select accounts.customer_id as id, key, transaction_id is not null as applied from corrections
       join accounts on accounts.id = account_id
       left join idempotency on mutation = 'proposeCorrection' and result_id = corrections.id
       where accounts.customer_id = any($1)`,
      [ids],
    ),
  ]);
  const correctionsOf = Map.groupBy(corrections, ({ id }) => id);
  const wrong = (fits: (user: (typeof users)[number]) => boolean) => users.filter((user) => !fits(user)).length;
  return {
    'customers missing': ids.length - users.length,
    'addresses not restored': wrong(({ id, email }) => email === people.get(id)!.email),
    'sessions from before an undone change': wrong(({ open }) => open === 0),
    'archives missing or duplicated': wrong(({ exports }) => exports === 1),
    'factors without ten codes': wrong(({ apps, codes }) => apps === 1 && codes === 10),
    'accounts still frozen': accounts.length,
    // Compared for each key: a correction too many would hide one that is missing.
    'corrections missing, duplicated or of another key': [...people.values()].filter(({ id, correctionKey }) => {
      const [first, ...others] = correctionsOf.get(id) ?? [];
      return first?.key !== correctionKey || !first.applied || others.length > 0;
    }).length,
  };
}
