import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tables } from '#billing/database.ts';
import type { TransactionKind } from '#billing/domain/ledger.ts';
import type { TransactionRow } from '#billing/entities/transaction.ts';
import { currencies } from '#platform/money/currency.ts';
import { type Decimal, isAbove, parseDecimal } from '#platform/money/decimal.ts';
import { someone } from '#test/factories.ts';
import { openTestLedger, type TestLedger } from '#test/ledger.ts';
import { followPages, sortedBy } from '#test/pages.ts';
import { listTransactions, type TransactionFilter, type TransactionListRequest } from './list-transactions.ts';
import { newAccountNumber } from './new-account-number.ts';

let ledger: TestLedger;
let adas: TransactionRow[];

const [ada, bob] = [someone(), someone('Bob')];
interface Side {
  readonly customerId: string;
  readonly accountId: string;
}
const accountsOf = (customerId: string): Side[] => currencies.map(() => ({ customerId, accountId: randomUUID() }));
const [adasAccounts, bobsAccounts] = [accountsOf(ada.id), accountsOf(bob.id)];

/** Three times, a millisecond apart, so that most transactions share a time and bounds equal one. */
const times = ['2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.001Z', '2026-03-01T00:00:00.002Z'].map(
  (time) => new Date(time),
);

const inward: TransactionKind[] = ['OPENING_DEPOSIT', 'DEPOSIT', 'REFUND'];
const outward: TransactionKind[] = ['WITHDRAWAL', 'ORDER_PAYMENT'];
const adasSide = fc.constantFrom(...adasAccounts);
const anySide = fc.constantFrom(...adasAccounts, ...bobsAccounts);
const someMovement = fc.record({
  sides: fc.oneof(
    fc.record({ kind: fc.constantFrom(...inward), from: fc.constant(null), to: adasSide }),
    fc.record({ kind: fc.constantFrom(...outward), from: adasSide, to: fc.constant(null) }),
    fc.record({ kind: fc.constant('TRANSFER' as const), from: anySide, to: anySide }),
  ),
  createdAt: fc.constantFrom(...times),
  amountMinor: fc.constantFrom<bigint>(1n, 99n, 100n, 101n, 5_000n, 100_000_000_000n),
  currency: fc.constantFrom(...currencies),
  receivedCurrency: fc.constantFrom(...currencies),
});

type SomeMovement = typeof someMovement extends fc.Arbitrary<infer Movement> ? Movement : never;

function row({ sides: { kind, from, to }, ...movement }: SomeMovement): TransactionRow {
  const id = randomUUIDv7();
  return {
    id,
    kind,
    reference: `test:${id}`,
    ...movement,
    feeMinor: null,
    receivedMinor: to === null ? null : movement.amountMinor,
    receivedCurrency: to === null ? null : movement.receivedCurrency,
    rate: null,
    fromAccountId: from?.accountId ?? null,
    fromCustomerId: from?.customerId ?? null,
    toAccountId: to?.accountId ?? null,
    toCustomerId: to?.customerId ?? null,
    orderId: null,
    description: null,
  };
}

const insert = async (rows: readonly TransactionRow[]) =>
  await tables(ledger.orm.em.fork())
    .insertInto('transactions')
    .values([...rows])
    .execute();

beforeAll(async () => {
  ledger = await openTestLedger();
  const rows = fc.sample(someMovement, 90).map(row);
  // These have no entries, because a list reads only transactions.
  await ledger.asOwner('alter table transactions disable trigger user');
  await insert(rows);
  // The accounts exist, so the list opens none.
  await tables(ledger.orm.em.fork())
    .insertInto('accounts')
    .values(
      [...adasAccounts, ...bobsAccounts].map(({ customerId, accountId }, index) => ({
        id: accountId,
        customerId,
        currency: currencies[index % currencies.length]!,
        number: newAccountNumber(),
      })),
    )
    .execute();
  adas = rows.filter(({ fromCustomerId, toCustomerId }) => [fromCustomerId, toCustomerId].includes(ada.id));
});

afterAll(async () => {
  await ledger.close();
});

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const time = fc.constantFrom(...times, new Date('0001-01-01T00:00:00.000Z'), new Date('9999-12-31T23:59:59.999Z'));
const amount = fc.constantFrom(
  ...[
    '0',
    '-1',
    '0.01',
    '0.009',
    '0.99',
    '0.991',
    '1',
    '1.00',
    '1.001',
    '1.01',
    '50',
    '1000000000',
    '9'.repeat(40),
  ].map((text): Decimal => parseDecimal(text)!),
);
const accountIds = [...adasAccounts, ...bobsAccounts].map(({ accountId }) => accountId);

const anyRequest: fc.Arbitrary<TransactionListRequest & { readonly first: number }> = fc
  .record({
    first: fc.constantFrom(1, 7, 30, 60, 100),
    filter: maybe(
      fc.record(
        {
          kinds: maybe(fc.subarray([...inward, ...outward, 'TRANSFER' as const])),
          accountIds: maybe(fc.subarray([...accountIds, ...accountIds.map((id) => id.toUpperCase()), 'no id'])),
          currencies: maybe(fc.subarray([...currencies])),
          createdAfter: maybe(time),
          createdBefore: maybe(time),
          minAmount: maybe(amount),
          maxAmount: maybe(amount),
          betweenOwnAccounts: maybe(fc.boolean()),
        },
        { requiredKeys: [] },
      ),
    ),
    orderBy: maybe(
      fc.record({
        field: fc.constantFrom('CREATED_AT' as const, 'AMOUNT' as const),
        direction: fc.constantFrom('ASC' as const, 'DESC' as const),
      }),
    ),
  })
  .filter(({ filter }) => isInOrder(filter ?? {}));

function isInOrder({ createdAfter, createdBefore, minAmount, maxAmount }: TransactionFilter): boolean {
  const areTimes = createdAfter == null || createdBefore == null || createdAfter <= createdBefore;
  return areTimes && (minAmount == null || maxAmount == null || !isAbove(minAmount, maxAmount));
}

/** A plain implementation of the list as the schema describes it. */
function expected({ filter, orderBy }: TransactionListRequest): TransactionRow[] {
  const { field, direction } = orderBy ?? { field: 'CREATED_AT', direction: 'DESC' };
  const matching = adas.filter((transaction) => matches(transaction, filter ?? {}));
  return sortedBy(matching, ({ amountMinor, createdAt }) => (field === 'AMOUNT' ? amountMinor : createdAt), direction);
}

function matches(transaction: TransactionRow, filter: TransactionFilter): boolean {
  const { kind, currency, receivedCurrency, createdAt, amountMinor } = transaction;
  const { fromAccountId, toAccountId, fromCustomerId, toCustomerId } = transaction;
  const { kinds, accountIds, currencies, createdAfter, createdBefore, minAmount, maxAmount } = filter;
  const accounts = accountIds?.map((id) => id.toLowerCase());
  const own = fromCustomerId === ada.id && toCustomerId === ada.id;
  return [
    kinds == null || kinds.includes(kind),
    accounts == null || [fromAccountId, toAccountId].some((id) => id != null && accounts.includes(id)),
    currencies == null || [currency, receivedCurrency].some((one) => one != null && currencies.includes(one)),
    createdAfter == null || createdAt >= createdAfter,
    createdBefore == null || createdAt <= createdBefore,
    minAmount == null || amountMinor * 10n ** BigInt(minAmount.scale) >= minAmount.unscaled * 100n,
    maxAmount == null || amountMinor * 10n ** BigInt(maxAmount.scale) <= maxAmount.unscaled * 100n,
    filter.betweenOwnAccounts == null || filter.betweenOwnAccounts === own,
  ].every(Boolean);
}

test('lists the customer’s transactions by filter and order, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      const em = ledger.orm.em.fork();
      const read = async (after: string | null) => await listTransactions(em, ada.id, { ...request, after });
      expect(await followPages(request.first, read)).toEqual(expected(request));
      const { countTotal } = await read(null);
      expect(await countTotal()).toBe(expected(request).length);
    }),
    { numRuns: 100 },
  );
});

describe('while new transactions arrive between the pages', () => {
  test.each([
    ['CREATED_AT', 'DESC'],
    ['CREATED_AT', 'ASC'],
    ['AMOUNT', 'DESC'],
    ['AMOUNT', 'ASC'],
  ] as const)('by %s %s, each old one is given once, and of the new ones those behind', async (field, direction) => {
    const eve = { customerId: someone('Eve').id, accountId: randomUUID() };
    const [bobs] = bobsAccounts as [Side];
    const at = (index: number, from: Side | null, to: Side | null) =>
      row({
        sides: { kind: 'TRANSFER', from, to } as SomeMovement['sides'],
        createdAt: new Date(Date.UTC(2026, 2, 1) + index),
        amountMinor: BigInt(index),
        currency: 'USD',
        receivedCurrency: 'USD',
      });
    const old = Array.from({ length: 20 }, (_, index) =>
      index % 3 === 0 ? at(100 + index, bobs, eve) : at(100 + index, eve, bobs),
    );
    await insert(old);
    const [early, late] = [at(1, bobs, eve), at(999, eve, null)];
    let pages = 0;
    const rows = await followPages(6, async (after) => {
      pages += 1;
      if (pages === 2) await insert([early, late]);
      const em = ledger.orm.em.fork();
      return await listTransactions(em, eve.customerId, { first: 6, after, orderBy: { field, direction } });
    });
    expect(rows).toEqual(direction === 'ASC' ? [...old, late] : [...old.toReversed(), early]);
  });
});

test('the list of a new customer, whose accounts are not opened yet, begins with the opening deposit', async () => {
  const eve = someone('Eve');
  const requests = Array.from({ length: 3 }, async () => await listTransactions(ledger.orm.em.fork(), eve.id, {}));
  for (const { nodes } of await Promise.all(requests)) {
    expect(nodes).toMatchObject([{ kind: 'OPENING_DEPOSIT', amountMinor: 10_000n }]);
  }
});
