import { hash } from 'node:crypto';
import type { StatementEntry } from './account-statement.ts';
import type { Statement } from './statement.ts';
import { element, partsOf, textElement, xmlText } from './xml.ts';

const namespace = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';

/** Of `Max140Text`, which one line of remittance information has. */
const longestRemittance = 140;

/**
 * The statement as an ISO 20022 message camt.053.001.08 (Bank to Customer Statement). The order of the elements is that
 * of the schema. Codes that ISO lists for banks do not name our kinds of movement, so these are proprietary codes.
 *
 * @see https://www.iso20022.org/iso-20022-message-definitions
 */
export async function* camtStatement(statement: Statement): AsyncGenerator<string> {
  const { accountNumber, currency, holder, from, until, madeAt, firstEntryAt } = statement;
  const { openingBalance, closingBalance, pages } = statement;
  const start = from ?? firstEntryAt ?? until;
  const id = idOf(statement);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}"><BkToCstmrStmt>`;
  yield element('GrpHdr', element('MsgId', id), element('CreDtTm', madeAt.toISOString()));
  yield '<Stmt>';
  yield element('Id', id);
  yield element('CreDtTm', madeAt.toISOString());
  yield element('FrToDt', element('FrDtTm', start.toISOString()), element('ToDtTm', until.toISOString()));
  const owner = partsOf(holder, longestRemittance)[0] ?? null;
  yield element(
    'Acct',
    accountId(accountNumber),
    element('Ccy', currency),
    owner === null ? null : element('Ownr', textElement('Nm', owner)),
  );
  yield balance('OPBD', openingBalance, currency, start);
  yield balance('CLBD', closingBalance, currency, until);
  for await (const entries of pages) yield entries.map((entry) => entryElement(entry, currency)).join('\n');
  yield '</Stmt></BkToCstmrStmt></Document>\n';
}

/** Of at most 35 characters. It differs for each account, period and time of making. */
function idOf({ accountNumber, from, until, madeAt }: Statement): string {
  const period = `${accountNumber}|${from?.toISOString()}|${until.toISOString()}|${madeAt.toISOString()}`;
  return hash('sha256', period, 'hex').slice(0, 32);
}

function accountId(number: string): string {
  return element('Id', element('Othr', textElement('Id', number)));
}

function money(name: string, amount: string, currency: string): string {
  return `<${name} Ccy="${xmlText(currency)}">${xmlText(amount)}</${name}>`;
}

/** No account is overdrawn, so every balance is a credit. */
function balance(code: 'OPBD' | 'CLBD', amount: string, currency: string, time: Date): string {
  return element(
    'Bal',
    element('Tp', element('CdOrPrtry', element('Cd', code))),
    money('Amt', amount, currency),
    element('CdtDbtInd', 'CRDT'),
    element('Dt', element('DtTm', time.toISOString())),
  );
}

function entryElement(
  { sequence, direction, amount, createdAt, transaction }: StatementEntry,
  currency: string,
): string {
  const isDebit = direction === 'DEBIT';
  const { id, receiptNumber, kind, fee, fromAccountNumber, toAccountNumber, description } = transaction;
  const code = element('BkTxCd', element('Prtry', textElement('Cd', kind)));
  const time = new Date(createdAt).toISOString();
  return element(
    'Ntry',
    element('NtryRef', String(sequence)),
    money('Amt', amount.amount, currency),
    element('CdtDbtInd', isDebit ? 'DBIT' : 'CRDT'),
    element('Sts', element('Cd', 'BOOK')),
    element('BookgDt', element('DtTm', time)),
    element('ValDt', element('DtTm', time)),
    textElement('AcctSvcrRef', receiptNumber),
    code,
    isDebit && fee !== null ? charges(fee.amount, currency) : null,
    element(
      'NtryDtls',
      element(
        'TxDtls',
        element('Refs', textElement('AcctSvcrRef', receiptNumber), textElement('TxId', id.replaceAll('-', ''))),
        money('Amt', amount.amount, currency),
        element('CdtDbtInd', isDebit ? 'DBIT' : 'CRDT'),
        exchange(transaction, isDebit),
        parties(fromAccountNumber, toAccountNumber),
        remittance(description),
      ),
    ),
  );
}

/** The fee is a part of the entry's amount. */
function charges(fee: string, currency: string): string {
  return element(
    'Chrgs',
    element('Rcrd', money('Amt', fee, currency), element('CdtDbtInd', 'DBIT'), element('ChrgInclInd', 'true')),
  );
}

/** What the other account paid or received, where its currency differs. */
function exchange({ amount, received }: StatementEntry['transaction'], isDebit: boolean): string | null {
  if (received === null || received.currency === amount.currency) return null;
  const counter = isDebit ? received : amount;
  return element('AmtDtls', element('CntrValAmt', money('Amt', counter.amount, counter.currency)));
}

function parties(fromNumber: string | null, toNumber: string | null): string | null {
  if (fromNumber === null && toNumber === null) return null;
  return element(
    'RltdPties',
    fromNumber === null ? null : element('DbtrAcct', accountId(fromNumber)),
    toNumber === null ? null : element('CdtrAcct', accountId(toNumber)),
  );
}

function remittance(description: string | null): string | null {
  if (description === null || description === '') return null;
  return element('RmtInf', ...partsOf(description, longestRemittance).map((part) => textElement('Ustrd', part)));
}
