import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { sqlState } from '#platform/postgres/database.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { openCustomers } from '#test/acting-customers.ts';
import { liveThrough } from '#test/true-history.ts';

let databases: TestDatabases;

const roles = ['owner', 'service', 'worker'] as const;
type Role = (typeof roles)[number];
const sessions = new Map<Role, Client>();

beforeAll(async () => {
  databases = await createDatabases();
  const customers = await openCustomers(databases.urls);
  await liveThrough(customers);
  await customers.close();
  for (const role of roles) {
    const session = new Client({ connectionString: databases.processes.billing[role] });
    await session.connect();
    sessions.set(role, session);
  }
});
afterAll(async () => {
  for (const session of sessions.values()) await session.end();
  await databases.drop();
});

const open = `(select id from accounts where status = 'OPEN' and currency = 'USD' and sequence > 1 order by id limit 1)`;
const closed = `(select id from accounts where status = 'CLOSED' and currency = 'USD' order by id limit 1)`;
const inEuro = `(select id from accounts where status = 'OPEN' and currency = 'EUR' and not frozen order by id limit 1)`;

const frozen = `(select id from accounts where frozen order by id limit 1)`;

/** SQL expressions for a deposit to an account. They may use the account's columns. */
interface Deposit {
  readonly account: string;
  readonly kind: string;
  readonly customer: string;
  /** The amount of the transaction. */
  readonly said: string;
  readonly currency: string;
  readonly posted: string;
  readonly countered: string;
  readonly sequence: string;
  readonly balance: string;
  readonly at: string;
  /** The transaction that the entries name. */
  readonly transaction: string;
  readonly entryAccount: string;
  readonly with: string;
}

const written = `'00000000-0000-7000-8000-00000000000a'::uuid`;

/** A deposit of one minor unit. The argument replaces parts of it. */
function deposit(otherwise: Partial<Deposit> = {}): string {
  const parts: Deposit = {
    account: open,
    kind: `'DEPOSIT'`,
    customer: 'customer_id',
    said: '1',
    currency: 'currency',
    posted: '1',
    countered: '-1',
    sequence: 'sequence + 1',
    balance: 'balance_minor + 1',
    at: 'greatest(now(), last_entry_at)',
    transaction: written,
    entryAccount: 'id',
    with: '',
    ...otherwise,
  };
  return `${parts.with || `with ${transactionOf(parts)}`}
    insert into entries (transaction_id, account_id, system_account, currency, amount_minor, sequence,
      balance_after_minor, hash, created_at)
    select ${parts.transaction}, side.account_id, side.system_account, ${parts.currency}, side.amount, side.sequence,
      side.balance, side.hash, ${parts.at}
    from accounts, lateral (values
      (${parts.entryAccount}, null, ${parts.posted}, ${parts.sequence}, ${parts.balance}, sha256('')),
      (null, 'CASH', ${parts.countered}, null, null, null)
    ) as side (account_id, system_account, amount, sequence, balance, hash)
    where accounts.id = ${parts.account}`;
}

const transactionOf = (parts: Pick<Deposit, 'kind' | 'said' | 'customer' | 'at' | 'account'>) => `transaction as (
  insert into transactions (id, kind, reference, amount_minor, currency, received_minor, received_currency,
    to_account_id, to_customer_id, order_id, created_at)
  select ${written}, ${parts.kind}, 'forged', ${parts.said}, currency, ${parts.said}, currency, id, ${parts.customer},
    case ${parts.kind} when 'DEPOSIT' then null else gen_random_uuid() end, ${parts.at}
  from accounts where id = ${parts.account})`;

/** A transaction without entries. */
const alone = `with ${transactionOf({ kind: `'DEPOSIT'`, said: '1', customer: 'customer_id', at: 'now()', account: open })}
  select 1`;
const heldAlone = alone.replaceAll(`'DEPOSIT'`, `'REFUND_HELD'`);
const oldTransaction = `(select id from transactions where kind = 'DEPOSIT' order by id limit 1)`;
const settlementOf = (kind: string, transactionKind: string, order: string) => `
  insert into settlements (order_id, kind, transaction_id, settled_at)
  select ${order}, '${kind}', id, now() from transactions where kind = '${transactionKind}' order by id limit 1`;

const agree = 'an account must agree with its newest entry';
const follow = 'an entry must follow the newest entry of its account, which must be open';
const named = 'a transaction must be written with the entries that it names';
const lifted = 'a freeze can only be lifted, once';
const settles = 'a settlement must name the transaction of its order';
const identity = 'the owner, the currency and the number of an account never change, and a closed one stays closed';

/** Statements that break a rule of the ledger, and the database's error for each. */
const forbidden: Readonly<Record<string, readonly [statement: string, message: string]>> = {
  'a balance without an entry': [`update accounts set balance_minor = balance_minor + 1 where id = ${open}`, agree],
  'another sequence': [`update accounts set sequence = sequence + 1 where id = ${open}`, agree],
  'another last hash': [`update accounts set last_hash = sha256('') where id = ${open}`, agree],
  'another time of the last entry': [`update accounts set last_entry_at = now() where id = ${open}`, agree],
  'a new account with money': [
    `insert into accounts (id, customer_id, currency, number, balance_minor)
     values (gen_random_uuid(), gen_random_uuid(), 'USD', 'forged', 1)`,
    agree,
  ],
  'a new account with a history': [
    `insert into accounts (id, customer_id, currency, number, sequence)
     values (gen_random_uuid(), gen_random_uuid(), 'USD', 'forged', 1)`,
    agree,
  ],
  'another owner': [`update accounts set customer_id = gen_random_uuid() where id = ${open}`, identity],
  'another currency': [
    `update accounts set currency = 'CNY', customer_id = gen_random_uuid() where id = ${open}`,
    identity,
  ],
  'another number': [`update accounts set number = 'forged' where id = ${open}`, identity],
  'another id': [`update accounts set id = gen_random_uuid() where id = ${inEuro}`, identity],
  'an upsert of another owner': [
    `insert into accounts (id, customer_id, currency, number)
     select id, customer_id, currency, number from accounts where id = ${open}
     on conflict (number) do update set customer_id = gen_random_uuid()`,
    identity,
  ],
  'an account opened again': [`update accounts set status = 'OPEN', closed_at = null where id = ${closed}`, identity],
  'another time of closing': [`update accounts set closed_at = now() where id = ${closed}`, identity],
  'an account deleted': [`delete from accounts where id = ${inEuro}`, 'accounts are never deleted'],
  'all accounts deleted': ['truncate accounts cascade', 'accounts are never deleted'],
  'an entry changed': ['update entries set amount_minor = 7', 'entries are never changed or deleted'],
  'an entry deleted': ['delete from entries', 'entries are never changed or deleted'],
  'all entries deleted': ['truncate entries', 'entries are never changed or deleted'],
  'a transaction changed': [
    `update transactions set description = 'forged'`,
    'transactions are never changed or deleted',
  ],
  'a transaction deleted': ['delete from transactions', 'transactions are never changed or deleted'],
  'all transactions deleted': ['truncate transactions', 'transactions are never changed or deleted'],
  'entries of an old transaction': [
    deposit({ transaction: oldTransaction, with: ' ' }),
    'an entry must be written with its transaction',
  ],
  'entries of no transaction': [deposit({ with: ' ' }), 'an entry must be written with its transaction'],
  'entries that do not sum to zero': [
    deposit({ countered: '-2' }),
    'entries must sum to zero per transaction and currency',
  ],
  'entries in a currency other than that of the account': [
    deposit({ currency: `'EUR'` }),
    'an entry must be in the currency of its account',
  ],
  'an entry on an account that the transaction does not name': [
    deposit({ entryAccount: `(select id from accounts where currency = 'USD' and id > ${open} order by id limit 1)` }),
    'an entry must be on an account that its transaction names',
  ],
  'an entry on the account of a held refund': [
    deposit({ kind: `'REFUND_HELD'` }),
    'an entry must be on an account that its transaction names',
  ],
  'an entry on a closed account': [deposit({ account: closed }), follow],
  'an entry that leaves a gap': [deposit({ sequence: 'sequence + 2' }), follow],
  'an entry with another balance after it': [deposit({ balance: 'balance_minor + 2' }), follow],
  'an entry from before the newest': [deposit({ at: `last_entry_at - interval '1 s'` }), follow],
  'an entry on a frozen account': [deposit({ account: frozen }), 'a frozen account neither pays nor receives'],
  'a transaction without entries': [alone, named],
  'a held refund without entries': [heldAlone, named],
  'a transaction of another amount than its entries': [deposit({ said: '2' }), named],
  'a transaction of another customer than the account': [deposit({ customer: 'gen_random_uuid()' }), named],
  'another reason of a freeze': [`update freezes set reason = 'forged'`, lifted],
  'a freeze of another customer': [`update freezes set customer_id = gen_random_uuid()`, lifted],
  'a freeze lifted a second time': [`update freezes set lifted_at = now() where lifted_at is not null`, lifted],
  'a freeze opened again': [
    `update freezes set lift_reason = null, lifted_by = null, lifted_at = null, lift_hash = null
     where lifted_at is not null`,
    lifted,
  ],
  'a freeze of an account of another customer': [
    `insert into freezes (id, customer_id, account_id, reason) values (gen_random_uuid(), gen_random_uuid(), ${open}, 'forged')`,
    'a freeze must be of an account of its customer',
  ],
  'a freeze deleted': ['delete from freezes', 'freezes are never deleted'],
  'all freezes deleted': ['truncate freezes', 'freezes are never deleted'],
  'a settlement changed': [`update settlements set settled_at = now()`, 'settlements are never changed or deleted'],
  'a settlement deleted': ['delete from settlements', 'settlements are never changed or deleted'],
  'all settlements deleted': ['truncate settlements', 'settlements are never changed or deleted'],
  'a settlement of another order': [settlementOf('PAYMENT', 'ORDER_PAYMENT', 'gen_random_uuid()'), settles],
  'a refund that names a payment': [settlementOf('REFUND', 'ORDER_PAYMENT', 'order_id'), settles],
  'a settlement by a deposit': [settlementOf('PAYMENT', 'DEPOSIT', 'gen_random_uuid()'), settles],
};

interface Outcome {
  readonly state: string;
  readonly message: string;
  /** The number of written rows; null if PostgreSQL does not count them. */
  readonly rows: number | null;
}

/** The outcome of a statement. Its transaction is rolled back. */
async function outcome(role: Role, statement: string, before = ''): Promise<Outcome> {
  const session = sessions.get(role)!;
  await session.query('begin');
  try {
    await session.query(before);
    const { rowCount } = await session.query(statement);
    return { state: 'done', message: '', rows: rowCount };
  } catch (error) {
    return { state: sqlState(error) ?? 'no state', message: (error as Error).message, rows: 0 };
  } finally {
    await session.query('rollback');
  }
}

const ledgerTables = ['accounts', 'transactions', 'entries', 'settlements', 'freezes'];
const withoutTriggers = ledgerTables.map((table) => `alter table ${table} disable trigger user`).join('; ');

const withoutRight = '42501';

describe.each(Object.entries(forbidden))('the database refuses %s', (_what, [statement, message]) => {
  test('to the owner of the tables, with the reason', async () => {
    expect(await outcome('owner', statement)).toMatchObject({ message });
  });

  test.each(['service', 'worker'] as const)('to the %s, for a missing right or by the same rule', async (role) => {
    const refused = await outcome(role, statement);

    expect(refused.state === withoutRight || refused.message === message).toBe(true);
  });

  test('by its triggers: without them, it executes the statement', async () => {
    const { state, rows } = await outcome('owner', statement, withoutTriggers);

    expect(state).toBe('done');
    expect(rows).not.toBe(0);
  });
});

test.each(['service', 'worker'] as const)('the %s can write a deposit that breaks no rule', async (role) => {
  expect(await outcome(role, deposit())).toEqual({ state: 'done', message: '', rows: 2 });
});
