import { sql } from 'kysely';
import { z } from 'zod';
import { currencies } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { columnsOfSchema, readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { type Connection, page, type PageRequest } from '#platform/graphql/paging.ts';
import { checkPeriod } from '#platform/validation/ranges.ts';
import type { StatementRow } from '#billing/entities/entry.ts';
import type { StatementPeriod } from './period-balances.ts';

export interface EntryListRequest extends PageRequest {
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
  readonly orderBy?: 'ASC' | 'DESC' | null | undefined;
}

/** A part of an account's statement: entries in a period, after a sequence number, in one direction. */
export interface EntriesWanted {
  readonly accountId: string;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly direction: 'ASC' | 'DESC';
  readonly after: number | null;
  readonly limit: number;
}

type ReadEntries = (wanted: EntriesWanted) => Promise<readonly StatementRow[]>;

/** A page of an account's statement, and its period. */
export interface EntryPage extends Connection<StatementRow> {
  readonly period: StatementPeriod;
}

/**
 * A page of an account's statement. `read` may read pages of several accounts in one statement.
 *
 * @throws BAD_USER_INPUT where `from` is after `to`.
 */
export async function listEntries(read: ReadEntries, accountId: string, request: EntryListRequest): Promise<EntryPage> {
  const direction = request.orderBy ?? 'DESC';
  const { from = null, to = null } = request;
  checkPeriod([['from'], from], [['to'], to]);
  const connection = await page<StatementRow, [string]>(request, {
    name: `entries ${direction}`,
    position: z.tuple([z.string().regex(/^\d{1,9}$/)]),
    positionOf: ({ sequence }) => [sequence.toString()],
    fetch: async (limit, after) =>
      await read({ accountId, from, to, direction, limit, after: after === null ? null : Number(after[0]) }),
  });
  return { ...connection, period: { accountId, from, to } };
}

/**
 * Reads parts of statements, in one SQL statement for all accounts of which the same part is requested. An account's
 * entries are numbered without gaps and never go back in time. So a page of any period is a range of sequence numbers,
 * and nothing else is read.
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
  const rows = new Map([...groups.keys()].map((key, index) => [key, read[index]!]));
  return wanted.map((one) => rows.get(partOf(one))!.get(one.accountId) ?? []);
}

/** The requested part, without its account. */
function partOf({ from, to, direction, after, limit }: EntriesWanted): string {
  return JSON.stringify([from, to, direction, after, limit]);
}

async function readPart(
  em: Manager,
  { from, to, direction, after, limit }: EntriesWanted,
  accountIds: readonly string[],
): Promise<Map<string, StatementRow[]>> {
  const ascending = direction === 'ASC';
  const [above, upTo] = ascending ? [after, null] : [null, after === null ? null : after - 1];
  const inPage = ascending
    ? sql`entries.sequence > part.low and entries.sequence <= least(part.high, part.low + ${limit}::integer)`
    : sql`entries.sequence > greatest(part.low, part.high - ${limit}::integer) and entries.sequence <= part.high`;
  const statement = sql`
    with part as materialized (
      select id,
        greatest(0, ${above}::integer, entries_before(id, ${from}::timestamptz, false)) as low,
        least(sequence, ${upTo}::integer, entries_before(id, ${to}::timestamptz, true)) as high
      from accounts where id = any(${accountIds}::uuid[])
    )
    select ${columnsOfSchema(statementRow, 'entries')}
    from part join entries on entries.account_id = part.id and ${inPage}
    order by entries.sequence ${sql.raw(ascending ? 'asc' : 'desc')}`;
  return Map.groupBy(await readRows(em, statementRow, statement), ({ accountId }) => accountId);
}

const statementRow = z.object({
  accountId: z.string(),
  sequence: z.int(),
  transactionId: z.string(),
  currency: z.enum(currencies),
  amountMinor: z.bigint(),
  balanceAfterMinor: z.bigint(),
  createdAt: z.date(),
}) satisfies RowSchema<StatementRow>;
