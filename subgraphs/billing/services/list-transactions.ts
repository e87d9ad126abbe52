import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { comparable, comparableAtLeast, comparableAtMost } from '#platform/money/comparable.ts';
import type { Currency } from '#platform/money/currency.ts';
import { countRows } from '#platform/postgres/count-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { anyOf, comparableAmount, condition, isBehind } from '#platform/postgres/expressions.ts';
import { type Decimal, isAbove } from '#platform/money/decimal.ts';
import { checkPeriod, checkRange } from '#platform/validation/ranges.ts';
import {
  amountPosition,
  type Connection,
  idPosition,
  page,
  type PageRequest,
  timePosition,
} from '#platform/graphql/paging.ts';
import { tables } from '#billing/database.ts';
import { isId } from '#platform/validation/ids.ts';
import type { TransactionKind } from '#billing/domain/ledger.ts';
import { transactionColumns, type TransactionRow } from '#billing/entities/transaction.ts';
import { openMissingAccounts } from './find-accounts.ts';

export interface TransactionFilter {
  readonly kinds?: readonly TransactionKind[] | null | undefined;
  readonly accountIds?: readonly string[] | null | undefined;
  readonly currencies?: readonly Currency[] | null | undefined;
  readonly createdAfter?: Date | null | undefined;
  readonly createdBefore?: Date | null | undefined;
  readonly minAmount?: Decimal | null | undefined;
  readonly maxAmount?: Decimal | null | undefined;
  readonly betweenOwnAccounts?: boolean | null | undefined;
}

export interface TransactionListRequest extends PageRequest {
  readonly filter?: TransactionFilter | null | undefined;
  readonly orderBy?: { readonly field: 'CREATED_AT' | 'AMOUNT'; readonly direction: 'ASC' | 'DESC' } | null | undefined;
}

export interface TransactionPage extends Connection<TransactionRow> {
  readonly countTotal: () => Promise<number>;
}

const amount = comparableAmount('amountMinor');

/** A cursor carries the name of its order. Cursors that have another kind of position need another name. */
const orders = {
  CREATED_AT: {
    name: 'CREATED_AT',
    key: sql.ref('createdAt'),
    position: z.tuple([timePosition, idPosition]),
    valueOf: (transaction: TransactionRow) => transaction.createdAt.toISOString(),
  },
  AMOUNT: {
    name: 'COMPARABLE_AMOUNT',
    key: amount,
    position: z.tuple([amountPosition, idPosition]),
    valueOf: ({ amountMinor: minor, currency }: TransactionRow) => comparable({ minor, currency }).toString(),
  },
} as const;

/**
 * A page of the transactions of a customer, newest first by default. Where it would be empty, the customer's accounts may
 * not be opened yet: they are opened first, with the opening deposit.
 *
 * @throws BAD_USER_INPUT where a lower bound of the filter is above its upper bound.
 */
export async function listTransactions(
  em: Manager,
  customerId: string,
  request: TransactionListRequest,
): Promise<TransactionPage> {
  checkFilter(request.filter ?? {});
  const found = await readTransactions(em, customerId, request);
  if (found.nodes.length > 0 || request.after != null) return found;
  await openMissingAccounts(em, customerId);
  return await readTransactions(em, customerId, request);
}

function checkFilter({ createdAfter, createdBefore, minAmount, maxAmount }: TransactionFilter): void {
  checkPeriod([['filter', 'createdAfter'], createdAfter], [['filter', 'createdBefore'], createdBefore]);
  checkRange([['filter', 'minAmount'], minAmount], [['filter', 'maxAmount'], maxAmount], isAbove);
}

async function readTransactions(
  em: Manager,
  customerId: string,
  request: TransactionListRequest,
): Promise<TransactionPage> {
  const { field, direction: order } = request.orderBy ?? { field: 'CREATED_AT', direction: 'DESC' };
  const { name, position, valueOf } = orders[field];
  const key: RawBuilder<unknown> = orders[field].key;
  const direction = order === 'ASC' ? 'asc' : 'desc';
  const sides = sidesOf(em, customerId, request.filter ?? {});

  const connection = await page<TransactionRow, [string, string]>(request, {
    name: `transactions ${name} ${order}`,
    position,
    positionOf: (transaction) => [valueOf(transaction), transaction.id],
    fetch: async (limit, after) => {
      const pages = sides.map((side) => {
        const rest = after === null ? side : side.where(isBehind(key, direction, after));
        const page = rest
          .selectAll()
          .select(key.as('sortKey'))
          .orderBy(key, direction)
          .orderBy('id', direction)
          .limit(limit);
        return tables(em).selectFrom(page.as('side')).selectAll();
      });
      const merged = pages.reduce((sent, received) => sent.unionAll(received)).as('both');
      return await tables(em)
        .selectFrom(merged)
        .select(transactionColumns)
        .orderBy('sortKey', direction)
        .orderBy('id', direction)
        .limit(limit)
        .execute();
    },
  });
  const countTotal = async () => (await Promise.all(sides.map(countRows))).reduce((total, rows) => total + rows, 0);
  return { ...connection, countTotal };
}

/**
 * The two sides of a customer's history: what left their accounts, and what arrived from other customers. Each side is
 * read from its own index, and no further than the page needs. A transfer between own accounts is on the first side.
 */
function sidesOf(em: Manager, customerId: string, filter: TransactionFilter): Side[] {
  const sent = filtered(sentBy(em, customerId), filter);
  return filter.betweenOwnAccounts === true ? [sent] : [sent, filtered(receivedBy(em, customerId), filter)];
}

function sentBy(em: Manager, customerId: string) {
  return tables(em).selectFrom('transactions').where('fromCustomerId', '=', customerId);
}

function receivedBy(em: Manager, customerId: string) {
  return tables(em)
    .selectFrom('transactions')
    .where('toCustomerId', '=', customerId)
    .whereRef('fromCustomerId', 'is distinct from', 'toCustomerId');
}

type Side = ReturnType<typeof sentBy>;

function filtered(side: Side, filter: TransactionFilter): Side {
  const { kinds, accountIds, currencies, createdAfter, createdBefore, minAmount, maxAmount, betweenOwnAccounts } =
    filter;
  const accounts = accountIds?.filter(isId);
  return side
    .$if(kinds != null, (query) => query.where('kind', '=', anyOf(kinds!, 'text')))
    .$if(accounts !== undefined, (query) =>
      query.where(
        condition(sql`from_account_id = any(${accounts}::uuid[]) or to_account_id = any(${accounts}::uuid[])`),
      ),
    )
    .$if(currencies != null, (query) =>
      query.where(condition(sql`currency = any(${currencies}) or received_currency = any(${currencies})`)),
    )
    .$if(createdAfter != null, (query) => query.where('createdAt', '>=', createdAfter!))
    .$if(createdBefore != null, (query) => query.where('createdAt', '<=', createdBefore!))
    .$if(minAmount != null, (query) => query.where(amount, '>=', comparableAtLeast(minAmount!)))
    .$if(maxAmount != null, (query) => query.where(amount, '<=', comparableAtMost(maxAmount!)))
    .$if(betweenOwnAccounts != null, (query) =>
      query.where(condition(sql`(from_customer_id is not distinct from to_customer_id) = ${betweenOwnAccounts}`)),
    );
}
