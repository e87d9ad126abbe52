import { setImmediate as turn } from 'node:timers/promises';
import type { StatementEntry } from './account-statement.ts';
import {
  fonts,
  grouped,
  kindInWords,
  newPdf,
  page,
  type PdfDocument,
  restOf,
  showable,
  shownTime,
  writtenSoFar,
} from './pdf.ts';
import type { Statement } from './statement.ts';

const columns = {
  time: { left: page.left, width: 92, title: 'Time (UTC)', align: 'left' },
  what: { left: 142, width: 194, title: 'What', align: 'left' },
  amount: { left: 342, width: 100, title: 'Amount', align: 'right' },
  balance: { left: 447, width: 100, title: 'Balance', align: 'right' },
} as const;

const textSize = 8.5;

/** The statement as PDF: a table of the entries, between the balances at both ends of the period. */
export async function* pdfStatement(statement: Statement): AsyncGenerator<Buffer> {
  const { accountNumber, currency, openingBalance, closingBalance, from, until, madeAt, pages } = statement;
  const document = await newPdf({ title: `Statement of account ${accountNumber}`, madeAt });
  const sheet = new Sheet(document, `Statement of account ${accountNumber} in ${currency}`);
  sheet.beginTable(head(document, statement) + 20);
  sheet.row({
    time: from === null ? '' : shownTime(from),
    what: 'Opening balance',
    balance: openingBalance,
    isBold: true,
  });
  for await (const entries of pages) {
    for (const entry of entries) {
      sheet.row(rowOf(entry));
      // Laying out a long text takes milliseconds. Other requests have their turn after each row.
      await turn();
    }
    yield writtenSoFar(document);
  }
  sheet.row({ time: shownTime(until), what: 'Closing balance', balance: closingBalance, isBold: true });
  yield await restOf(document);
}

/** Draws the head, and returns where it ends: the name of a holder can take several lines. */
function head(document: PdfDocument, { accountNumber, currency, holder, from, until, madeAt }: Statement): number {
  document.font(fonts.bold).fontSize(18).text('Account statement', page.left, page.top);
  const lines = [
    `Account holder: ${holder}`,
    `Account: ${accountNumber} (${currency})`,
    `Period: ${from === null ? 'from the opening of the account' : shownTime(from)} to ${shownTime(until)} (UTC)`,
    `Made at ${shownTime(madeAt)} (UTC). An amount with a minus left the account; it includes the fee.`,
  ];
  document.font(fonts.plain).fontSize(9.5);
  const width = page.right - page.left;
  let y = page.top + 28;
  for (const line of lines.map(showable)) {
    document.text(line, page.left, y, { width });
    y += document.heightOfString(line, { width }) + 3;
  }
  return y;
}

interface Row {
  readonly time: string;
  readonly what: string;
  readonly note?: string | null;
  /** Signed; absent where no money moved. */
  readonly amount?: string;
  readonly balance: string;
  readonly isBold?: boolean;
}

function rowOf({ direction, amount, balanceAfter, createdAt, transaction }: StatementEntry): Row {
  const isDebit = direction === 'DEBIT';
  const { kind, fee, fromAccountNumber, toAccountNumber, description, receiptNumber } = transaction;
  const counter = isDebit ? toAccountNumber : fromAccountNumber;
  const what = [
    kindInWords(kind),
    counter === null ? null : `${isDebit ? 'to' : 'from'} ${counter}`,
    isDebit && fee !== null ? `fee ${fee.amount}` : null,
  ];
  const notes = [description === '' ? null : description, `Receipt ${receiptNumber}`];
  return {
    time: shownTime(new Date(createdAt)),
    what: what.filter((part) => part !== null).join(', '),
    note: notes.filter((part) => part !== null).join('\n'),
    amount: isDebit ? `-${amount.amount}` : amount.amount,
    balance: balanceAfter.amount,
  };
}

/** Draws rows from top to bottom, and begins the next page where one does not fit. */
class Sheet {
  readonly #document: PdfDocument;
  readonly #title: string;
  #y: number = page.top;
  #pageNumber = 1;

  constructor(document: PdfDocument, title: string) {
    this.#document = document;
    this.#title = title;
  }

  beginTable(y: number): void {
    this.#y = y;
    this.#document.font(fonts.bold).fontSize(textSize);
    for (const { left, width, title, align } of Object.values(columns)) {
      this.#document.text(title, left, y, { width, align, lineBreak: false });
    }
    this.#rule(y + 13);
    this.#y = y + 18;
    this.#foot();
  }

  row({ time, what, note = null, amount, balance, isBold = false }: Row): void {
    const document = this.#document.font(isBold ? fonts.bold : fonts.plain).fontSize(textSize);
    const width = columns.what.width;
    const title = showable(what);
    const titleHeight = document.heightOfString(title, { width });
    const notes = (note ?? '').split('\n').map(showable).join('\n');
    const noteHeight = note === null ? 0 : document.fontSize(textSize - 1).heightOfString(notes, { width });
    const height = titleHeight + noteHeight + 6;
    if (this.#y + height > page.bottom) this.#nextPage();
    document
      .font(isBold ? fonts.bold : fonts.plain)
      .fontSize(textSize)
      .fillColor('black');
    this.#cell('time', time);
    this.#cell('amount', amount === undefined ? '' : signed(amount));
    this.#cell('balance', grouped(balance));
    document.text(title, columns.what.left, this.#y, { width });
    if (note !== null) {
      document
        .fontSize(textSize - 1)
        .fillColor('#555555')
        .text(notes, columns.what.left, this.#y + titleHeight, { width })
        .fillColor('black');
    }
    this.#y += height;
  }

  #cell(name: keyof typeof columns, text: string): void {
    const { left, width, align } = columns[name];
    this.#document.text(text, left, this.#y, { width, align, lineBreak: false });
  }

  #nextPage(): void {
    this.#document.addPage();
    this.#pageNumber += 1;
    this.#document
      .font(fonts.plain)
      .fontSize(textSize)
      .text(showable(this.#title), page.left, page.top - 18, { lineBreak: false });
    this.beginTable(page.top);
  }

  #foot(): void {
    this.#document
      .font(fonts.plain)
      .fontSize(textSize - 1)
      .text(`Page ${this.#pageNumber}`, page.left, page.bottom + 16, {
        width: page.right - page.left,
        align: 'right',
        lineBreak: false,
      });
  }

  #rule(y: number): void {
    this.#document.moveTo(page.left, y).lineTo(page.right, y).lineWidth(0.5).stroke();
  }
}

function signed(amount: string): string {
  return amount.startsWith('-') ? `-${grouped(amount.slice(1))}` : grouped(amount);
}
