import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCsv } from '#test/csv.ts';
import { textsOfPdf } from '#test/pdf.ts';
import { elementsAt, parseXml, textAt, type XmlElement } from '#test/xml.ts';
import type { StatementEntry } from './account-statement.ts';
import { type StatementExtension, statementFormats } from './formats.ts';
import { pdfReceipt } from './pdf-receipt.ts';
import type { Statement } from './statement.ts';

/** What a statement says of the ledger: the balances, and the signed amount and the balance of each entry, in minor units. */
interface Facts {
  readonly opening: bigint;
  readonly closing: bigint;
  readonly amounts: readonly bigint[];
}

const minorOf = (amount: string) => BigInt(amount.replaceAll(/[.,]/g, ''));
const majorOf = (minor: bigint) => {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const largest = 10n ** 14n;
const texts = fc.oneof(
  fc.constant(null),
  fc.string({ maxLength: 500 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);
const facts = fc
  .record({
    opening: fc.bigInt({ min: 0n, max: largest }),
    changes: fc.array(fc.record({ part: fc.double({ min: -1, max: 1, noNaN: true }), description: texts }), {
      maxLength: 60,
    }),
  })
  .map(({ opening, changes }) => {
    let balance = opening;
    const entries = changes.map(({ part, description }, index): StatementEntry => {
      // An amount between the whole balance, and what still fits.
      const bound = part < 0 ? balance : largest - balance;
      const size = (bound * BigInt(Math.round(Math.abs(part) * 1e9))) / 1_000_000_000n || 1n;
      const change = part < 0 && balance >= size ? -size : size;
      balance += change;
      return entryOf(index + 1, change, balance, description);
    });
    return { opening, closing: balance, entries };
  });

function entryOf(sequence: number, change: bigint, balance: bigint, description: string | null): StatementEntry {
  const isDebit = change < 0n;
  const amount = { amount: majorOf(change), currency: 'USD' };
  return {
    sequence,
    direction: isDebit ? 'DEBIT' : 'CREDIT',
    amount,
    balanceAfter: { amount: majorOf(balance) },
    createdAt: new Date(1_790_000_000_000 + sequence * 1_000).toISOString(),
    transaction: {
      id: `01a1fd28-33e3-77d6-b8e9-${sequence.toString().padStart(12, '0')}`,
      receiptNumber: '01KBC4A1B2C3D4E5F6G7H8J9K0',
      kind: 'TRANSFER',
      amount,
      fee: isDebit ? { amount: '0.01' } : null,
      received: { amount: majorOf(change), currency: 'EUR' },
      rate: '0.9000000000',
      fromAccountNumber: '427193058646',
      toAccountNumber: '427193058653',
      order: null,
      description,
    },
  };
}

function statementWith(opening: bigint, closing: bigint, entries: readonly StatementEntry[]): Statement {
  return {
    accountNumber: '427193058646',
    currency: 'USD',
    holder: 'Ada <Lovelace> & "Co"',
    from: null,
    until: new Date(1_800_000_000_000),
    madeAt: new Date(1_800_000_000_000),
    openingBalance: majorOf(opening),
    closingBalance: majorOf(closing),
    firstEntryAt: null,
    pages: pagesOf(entries),
  };
}

async function* pagesOf(entries: readonly StatementEntry[]) {
  for (let from = 0; from < entries.length; from += 7) yield entries.slice(from, from + 7);
}

async function fileOf(extension: StatementExtension, statement: Statement): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of statementFormats[extension].write(statement)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const readers: Readonly<Record<StatementExtension, (file: Buffer) => Facts>> = {
  csv: (file) => {
    const [, opening, ...rows] = parseCsv(file.toString().slice(1));
    const closing = rows.pop()!;
    const amounts = rows.map((row) => minorOf(row[3]!));
    return { opening: minorOf(opening![4]!), closing: minorOf(closing[4]!), amounts };
  },
  'camt053.xml': (file) => {
    const statement = elementsAt(parseXml(file.toString()), 'BkToCstmrStmt', 'Stmt')[0]!;
    const [opening, closing] = elementsAt(statement, 'Bal').map((balance) => minorOf(textAt(balance, 'Amt')!));
    const amounts = elementsAt(statement, 'Ntry').map((entry) => {
      const amount = minorOf(textAt(entry, 'Amt')!);
      return textAt(entry, 'CdtDbtInd') === 'DBIT' ? -amount : amount;
    });
    return { opening: opening!, closing: closing!, amounts };
  },
  ofx: (file) => {
    const statement = elementsAt(parseXml(file.toString()), 'BANKMSGSRSV1', 'STMTTRNRS', 'STMTRS')[0]!;
    return {
      opening: minorOf(textAt(statement, 'BALLIST', 'BAL', 'VALUE')!),
      closing: minorOf(textAt(statement, 'LEDGERBAL', 'BALAMT')!),
      amounts: elementsAt(statement, 'BANKTRANLIST', 'STMTTRN').map((entry) => minorOf(textAt(entry, 'TRNAMT')!)),
    };
  },
  pdf: (file) => {
    // The amounts of a row are drawn after its time.
    const texts = textsOfPdf(file);
    const numbers = texts.flatMap((text, index) =>
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? [[texts[index + 1]!, texts[index + 2]!] as const] : [],
    );
    const opening = texts[texts.indexOf('Opening balance') - 1]!;
    const closing = texts[texts.lastIndexOf('Closing balance') - 1]!;
    return {
      opening: minorOf(opening),
      closing: minorOf(closing),
      amounts: numbers.slice(0, -1).map(([amount]) => minorOf(amount)),
    };
  },
};

describe.each(Object.keys(statementFormats) as StatementExtension[])('a statement as %s', (extension) => {
  test('has the balances and the amounts of the ledger, to the last minor unit', async () => {
    await fc.assert(
      fc.asyncProperty(facts, async ({ opening, closing, entries }) => {
        const read = readers[extension](await fileOf(extension, statementWith(opening, closing, entries)));
        const amounts = entries.map(({ direction, amount }) =>
          direction === 'DEBIT' ? -minorOf(amount.amount) : minorOf(amount.amount),
        );

        expect(read).toEqual({ opening, closing, amounts });
        expect(read.opening + read.amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(read.closing);
      }),
      // A file is large: shrinking a failure would take minutes.
      { numRuns: extension === 'pdf' ? 10 : 40, endOnFailure: true },
    );
  });
});

test('a PDF composes letters with their accents, and breaks a long name before the edge of the page', async () => {
  const statement = statementWith(0n, 0n, []);
  const short = textsOfPdf(await fileOf('pdf', { ...statement, holder: 'Zoe\u0308' }));
  const long = textsOfPdf(await fileOf('pdf', { ...statement, holder: 'W'.repeat(200) }));
  const head = long.slice(0, long.indexOf('Time (UTC)'));

  expect(short).toContain('Account holder: Zo\u00eb');
  expect(head.join('')).toContain('W'.repeat(50));
  expect(Math.max(...head.filter((text) => text.includes('W')).map(({ length }) => length))).toBeLessThan(100);
});

test.each([
  ['payer', { id: 'account' }, ['0.30 USD', '1,000.10 USD']],
  ['receiver', null, []],
])("the %s's receipt has the fee and the total only if they paid it", async (_who, from, charged) => {
  const transaction = {
    ...entryOf(1, -99_980n, 0n, null).transaction,
    fee: { amount: '0.30', currency: 'USD' },
    from,
    createdAt: '2026-01-31T09:30:00.000Z',
  };
  const texts = textsOfPdf(await pdfReceipt(transaction, 'Ada', new Date(1_800_000_000_000)));
  const amounts = texts.filter((text) => text.endsWith(' USD'));

  expect(amounts).toEqual(['999.80 USD', ...charged]);
});

/** The order of the elements in camt.053.001.08, of those that statements use. */
const camtOrder: Readonly<Record<string, readonly string[]>> = {
  Document: ['BkToCstmrStmt'],
  BkToCstmrStmt: ['GrpHdr', 'Stmt'],
  GrpHdr: ['MsgId', 'CreDtTm'],
  Stmt: ['Id', 'CreDtTm', 'FrToDt', 'Acct', 'Bal', 'Ntry'],
  FrToDt: ['FrDtTm', 'ToDtTm'],
  Acct: ['Id', 'Ccy', 'Ownr'],
  Bal: ['Tp', 'Amt', 'CdtDbtInd', 'Dt'],
  Ntry: ['NtryRef', 'Amt', 'CdtDbtInd', 'Sts', 'BookgDt', 'ValDt', 'AcctSvcrRef', 'BkTxCd', 'Chrgs', 'NtryDtls'],
  Rcrd: ['Amt', 'CdtDbtInd', 'ChrgInclInd'],
  TxDtls: ['Refs', 'Amt', 'CdtDbtInd', 'AmtDtls', 'RltdPties', 'RmtInf'],
  Refs: ['AcctSvcrRef', 'TxId'],
  RltdPties: ['DbtrAcct', 'CdtrAcct'],
};

/** The most characters of the elements with a text. */
const camtLengths: Readonly<Record<string, number>> = {
  MsgId: 35,
  NtryRef: 35,
  AcctSvcrRef: 35,
  TxId: 35,
  Ustrd: 140,
  Nm: 140,
  Cd: 35,
};

function camtFaults({ name, children, text }: XmlElement): string[] {
  const order = camtOrder[name];
  const places = children.map((child) => order?.indexOf(child.name) ?? 0);
  const isOrdered = places.every((place, index) => place >= 0 && place >= (places[index - 1] ?? 0));
  const length = Array.from(text).length;
  return [
    ...(isOrdered ? [] : [`${name} has ${children.map((child) => child.name).join(', ')}`]),
    ...(length > (camtLengths[name] ?? 50) ? [`${name} has ${length} characters`] : []),
    ...(children.length === 0 && text === '' ? [`${name} is empty`] : []),
    ...children.flatMap(camtFaults),
  ];
}

test('a camt.053 has the elements in the order and with the lengths of the published schema', async () => {
  await fc.assert(
    fc.asyncProperty(facts, async ({ opening, closing, entries }) => {
      const file = await fileOf('camt053.xml', statementWith(opening, closing, entries));
      const document = parseXml(file.toString());

      expect(document.attributes).toEqual({ xmlns: 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08' });
      expect(camtFaults(document)).toEqual([]);
    }),
    { numRuns: 20, endOnFailure: true },
  );
});
