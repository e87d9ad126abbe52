import { sql } from 'kysely';
import { z } from 'zod';
import type { Manager } from '#platform/database.ts';
import { type Connection, page, type PageRequest } from '#platform/paging.ts';
import type { StatementRow } from '#billing/entities/entry.ts';

export interface EntryListRequest extends PageRequest {
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
  readonly orderBy?: 'ASC' | 'DESC' | null | undefined;
}

/** One part of one account's statement: entries in a period, behind a sequence number, in one direction. */
export interface EntriesWanted {
  readonly accountId: string;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly direction: 'ASC' | 'DESC';
  readonly after: number | null;
  readonly limit: number;
}

type ReadEntries = (wanted: EntriesWanted) => Promise<readonly StatementRow[]>;

/** A page of an account's statement. `read` may bring the pages of several accounts together in one statement. */
export async function listEntries(
  read: ReadEntries,
  accountId: string,
  request: EntryListRequest,
): Promise<Connection<StatementRow>> {
  const direction = request.orderBy ?? 'DESC';
  const { from = null, to = null } = request;
  return await page<StatementRow, [string]>(request, {
    name: `entries ${direction}`,
    position: z.tuple([z.string().regex(/^\d{1,9}$/)]),
    positionOf: ({ sequence }) => [sequence.toString()],
    fetch: async (limit, after) =>
      await read({ accountId, from, to, direction, limit, after: after === null ? null : Number(after[0]) }),
  });
}

/**
 * Reads parts of statements: what asks for the same of several accounts is one statement. A period's bounds are
 * turned into sequence numbers first, since an account's entries never go back in time.
 */
export async function readEntries(em: Manager, wanted: readonly EntriesWanted[]): Promise<StatementRow[][]> {
  const groups = Map.groupBy(wanted, partOf);
  const read = await Promise.all(
    [...groups.values()].map((group) =>
      readPart(
        em,
        group[0]!,
        group.map(({ accountId }) => accountId),
      ),
    ),
  );
  const rows = new Map([...groups.keys()].map((key, place) => [key, read[place]!]));
  return wanted.map((one) => rows.get(partOf(one))!.get(one.accountId) ?? []);
}

/** What is asked for, whichever account of. */
function partOf({ from, to, direction, after, limit }: EntriesWanted): string {
  return JSON.stringify([from, to, direction, after, limit]);
}

async function readPart(
  em: Manager,
  { from, to, direction, after, limit }: EntriesWanted,
  accountIds: readonly string[],
): Promise<Map<string, StatementRow[]>> {
  const way = sql.raw(direction === 'ASC' ? 'asc' : 'desc');
  const behind = sql.raw(direction === 'ASC' ? '>' : '<');
  const { rows } = await sql<StatementRow>`
    select entry.account_id as "accountId", entry.sequence, entry.transaction_id as "transactionId", entry.currency,
      entry.amount_minor as "amountMinor", entry.balance_after_minor as "balanceAfterMinor",
      entry.created_at as "createdAt"
    from unnest(${accountIds}::uuid[]) as account (id)
    cross join lateral (
      select * from entries
      where entries.account_id = account.id
        and (${after}::integer is null or sequence ${behind} ${after}::integer)
        and (${from}::timestamptz is null or sequence > entries_before(account.id, ${from}::timestamptz, false))
        and (${to}::timestamptz is null or sequence <= entries_before(account.id, ${to}::timestamptz, true))
      order by sequence ${way} limit ${limit}
    ) as entry
    order by entry.sequence ${way}
  `.execute(em.getKysely());
  return Map.groupBy(rows, ({ accountId }) => accountId);
}
