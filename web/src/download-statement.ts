import type { Period } from './components/date-range.tsx';
import { downloadFile } from './download-file.ts';

/** The formats of statements by the ending of their path, with the names that people know. */
export const statementFormats = { csv: 'CSV', pdf: 'PDF', 'camt053.xml': 'camt.053', ofx: 'OFX' } as const;
export type StatementFormat = keyof typeof statementFormats;

/** Downloads the statement as a file. Returns null, or a sentence for the person where that fails. */
export async function downloadStatement(
  accountId: string,
  { from, to }: Period,
  format: StatementFormat,
): Promise<string | null> {
  const range = new URLSearchParams({ ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) });
  return await downloadFile(`/statements/${accountId}.${format}?${range.toString()}`, `statement.${format}`);
}

/** Downloads the receipt of a transaction. Returns null, or a sentence for the person where that fails. */
export async function downloadReceipt(receiptNumber: string): Promise<string | null> {
  return await downloadFile(`/statements/receipts/${receiptNumber}.pdf`, 'receipt.pdf');
}
