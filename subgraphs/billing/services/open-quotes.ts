import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { anyOf, now } from '#platform/postgres/expressions.ts';
import { isId } from '#platform/validation/ids.ts';
import { tables } from '#billing/database.ts';
import { Quote, type QuoteRow } from '#billing/entities/quote.ts';

/**
 * The open quotes by id, without expired and used ones. Malformed ids are left out.
 *
 * The caller must hold the locks of the accounts that money leaves. A quote is valid for the money of one account, so the
 * account's lock protects the quote too: no other transfer can use it before `writeJournalBatch` deletes it.
 */
export async function openQuotes(em: Manager, ids: readonly string[]): Promise<Map<string, QuoteRow>> {
  const known = ids.filter(isId);
  if (known.length === 0) return new Map();
  const rows = await tables(em)
    .selectFrom('quotes')
    .select(columnsOf(Quote))
    .where('id', '=', anyOf(known, 'uuid'))
    .where('expiresAt', '>', now())
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
