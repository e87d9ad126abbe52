/** The size of a page and what the PDF files of statements and receipts share. In points: 72 are an inch. */

export const page = { left: 48, right: 547, top: 48, bottom: 780 } as const;

export type PdfDocument = PDFKit.PDFDocument;

/** The fonts that every reader of PDF has. */
export const fonts = { plain: 'Helvetica', bold: 'Helvetica-Bold' } as const;

interface FileFacts {
  readonly title: string;
  readonly madeAt: Date;
}

/** A new document on A4. The library is loaded with the first one: few customers need it, and it needs memory. */
export async function newPdf({ title, madeAt }: FileFacts): Promise<PdfDocument> {
  const { default: PDFDocument } = await import('pdfkit');
  return new PDFDocument({
    size: 'A4',
    // The pages are laid out here; a margin would let the library begin pages of its own.
    margin: 0,
    info: { Title: title, CreationDate: madeAt },
    lang: 'en',
  });
}

/** Returns what was written so far. The library writes a page as soon as the next one begins. */
export function writtenSoFar(document: PdfDocument): Buffer {
  const chunks: Buffer[] = [];
  for (let chunk: unknown; (chunk = document.read()) !== null;) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Ends the document and returns the rest of it. */
export async function restOf(document: PdfDocument): Promise<Buffer> {
  document.end();
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What the fonts lack: they have the characters of Windows-1252. */
const missing = /[^\u0020-\u007e\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu;

/**
 * Returns a text that the fonts can show. Letters and their accents are composed first, since the fonts have only the
 * composed letters. Other characters become question marks, line breaks spaces.
 */
export function showable(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replaceAll(missing, '?');
}

/** Returns an amount with a comma between thousands. */
export function grouped(amount: string): string {
  const [whole = '', places] = amount.split('.');
  const groups = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return places === undefined ? groups : `${groups}.${places}`;
}

/** Returns a time such as `2026-01-31 09:30:00` in UTC. */
export function shownTime(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

/** Returns a code such as ORDER_PAYMENT in words. */
export function kindInWords(kind: string): string {
  const words = kind.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
