import { sql } from 'kysely';
import type { QueryResultRow } from 'pg';
import { createContext, type BillingContext } from '#billing/context.ts';
import { database } from '#billing/database.ts';
import type { AccountRow } from '#billing/entities/account.ts';
import { accountsOf } from '#billing/services/find-accounts.ts';
import { moneyMover } from '#billing/services/move-money.ts';
import { limitUnknownReceivers } from '#billing/services/unknown-receivers.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { type Database, openDatabase } from '#platform/postgres/database.ts';
import { type Currency, forEachCurrency } from '#platform/money/currency.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { openOutbox } from '#subgraphs/outbox.ts';
import { createDatabases, type TestDatabases } from './database.ts';
import { requestOf } from './factories.ts';
import { testJobKeys } from './job-keys.ts';

/** A ledger database for one test, with the default rates. */
export interface TestLedger {
  readonly orm: Database;
  /** @returns the context of a request of this customer. */
  readonly as: (viewer: Viewer) => BillingContext;
  readonly account: (viewer: Viewer, currency: Currency) => Promise<AccountRow>;
  readonly balances: (viewer: Viewer) => Promise<Record<Currency, bigint>>;
  /** @returns violations of the ledger's rules; empty if there are none. */
  readonly faults: () => Promise<string[]>;
  /** Runs a statement as the owner of the tables. */
  readonly asOwner: (statement: string, values?: unknown[]) => Promise<QueryResultRow[]>;
  readonly close: () => Promise<void>;
}

/** @param given databases of the caller's own, or new ones. Closing the ledger drops them. */
export async function openTestLedger(given?: TestDatabases): Promise<TestLedger> {
  const databases = given ?? (await createDatabases('billing'));
  const orm = await openDatabase(database, { url: databases.urls.billing, poolSize: 10, applicationName: 'test' });
  const terms = {
    rates: forEachCurrency(({ rate }) => parseDecimal(rate)!),
    quoteTtlS: 60,
    correctionApprovalFromMinor: 10_000n,
    confirmTransfersFromMinor: 100_000n,
  };
  const outbox = openOutbox(orm.em, testJobKeys('billing'));
  const parts = {
    ...terms,
    funding: 'open' as const,
    moveMoney: moneyMover(orm.em, outbox),
    findParties: limitUnknownReceivers(20),
    sealOrders: async () => null,
    findShop: async (_identity: unknown, id: string) => ({ id, name: 'Book Shop' }),
    outbox,
  };
  const accounts = (viewer: Viewer) => accountsOf(orm.em.fork(), viewer.id);
  return {
    orm,
    as: (viewer) => createContext(requestOf(viewer), orm.em.fork(), parts),
    account: async (viewer, currency) => (await accounts(viewer)).find((account) => account.currency === currency)!,
    balances: async (viewer) =>
      Object.fromEntries(
        (await accounts(viewer)).map(({ currency, balanceMinor }) => [currency, balanceMinor]),
      ) as Record<Currency, bigint>,
    faults: () => ledgerFaults(orm),
    asOwner: async (statement, values) => await databases.asOwner('billing', statement, values),
    close: async () => {
      await orm.close();
      await databases.drop();
    },
  };
}

async function ledgerFaults(orm: Database): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    select 'transaction ' || transaction_id || ' does not sum to zero in ' || currency as fault
    from entries group by transaction_id, currency having sum(amount_minor) <> 0
    union all
    select 'account ' || id || ' differs from its entries' from accounts
    where balance_minor <> (select coalesce(sum(amount_minor), 0) from entries where account_id = accounts.id)
      or sequence <> (select count(*) from entries where account_id = accounts.id)
    union all
    select 'account ' || account_id || ' has a wrong running balance at ' || sequence from (
      select account_id, sequence, balance_after_minor,
        sum(amount_minor) over (partition by account_id order by sequence) as running,
        row_number() over (partition by account_id order by sequence) as place
      from entries where account_id is not null
    ) as statement where running <> balance_after_minor or place <> sequence
  `.execute(orm.em.fork().getKysely());
  return rows.map(({ fault }) => fault);
}
