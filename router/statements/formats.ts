import { camtStatement } from './camt.ts';
import { csvStatement } from './csv-statement.ts';
import { ofxStatement } from './ofx.ts';
import { pdfStatement } from './pdf-statement.ts';
import type { Statement } from './statement.ts';

/** A file format of statements. */
export interface StatementFormat {
  readonly contentType: string;
  /** The most entries of a file, if the format takes more work than reading them. */
  readonly mostEntries?: number;
  /** Yields the file in parts, as the statement's pages are read. */
  readonly write: (statement: Statement) => AsyncIterable<string | Buffer>;
}

/** The formats by the ending of the path. */
export const statementFormats = {
  csv: { contentType: 'text/csv; charset=utf-8', write: csvStatement },
  'camt053.xml': { contentType: 'application/xml; charset=utf-8', write: camtStatement },
  ofx: { contentType: 'application/x-ofx; charset=utf-8', write: ofxStatement },
  pdf: { contentType: 'application/pdf', mostEntries: 10_000, write: pdfStatement },
} as const satisfies Readonly<Record<string, StatementFormat>>;

export type StatementExtension = keyof typeof statementFormats;
