import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JournalBatch, firstHash, type LockedAccount } from './ledger.ts';
import { deposit } from './movements.ts';
import { type Due, payInTurn, type RefundDue, refundInTurn, refundOutcome } from './settlement.ts';

const time = new Date('2026-01-01T00:00:00Z');

function account(name: number, balanceMinor: bigint, changes: Partial<LockedAccount> = {}): LockedAccount {
  return {
    id: `account-${name}`,
    customerId: `customer-${name}`,
    currency: 'USD',
    number: `${name}`,
    status: 'OPEN',
    frozen: false,
    balanceMinor,
    sequence: 0,
    lastHash: firstHash,
    lastEntryAt: time,
    ...changes,
  };
}

function due(index: number, customer: number, totalMinor: bigint): Due {
  return {
    orderId: `order-${index}`,
    customerId: `customer-${customer}`,
    currency: 'USD',
    totalMinor,
    transactionId: `transaction-${index}`,
  };
}

const refund = (index: number, refundMinor: bigint): RefundDue => ({
  orderId: `order-0`,
  refundId: `refund-${index}`,
  refundMinor,
  transactionId: `transaction-${index}`,
});

const batches = fc.record({
  balances: fc.array(fc.bigInt({ min: 0n, max: 200n }), { minLength: 1, maxLength: 5 }),
  orders: fc.array(fc.record({ customer: fc.nat(4), total: fc.bigInt({ min: 1n, max: 80n }) }), { maxLength: 60 }),
});

describe('a batch of payments', () => {
  test('has the same result as paying its orders one by one', () => {
    fc.assert(
      fc.property(batches, ({ balances, orders }) => {
        const accounts = balances.map((balance, name) => account(name, balance));
        const dues = orders.map(({ customer, total }, index) => due(index, customer % balances.length, total));
        const ownerOf = ({ customerId }: Due) => accounts.find((one) => one.customerId === customerId)!;
        const together = new JournalBatch(accounts, time);
        const verdicts = payInTurn(together, dues, ownerOf).map(({ rejectionReason }) => rejectionReason);

        let balance = new Map(accounts.map(({ customerId, balanceMinor }) => [customerId, balanceMinor]));
        for (const [index, { customerId, totalMinor }] of dues.entries()) {
          const before = balance.get(customerId)!;
          expect(verdicts[index]).toBe(before >= totalMinor ? null : 'INSUFFICIENT_FUNDS');
          if (before >= totalMinor) balance = balance.set(customerId, before - totalMinor);
        }
        for (const { id, customerId } of accounts)
          expect(together.account(id).balanceMinor).toBe(balance.get(customerId));
      }),
    );
  });

  test('leaves entries that sum to zero, numbered without a gap, with the balance after each', () => {
    fc.assert(
      fc.property(batches, ({ balances, orders }) => {
        const accounts = balances.map((balance, name) => account(name, balance));
        const dues = orders.map(({ customer, total }, index) => due(index, customer % balances.length, total));
        const batch = new JournalBatch(accounts, time);
        payInTurn(batch, dues, ({ customerId }) => accounts.find((one) => one.customerId === customerId)!);

        for (const group of Map.groupBy(batch.entries, ({ transactionId }) => transactionId).values()) {
          expect(group.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(0n);
        }
        for (const { id, balanceMinor } of accounts) {
          let running = balanceMinor;
          for (const [index, entry] of batch.entries.filter(({ accountId }) => accountId === id).entries()) {
            running += entry.amountMinor;
            expect(entry).toMatchObject({ sequence: index + 1, balanceAfterMinor: running });
            expect(running).toBeGreaterThanOrEqual(0n);
          }
        }
      }),
    );
  });

  test('pays nothing from a closed account', () => {
    const closed = account(0, 0n, { status: 'CLOSED' });
    const [verdict] = payInTurn(new JournalBatch([closed], time), [due(0, 0, 1n)], () => closed);
    expect(verdict).toMatchObject({ movement: null, rejectionReason: 'ACCOUNT_CLOSED' });
  });

  test('pays nothing from a frozen account, and says so before it compares the balance', () => {
    const frozen = account(0, 5n, { frozen: true });
    const verdicts = payInTurn(new JournalBatch([frozen], time), [due(0, 0, 1n), due(1, 0, 9n)], () => frozen);
    expect(verdicts.map(({ rejectionReason }) => rejectionReason)).toEqual(['ACCOUNT_FROZEN', 'ACCOUNT_FROZEN']);
  });
});

test('a refund reaches a frozen account', () => {
  const frozen = account(0, 5n, { frozen: true });
  const batch = new JournalBatch([frozen], time);
  const [verdict] = refundInTurn(batch, [refund(0, 7n)], () => frozen, new Map([['order-0', 7n]]));
  expect(verdict).toMatchObject({ movement: { kind: 'REFUND' } });
  expect(batch.account(frozen.id).balanceMinor).toBe(12n);
});

function isRefused(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}

describe('refunds of an order', () => {
  test('in any parts return at most the payment', () => {
    const parts = fc.array(fc.bigInt({ min: 1n, max: 40n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(parts, (amounts) => {
        const payer = account(0, 0n);
        const batch = new JournalBatch([payer], time);
        const dues = amounts.map((amount, index) => refund(index, amount));
        const run = () => refundInTurn(batch, dues, () => payer, new Map([['order-0', 100n]]));
        const sum = amounts.reduce((total, amount) => total + amount, 0n);
        expect(isRefused(run)).toBe(sum > 100n);
        expect(batch.account(payer.id).balanceMinor).toBeLessThanOrEqual(100n);
      }),
    );
  });

  test.each([
    [true, 100n, 'REFUNDED'],
    [true, 99n, 'PARTIALLY_REFUNDED'],
    [false, 99n, 'FURTHER_REFUND_REFUSED'],
    [false, 0n, 'REFUND_REFUSED'],
  ] as const)('made: %s, with %d of 100 refunded, have the outcome %s', (made, refundedMinor, outcome) => {
    expect(refundOutcome(made, refundedMinor, 100n)).toBe(outcome);
  });
});

describe('a journal batch', () => {
  test('refuses to post a deposit to a frozen account', () => {
    const frozen = account(0, 5n, { frozen: true });
    expect(() => new JournalBatch([frozen], time).post(deposit('transaction', frozen, 1n))).toThrow('frozen');
  });

  test('refuses a movement that does not balance', () => {
    const batch = new JournalBatch([account(0, 100n)], time);
    const movement = { id: 'transaction', postings: [{ accountId: 'account-0', amountMinor: -1n }] };
    expect(() => batch.post(movement as never)).toThrow('does not balance');
  });

  test('refuses to overdraw an account', () => {
    const batch = new JournalBatch([account(0, 100n)], time);
    const postings = [
      { accountId: 'account-0', amountMinor: -101n },
      { system: 'CASH', currency: 'USD', amountMinor: 101n },
    ];
    expect(() => batch.post({ id: 'transaction', postings } as never)).toThrow('overdrawn');
  });
});
