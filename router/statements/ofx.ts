import type { StatementEntry } from './account-statement.ts';
import type { Statement } from './statement.ts';
import { element, partsOf, textElement } from './xml.ts';

const header =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n';

/** OFX identifies a bank by at most nine characters; nobody assigns one to this service. */
const bankId = 'WALLET';
const [longestName, longestMemo] = [32, 255];

/**
 * The statement as OFX 2.2 (Open Financial Exchange), which accounting programs import. OFX has no opening balance of its
 * own; it is the first of the account's other balances.
 *
 * @see https://financialdataexchange.org/FDX/About/OFX-Work-Group.aspx
 */
export async function* ofxStatement(statement: Statement): AsyncGenerator<string> {
  const { accountNumber, currency, from, until, madeAt, firstEntryAt, openingBalance, closingBalance, pages } =
    statement;
  const start = from ?? firstEntryAt ?? until;
  const ok = element('STATUS', element('CODE', '0'), element('SEVERITY', 'INFO'));
  yield `${header}<OFX>`;
  yield element('SIGNONMSGSRSV1', element('SONRS', ok, element('DTSERVER', time(madeAt)), element('LANGUAGE', 'ENG')));
  yield `<BANKMSGSRSV1><STMTTRNRS>${element('TRNUID', '0')}${ok}<STMTRS>`;
  yield element('CURDEF', currency);
  yield element(
    'BANKACCTFROM',
    element('BANKID', bankId),
    textElement('ACCTID', accountNumber),
    element('ACCTTYPE', 'CHECKING'),
  );
  yield `<BANKTRANLIST>${element('DTSTART', time(start))}${element('DTEND', time(until))}`;
  for await (const entries of pages) yield entries.map((entry) => entryElement(entry)).join('\n');
  yield '</BANKTRANLIST>';
  yield element('LEDGERBAL', element('BALAMT', closingBalance), element('DTASOF', time(until)));
  yield element(
    'BALLIST',
    element(
      'BAL',
      element('NAME', 'Opening balance'),
      element('DESC', 'The balance before the first transaction'),
      element('BALTYPE', 'DOLLAR'),
      element('VALUE', openingBalance),
      element('DTASOF', time(start)),
    ),
  );
  yield '</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n';
}

function entryElement({ direction, amount, createdAt, transaction }: StatementEntry): string {
  const isDebit = direction === 'DEBIT';
  const { id, receiptNumber, kind, fromAccountNumber, toAccountNumber, description } = transaction;
  const counter = isDebit ? toAccountNumber : fromAccountNumber;
  return element(
    'STMTTRN',
    element('TRNTYPE', typeOf(kind, isDebit)),
    element('DTPOSTED', time(new Date(createdAt))),
    element('TRNAMT', isDebit ? `-${amount.amount}` : amount.amount),
    textElement('FITID', id),
    textElement('REFNUM', receiptNumber),
    textElement('NAME', partsOf(counter ?? kind, longestName)[0]!),
    textElement('MEMO', description === null ? null : (partsOf(description, longestMemo)[0] ?? null)),
  );
}

function typeOf(kind: string, isDebit: boolean): string {
  if (kind === 'TRANSFER') return 'XFER';
  if (kind === 'ORDER_PAYMENT') return 'POS';
  return isDebit ? 'DEBIT' : 'CREDIT';
}

/** `20260131093000.000`, in UTC as OFX has it without a time zone. */
function time(at: Date): string {
  return at.toISOString().replaceAll(/[-:TZ]/g, '');
}
