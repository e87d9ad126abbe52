import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCsv } from '#test/csv.ts';
import { registerCustomer } from '#test/customer.ts';
import { textsOfPdf } from '#test/pdf.ts';
import { receiptOf } from '#test/receipts.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import { elementsAt, parseXml, textAt } from '#test/xml.ts';

let system: SystemAddresses;

beforeAll(async () => {
  system = await sharedSystem();
});

async function download(account: string, token?: string, period = '') {
  const response = await fetch(`${system.origins.router}/statements/${account}.csv${period}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

/** The rows by the names of the columns. */
function rowsOf(body: string): Record<string, string>[] {
  const [header, ...rows] = parseCsv(body);
  return rows.map((row) => Object.fromEntries(header!.map((name, index) => [name, row[index]!])));
}

interface Amount {
  readonly amount: string;
}

async function bytesOf(path: string, token: string): Promise<Buffer> {
  const response = await fetch(`${system.origins.router}/statements/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return Buffer.from(await response.arrayBuffer());
}

describe('a statement download', () => {
  test('contains every entry of the account across pages, oldest first, with the balance after it', async () => {
    const ada = await registerCustomer(system.url);
    const { id } = await ada.account('USD');
    for (let index = 0; index < 120; index += 1) await ada.deposit('1.00');
    const { status, type, body } = await download(id, ada.token);
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    const [, opening, ...rows] = parseCsv(body);
    const closing = rows.pop();
    expect(rows).toHaveLength(121);
    expect(rows.map(([sequence]) => sequence)).toEqual(rows.map((_row, index) => String(index + 1)));
    expect(rows.at(-1)?.slice(2, 6)).toEqual(['DEPOSIT', '1.00', '220.00', 'USD']);
    expect([opening?.slice(2, 5), closing?.slice(2, 5)]).toEqual([
      ['OPENING_BALANCE', '', '0.00'],
      ['CLOSING_BALANCE', '', '220.00'],
    ]);
  });

  test('contains the fee, the received amount, the rate and the order of each movement', async () => {
    const [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
    const [dollars, euros] = [await ada.account('USD'), await bob.account('EUR')];
    const input = {
      fromAccountId: dollars.id,
      toAccountId: euros.id,
      amount: { amount: '10.00', currency: 'USD' },
      description: 'Zürich;=1+1;\r\n\t＠SUM(A1)',
      idempotencyKey: randomUUID(),
    };
    await ada.request('mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }', {
      input,
    });
    const { order } = await ada.placeOrder({ productId: '=book', unitPrice: '5.00' });
    await until('the order to be paid', async () => (await ada.order(order!.id))?.status === 'PAID');

    const sent = rowsOf((await download(dollars.id, ada.token)).body);
    const received = rowsOf((await download(euros.id, bob.token)).body);
    expect(sent[2]).toMatchObject({
      kind: 'TRANSFER',
      amount: '-10.10',
      fee: '0.10',
      'counter amount': '9.00',
      'counter currency': 'EUR',
      rate: '0.9000000000',
      'to account': euros.number,
      description: "Zürich;'=1+1;  '＠SUM(A1)",
    });
    expect(sent[3]).toMatchObject({ kind: 'ORDER_PAYMENT', amount: '-5.00', order: order!.id, product: "'=book" });
    expect(received[1]).toMatchObject({
      amount: '9.00',
      fee: '',
      'counter amount': '10.00',
      'counter currency': 'USD',
      'from account': dollars.number,
    });
    const minorOf = (amount = '') => BigInt(amount.replace('.', ''));
    const changeMinor = sent.slice(1, -1).reduce((sum, { amount }) => sum + minorOf(amount), 0n);
    expect(changeMinor).toBe(minorOf(sent.at(-1)!['balance after']));
  });

  test('of a period starts with the balance before it and ends with the balance after it', async () => {
    const ada = await registerCustomer(system.url);
    const { id } = await ada.account('USD');
    await ada.deposit('1.00');
    await ada.deposit('2.00');
    const all = rowsOf((await download(id, ada.token)).body);
    const second = all[3]!.time;
    const later = rowsOf((await download(id, ada.token, `?from=${second}`)).body);
    const before = rowsOf((await download(id, ada.token, `?to=${all[2]!.time}`)).body);
    const none = rowsOf((await download(id, ada.token, `?from=${new Date().toISOString()}`)).body);
    const future = await download(id, ada.token, '?from=2999-01-01T00:00:00Z');

    expect(later.map((row) => row['balance after'])).toEqual(['101.00', '103.00', '103.00']);
    expect(before.map((row) => row['balance after'])).toEqual(['0.00', '100.00', '101.00', '101.00']);
    expect(none.map((row) => row['balance after'])).toEqual(['103.00', '103.00']);
    expect([future.status, future.body]).toEqual([400, expect.stringContaining('must not be in the future')]);
  });

  test('contains only the entries of the requested period', async () => {
    const ada = await registerCustomer(system.url);
    const { id } = await ada.account('USD');
    const { body } = await download(id, ada.token, '?from=2000-01-01T00:00:00Z&to=2000-12-31T23:59:59Z');
    expect(rowsOf(body).map(({ kind }) => kind)).toEqual(['OPENING_BALANCE', 'CLOSING_BALANCE']);
  });

  test('has the same balances in every format, and as the graph has them at these times', async () => {
    const ada = await registerCustomer(system.url);
    const { id } = await ada.account('USD');
    await ada.deposit('1.00');
    await ada.deposit('2.00');
    const all = rowsOf((await download(id, ada.token)).body);
    const [from, to] = [all[2]!.time!, all[3]!.time!];
    const before = new Date(Date.parse(from) - 1).toISOString();
    const { account } = await ada.request<{ account: { opening: Amount; closing: Amount; first: Amount } }>(
      `query ($id: ID!, $before: DateTime, $to: DateTime) { account(id: $id) {
        first: balance(at: "2000-01-01T00:00:00Z") { amount }
        opening: balance(at: $before) { amount } closing: balance(at: $to) { amount }
      } }`,
      { id, before, to },
    );
    const file = async (format: string) => await bytesOf(`${id}.${format}?from=${from}&to=${to}`, ada.token);
    const camt = elementsAt(parseXml((await file('camt053.xml')).toString()), 'BkToCstmrStmt', 'Stmt', 'Bal');
    const ofx = elementsAt(parseXml((await file('ofx')).toString()), 'BANKMSGSRSV1', 'STMTTRNRS', 'STMTRS')[0]!;
    const pdf = textsOfPdf(await file('pdf'));

    expect(account).toEqual({
      first: { amount: '0.00' },
      opening: { amount: '100.00' },
      closing: { amount: '103.00' },
    });
    expect(camt.map((balance) => textAt(balance, 'Amt'))).toEqual(['100.00', '103.00']);
    expect([textAt(ofx, 'BALLIST', 'BAL', 'VALUE'), textAt(ofx, 'LEDGERBAL', 'BALAMT')]).toEqual(['100.00', '103.00']);
    expect(pdf[pdf.indexOf('Opening balance') - 1]).toBe('100.00');
    expect(pdf[pdf.indexOf('Closing balance') - 1]).toBe('103.00');
    expect(pdf).toContain('Account holder: Ada');
  });

  test("of another customer's account is not found, like an unknown account", async () => {
    const [ada, eve] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Eve')];
    const { id } = await ada.account('USD');
    const stolen = await download(id, eve.token);
    expect(stolen).toEqual(await download('01a1fd28-33e3-77d6-b8e9-000000000000', eve.token));
    expect(stolen.status).toBe(404);
  });

  test('needs a token and a valid period', async () => {
    const ada = await registerCustomer(system.url);
    const { id } = await ada.account('USD');
    expect(await download(id)).toMatchObject({ status: 401, body: expect.stringContaining('UNAUTHENTICATED') });
    expect(await download(id, ada.token, '?from=yesterday')).toMatchObject({
      status: 400,
      body: expect.stringContaining('BAD_USER_INPUT'),
    });
  });
});

describe('a receipt', () => {
  test('is found by its number, in any case, and names what the graph has', async () => {
    const ada = await registerCustomer(system.url);
    const { id, receiptNumber } = await receiptOf(ada);
    const path = `receipts/${receiptNumber.toLowerCase()}.pdf`;
    const texts = textsOfPdf(await bytesOf(path, ada.token));

    expect(texts).toEqual(
      expect.arrayContaining(['Receipt', receiptNumber, 'Opening deposit', '100.00 USD', id, 'Ada']),
    );
  });

  test("of another customer's transaction is not found, like an unknown number", async () => {
    const [ada, eve] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Eve')];
    const { receiptNumber } = await receiptOf(ada);
    const answers = await Promise.all(
      [receiptNumber, '01KBC4A1B2C3D4E5F6G7H8J9K0', 'none'].map(async (number) =>
        (await bytesOf(`receipts/${number}.pdf`, eve.token)).toString(),
      ),
    );

    expect(answers[0]).toContain('NOT_FOUND');
    expect(new Set(answers).size).toBe(1);
  });
});
