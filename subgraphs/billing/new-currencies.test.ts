import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Currency } from '#platform/money/currency.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import type { TransactionRow } from '#billing/entities/transaction.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { money, newKey, someone } from '#test/factories.ts';
import { openTestLedger, type TestLedger } from '#test/ledger.ts';
import { addMoreCurrencies, JPY, KWD, more, productCurrencies } from '#test/more-currencies.ts';

/** Currencies that are added while customers already have accounts. */

const [ada, bob, closed, racing] = [someone('Ada'), someone('Bob'), someone('Carl'), someone('Dora')];
let databases: TestDatabases;
let ledger: TestLedger;

beforeAll(async () => {
  databases = await createDatabases('billing');
  await liveBefore();
  addMoreCurrencies();
  await migrate();
  const fresh = await import('#test/ledger.ts');
  ledger = await fresh.openTestLedger(databases);
});

afterAll(async () => {
  await ledger.close();
});

/** Customers have accounts in the product's currencies. One has closed them. */
async function liveBefore(): Promise<void> {
  const before = await openTestLedger(databases);
  for (const viewer of [ada, bob, closed, racing]) await before.account(viewer, 'USD');
  for (const viewer of [closed, racing]) {
    const { withdraw } = await import('#billing/services/withdraw.ts');
    const { id: accountId } = await before.account(viewer, 'USD');
    await withdraw(before.as(viewer), { accountId, amount: money('100.00', 'USD'), idempotencyKey: newKey() });
  }
  const { closeAccounts } = await import('#billing/services/close-accounts.ts');
  expect(await closeAccounts(before.as(closed))).toHaveLength(productCurrencies.length);
  await before.orm.close();
}

async function migrate(): Promise<void> {
  const { openDatabase } = await import('#platform/postgres/database.ts');
  const { database } = await import('#billing/database.ts');
  const owned = await openDatabase(database, { url: databases.owners.billing, poolSize: 1, applicationName: 'test' });
  expect((await owned.migrator.up()).map(({ name }) => name)).toEqual(['2027-01-05-more-currencies']);
  await owned.close();
}

const currenciesOf = async (viewer: Viewer) => Object.keys(await ledger.balances(viewer));

async function move(mutation: 'deposit' | 'withdraw', viewer: Viewer, amount: string, currency: Currency) {
  const { deposit } = await import('#billing/services/deposit.ts');
  const { withdraw } = await import('#billing/services/withdraw.ts');
  const make = mutation === 'deposit' ? deposit : withdraw;
  const { id: accountId } = await ledger.account(viewer, currency);
  return await make(ledger.as(viewer), { accountId, amount: money(amount, currency), idempotencyKey: newKey() });
}

async function send(from: Viewer, source: Currency, to: Viewer, target: Currency, amount: string) {
  const { transfer } = await import('#billing/services/transfer.ts');
  const made = await transfer(ledger.as(from), {
    fromAccountId: (await ledger.account(from, source)).id,
    toAccountId: (await ledger.account(to, target)).number,
    amount: money(amount, source),
    idempotencyKey: newKey(),
  });
  return made as TransactionRow;
}

async function settle(viewer: Viewer, currency: Currency, totalMinor: bigint, orderId: string = randomUUID()) {
  const { settleOrders } = await import('#billing/services/settle-orders.ts');
  const order = { orderId, customerId: viewer.id, currency, totalMinor };
  return (await settleOrders(ledger.orm.em.fork(), [order]))[0]!;
}

describe('a customer who had accounts before a currency was added', () => {
  test('gets an empty account in it when the accounts are first read, and keeps the others', async () => {
    const balances = await ledger.balances(ada);
    expect(Object.keys(balances)).toEqual(more);
    expect(balances).toMatchObject({ USD: 10_000n, EUR: 0n, [JPY]: 0n, [KWD]: 0n });
  });

  test('gets the account from an order that comes first, which is rejected for insufficient funds', async () => {
    expect(await settle(bob, JPY, 100n)).toMatchObject({ rejectionReason: 'INSUFFICIENT_FUNDS' });
    const rows = await ledger.asOwner('select from accounts where customer_id = $1', [bob.id]);
    expect(rows).toHaveLength(more.length);
  });

  test.each(more)('pays an order in %s, and gets the money back', async (currency) => {
    const { refundOrders } = await import('#billing/services/refund-orders.ts');
    const before = (await ledger.balances(ada))[currency];
    await move('deposit', ada, '25', currency);
    const orderId = randomUUID();
    const after = (await ledger.balances(ada))[currency];
    expect(await settle(ada, currency, after, orderId)).toMatchObject({ orderId, rejectionReason: null });
    expect((await ledger.balances(ada))[currency]).toBe(0n);
    await refundOrders(ledger.orm.em.fork(), [{ orderId }]);
    expect((await ledger.balances(ada))[currency]).toBe(after);
    await move('withdraw', ada, '25', currency);
    expect((await ledger.balances(ada))[currency]).toBe(before);
  });

  test('converts exactly to and from currencies with other numbers of decimal places', async () => {
    // 151.20 yen for a dollar, 0.307 dinars for a dollar.
    expect(await send(ada, 'USD', ada, JPY, '10.01')).toMatchObject({ receivedMinor: 1_513n, rate: '151.2000000' });
    expect(await send(ada, JPY, ada, KWD, '1513')).toMatchObject({ receivedMinor: 3_072n });
    expect(await send(ada, KWD, ada, 'USD', '3.072')).toMatchObject({ receivedMinor: 1_000n });
    expect(await send(ada, JPY, bob, JPY, '1').catch(String)).toMatchObject({ refused: 'INSUFFICIENT_FUNDS' });
    expect(await ledger.faults()).toEqual([]);
  });

  test('pays the fee of a transfer in minor units of the currency', async () => {
    await move('deposit', bob, '1000', JPY);
    expect(await send(bob, JPY, ada, JPY, '101')).toMatchObject({ amountMinor: 101n, feeMinor: 2n });
  });
});

describe('a customer with closed accounts', () => {
  test('gets no account in a new currency', async () => {
    expect(await currenciesOf(closed)).toEqual(productCurrencies);
    const { openAccounts } = await import('#billing/services/open-accounts.ts');
    await openAccounts(ledger.orm.em.fork(), [closed.id, closed.id]);
    expect(await currenciesOf(closed)).toEqual(productCurrencies);
  });

  test('has an order in a new currency rejected, with one outcome for repeated settlements', async () => {
    const orderId = randomUUID();
    const rejected = await settle(closed, KWD, 1n, orderId);
    expect(rejected).toMatchObject({ orderId, rejectionReason: 'ACCOUNT_CLOSED' });
    expect(rejected.settledAt.getTime()).toBeGreaterThan(Date.now() - 600_000);
    const { rejectionReason, settledAt } = rejected;
    expect(await settle(closed, KWD, 1n, orderId)).toMatchObject({ orderId, rejectionReason, settledAt });
  });

  test('keeps no open account in a new currency, even if one is opened during the closing', async () => {
    const { closeAccounts } = await import('#billing/services/close-accounts.ts');
    const { openAccounts } = await import('#billing/services/open-accounts.ts');
    const opening = Array.from({ length: 4 }, () => openAccounts(ledger.orm.em.fork(), [racing.id]));
    await Promise.all([closeAccounts(ledger.as(racing)), ...opening]);
    const rows = await ledger.asOwner(`select status from accounts where customer_id = $1`, [racing.id]);
    expect(new Set(rows.map(({ status }) => status as string))).toEqual(new Set(['CLOSED']));
  });
});

describe('the list of transactions', () => {
  const lister = someone('Lena');
  const amounts = [
    ['1000', JPY],
    ['999.99', 'USD'],
    ['999.995', KWD],
    ['9.5', 'EUR'],
    ['10', JPY],
    ['10.001', KWD],
  ] as const;
  /** Sorted by their numeric amounts, largest first. */
  const ordered = [1000, 999.995, 999.99, 10.001, 10, 9.5];

  beforeAll(async () => {
    for (const [amount, currency] of amounts) await move('deposit', lister, amount, currency);
  });

  /** The amounts of the whole list, read in pages of two. */
  async function list(request: object): Promise<number[]> {
    const { listTransactions } = await import('#billing/services/list-transactions.ts');
    const { formatAmount } = await import('#platform/money/money.ts');
    const amounts: number[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { nodes, pageInfo }: Awaited<ReturnType<typeof listTransactions>> = await listTransactions(
        ledger.orm.em.fork(),
        lister.id,
        { first: 2, after, ...request },
      );
      amounts.push(...nodes.map(({ amountMinor: minor, currency }) => Number(formatAmount({ minor, currency }))));
      ({ hasNextPage: more, endCursor: after } = pageInfo);
    }
    return amounts;
  }

  const kinds = ['DEPOSIT'];

  test.each(['DESC', 'ASC'] as const)(
    'orders amounts of different currencies as numbers, page by page, %s',
    async (direction) => {
      const listed = await list({ filter: { kinds }, orderBy: { field: 'AMOUNT', direction } });
      const expected = direction === 'DESC' ? ordered : ordered.toReversed();
      expect(listed).toEqual(expected);
    },
  );

  test.each([
    [{ minAmount: '999.995' }, [1000, 999.995]],
    [{ minAmount: '999.9951' }, [1000]],
    [{ maxAmount: '10' }, [10, 9.5]],
    [{ minAmount: '9.50001', maxAmount: '10.0009' }, [10]],
    [{ minAmount: '10', maxAmount: '10.001', currencies: [KWD] }, [10.001]],
  ])('filters amounts of different currencies as numbers: %j', async (filter, expected) => {
    const bounds = Object.entries(filter).map(([name, value]) => [
      name,
      typeof value === 'string' ? parseDecimal(value)! : value,
    ]);
    const request = {
      filter: { kinds, ...Object.fromEntries(bounds) },
      orderBy: { field: 'AMOUNT', direction: 'DESC' },
    };
    expect(await list(request)).toEqual(expected);
  });
});

test('the database refuses a currency that is not in the list', async () => {
  const insert = (code: string) =>
    ledger.asOwner(`insert into accounts (id, customer_id, currency, number) values ($1, $1, $2, $1::uuid)`, [
      randomUUID(),
      code,
    ]);
  await expect(insert('XXX')).rejects.toThrow(/accounts_currency_check/);
  await expect(insert('KWD')).resolves.toEqual([]);
});
