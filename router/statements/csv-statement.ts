import { byteOrderMark, csvHeader, csvLine } from './csv.ts';
import { balanceRow, columns, entryRow, valuesOf } from './rows.ts';
import type { Statement } from './statement.ts';

/** The statement as CSV: a row for each entry, between the balances at both ends of the period. */
export async function* csvStatement(statement: Statement): AsyncGenerator<string> {
  const { currency, from, until, openingBalance, closingBalance, pages } = statement;
  yield byteOrderMark + csvHeader(columns);
  yield csvLine(valuesOf(balanceRow('OPENING_BALANCE', from, openingBalance, currency)));
  for await (const entries of pages) {
    yield entries.map((entry) => csvLine(valuesOf(entryRow(entry, currency)))).join('');
  }
  yield csvLine(valuesOf(balanceRow('CLOSING_BALANCE', until, closingBalance, currency)));
}
