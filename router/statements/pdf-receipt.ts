import { z } from 'zod';
import { formatDecimal, parseDecimal } from '#platform/money/decimal.ts';
import { moneyShape } from '../money-shape.ts';
import { fonts, grouped, kindInWords, newPdf, page, restOf, showable, shownTime } from './pdf.ts';

export const receiptQuery = `query Receipt($id: ID!) {
  transaction(id: $id) {
    id
    receiptNumber
    kind
    amount { amount currency }
    fee { amount currency }
    received { amount currency }
    rate
    from { id }
    fromAccountNumber
    toAccountNumber
    order { id }
    description
    createdAt
  }
}`;

const nullableText = z.string().nullable();

export const receiptData = z.object({
  transaction: z
    .object({
      id: z.string(),
      receiptNumber: z.string(),
      kind: z.string(),
      amount: moneyShape,
      fee: moneyShape.nullable(),
      received: moneyShape.nullable(),
      rate: nullableText,
      from: z.object({ id: z.string() }).nullable(),
      fromAccountNumber: nullableText,
      toAccountNumber: nullableText,
      order: z.object({ id: z.string() }).nullable(),
      description: nullableText,
      createdAt: z.string(),
    })
    .nullable(),
});

export type ReceiptTransaction = NonNullable<z.infer<typeof receiptData>['transaction']>;

/** Laying out a receipt takes about as long as this cost of an operation. */
export const layoutCost = 50;

const [labelWidth, rowGap] = [130, 8];

/** The receipt of one transaction as a PDF of one page. */
export async function pdfReceipt(transaction: ReceiptTransaction, issuedTo: string, madeAt: Date): Promise<Buffer> {
  const { receiptNumber } = transaction;
  const document = await newPdf({ title: `Receipt ${receiptNumber}`, madeAt });
  document.font(fonts.bold).fontSize(18).text('Receipt', page.left, page.top);
  document
    .font(fonts.plain)
    .fontSize(11)
    .text(receiptNumber, page.left, page.top + 24);
  let y = page.top + 56;
  for (const [label, value] of linesOf(transaction, issuedTo, madeAt)) {
    const width = page.right - page.left - labelWidth;
    document.font(fonts.bold).fontSize(10).text(label, page.left, y, { width: labelWidth });
    document.font(fonts.plain).text(showable(value), page.left + labelWidth, y, { width });
    y += document.heightOfString(showable(value), { width }) + rowGap;
  }
  return await restOf(document);
}

function linesOf(transaction: ReceiptTransaction, issuedTo: string, madeAt: Date): (readonly [string, string])[] {
  const { id, kind, amount, received, rate, fromAccountNumber, toAccountNumber, order, description, createdAt } =
    transaction;
  // Only the payer's receipt has the fee: it was debited on top of the amount, and the receiver did not pay it.
  const fee = transaction.from === null ? null : transaction.fee;
  const lines: (readonly [string, string | null])[] = [
    ['What', kindInWords(kind)],
    ['Time (UTC)', shownTime(new Date(createdAt))],
    ['Amount', shown(amount)],
    ['Fee', fee === null ? null : shown(fee)],
    ['Total debited', fee === null ? null : shown(sumOf(amount, fee))],
    ['Received', received === null ? null : shown(received)],
    ['Exchange rate', rate],
    ['From account', fromAccountNumber],
    ['To account', toAccountNumber],
    ['Order', order?.id ?? null],
    ['Description', description === '' ? null : description],
    ['Transaction', id],
    ['Issued to', issuedTo],
    ['Made at (UTC)', shownTime(madeAt)],
  ];
  return lines.filter((line): line is readonly [string, string] => line[1] !== null);
}

type Money = z.infer<typeof moneyShape>;

/** The sum of two amounts in the same currency, which the graph writes with the same number of decimals. */
function sumOf(one: Money, other: Money): Money {
  const [first, second] = [parseDecimal(one.amount)!, parseDecimal(other.amount)!];
  const sum = { unscaled: first.unscaled + second.unscaled, scale: first.scale };
  return { amount: formatDecimal(sum), currency: one.currency };
}

function shown({ amount, currency }: Money): string {
  return `${grouped(amount)} ${currency}`;
}
