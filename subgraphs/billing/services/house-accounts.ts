import { sql } from 'kysely';
import { z } from 'zod';
import { type Connection, idPosition, page, type PageRequest } from '#platform/graphql/paging.ts';
import { currencies, type Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { type SystemAccount, systemAccounts, type TransactionKind, transactionKinds } from '#billing/domain/ledger.ts';

/** One of the ledger's own accounts in one currency. Its balance is the sum of its entries. */
export interface HouseAccountRow {
  readonly kind: SystemAccount;
  readonly currency: Currency;
  readonly balanceMinor: bigint;
}

/** The ledger's own accounts that have entries. */
export async function houseAccounts(em: Manager): Promise<HouseAccountRow[]> {
  const statement = sql`
    select system_account as kind, currency, sum(amount_minor)::bigint as "balanceMinor"
    from entries where system_account is not null group by system_account, currency`;
  const rows = await readRows(em, houseAccount, statement);
  const rank = ({ kind, currency }: HouseAccountRow) => [systemAccounts.indexOf(kind), currencies.indexOf(currency)];
  return rows.toSorted((one, other) => {
    const [[kind, currency], [otherKind, otherCurrency]] = [rank(one), rank(other)] as [number[], number[]];
    return kind! - otherKind! || currency! - otherCurrency!;
  });
}

const houseAccount = z.object({
  kind: z.enum(systemAccounts),
  currency: z.enum(currencies),
  balanceMinor: z.bigint(),
}) satisfies RowSchema<HouseAccountRow>;

/** An entry of a house account, with its transaction. A transaction has at most one entry on each. */
export interface HouseEntryRow {
  readonly transactionId: string;
  readonly kind: TransactionKind;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly createdAt: Date;
}

/** A page of the entries of a house account, newest first. */
export async function listHouseEntries(
  em: Manager,
  { kind, currency }: Pick<HouseAccountRow, 'kind' | 'currency'>,
  request: PageRequest,
): Promise<Connection<HouseEntryRow>> {
  return await page<HouseEntryRow, [string]>(request, {
    name: `entries of ${kind} ${currency}`,
    position: z.tuple([idPosition]),
    positionOf: ({ transactionId }) => [transactionId],
    fetch: async (limit, after) =>
      await readRows(
        em,
        houseEntry,
        sql`
          select transaction_id as "transactionId", kind, entries.currency, entries.amount_minor as "amountMinor",
            entries.created_at as "createdAt"
          from entries join transactions on transactions.id = transaction_id
          where system_account = ${kind} and entries.currency = ${currency}
            and ${after === null ? sql`true` : sql`transaction_id < ${after[0]}`}
          order by transaction_id desc limit ${limit}`,
      ),
  });
}

const houseEntry = z.object({
  transactionId: z.string(),
  kind: z.enum(transactionKinds),
  currency: z.enum(currencies),
  amountMinor: z.bigint(),
  createdAt: z.date(),
}) satisfies RowSchema<HouseEntryRow>;
