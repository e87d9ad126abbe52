import type { AccountStatement, EntriesPage, StatementEntry } from './account-statement.ts';
import type { StatementPeriod } from './period.ts';

/** A statement, ready to be written in any format. All formats write the same balances and entries. */
export interface Statement {
  readonly accountNumber: string;
  readonly currency: string;
  /** The name of the account's holder. */
  readonly holder: string;
  /** The start of the period; null for the beginning of the account. */
  readonly from: Date | null;
  /** The end of the period, at most the time at which the statement is made. */
  readonly until: Date;
  readonly madeAt: Date;
  /** Decimals in major units. */
  readonly openingBalance: string;
  readonly closingBalance: string;
  /** The time of the first entry; null where there is none. */
  readonly firstEntryAt: Date | null;
  /** The entries, oldest first, one page after the other. They can be read once. */
  readonly pages: AsyncIterable<readonly StatementEntry[]>;
}

type ReadPage = (after: string) => Promise<EntriesPage | null>;

/**
 * The statement up to the entry that was the newest when the first page was read. The closing balance is that entry's, so
 * entries that arrive meanwhile change neither.
 */
export function statementOf(
  { number: accountNumber, currency, entries, newest }: AccountStatement,
  { from, to }: StatementPeriod,
  { holder, madeAt, read }: { readonly holder: string; readonly madeAt: Date; readonly read: ReadPage },
): Statement {
  const openingBalance = entries.openingBalance.amount;
  const [first] = entries.nodes;
  return {
    accountNumber,
    currency,
    holder,
    from: from?.time ?? null,
    until: to !== null && to.time < madeAt ? to.time : madeAt,
    madeAt,
    openingBalance,
    closingBalance: newest.nodes[0]?.balanceAfter.amount ?? openingBalance,
    firstEntryAt: first === undefined ? null : new Date(first.createdAt),
    pages: pagesUpTo(newest.nodes[0]?.sequence ?? 0, entries, read),
  };
}

/** A failed page aborts the response, so that a partial statement is not taken for a complete one. */
async function* pagesUpTo(last: number, first: EntriesPage, read: ReadPage): AsyncGenerator<readonly StatementEntry[]> {
  for (let page = first; ;) {
    const nodes = page.nodes.filter(({ sequence }) => sequence <= last);
    yield nodes;
    if ((nodes.at(-1)?.sequence ?? last) >= last) return;
    const next = await read(page.pageInfo.endCursor!);
    if (next === null || next.nodes.length === 0) throw new Error('the account’s entries disappeared during the read');
    page = next;
  }
}
