import type { Period } from './components/date-range.tsx';
import { downloadFile } from './download-file.ts';

/** Downloads the statement as a file. Returns null, or a sentence for the person where that fails. */
export async function downloadStatement(accountId: string, { from, to }: Period): Promise<string | null> {
  const range = new URLSearchParams({ ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) });
  return await downloadFile(`/statements/${accountId}.csv?${range.toString()}`, 'statement.csv');
}
