import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Viewer } from '#platform/identity/identity.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { closeAccounts } from './close-accounts.ts';
import { findOrderTransactions } from './find-transactions.ts';
import { refundOrders } from './refund-orders.ts';
import { cancelOrders, rejectOrder, rejectRefund } from './reject-orders.ts';
import { type OrderToSettle, settleOrders } from './settle-orders.ts';
import { withdraw } from './withdraw.ts';

const ledger = await useTestLedger();

function order(customer: Viewer, totalMinor: bigint): OrderToSettle {
  return { orderId: randomUUID(), customerId: customer.id, currency: 'USD', totalMinor };
}

async function settle(orders: readonly OrderToSettle[]) {
  return new Map((await settleOrders(ledger.orm.em.fork(), orders)).map((one) => [one.orderId, one.rejectionReason]));
}

describe('settlement', () => {
  test('pays orders in sequence while the balance covers them, and opens a new customer’s accounts', async () => {
    const ada = someone();
    const orders = [order(ada, 6_000n), order(ada, 5_000n), order(ada, 4_000n)];
    const outcomes = await settle(orders);
    expect(orders.map(({ orderId }) => outcomes.get(orderId))).toEqual([null, 'INSUFFICIENT_FUNDS', null]);
    expect(await ledger.balances(ada)).toMatchObject({ USD: 0n });
  });

  test('returns the first outcome of a repeated order, even if the balance now covers it', async () => {
    const ada = someone();
    const [paid, rejected] = [order(ada, 9_000n), order(ada, 9_000n)];
    await settle([paid, rejected]);
    await refundOrders(ledger.orm.em.fork(), [paid]);
    const again = await settle([paid, rejected, rejected, paid]);
    expect([again.get(paid.orderId), again.get(rejected.orderId)]).toEqual([null, 'INSUFFICIENT_FUNDS']);
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n });
  });

  test('debits once for a batch that is delivered eight times at once', async () => {
    const customers = [someone(), someone('Bob')];
    const orders = customers.flatMap((customer) => Array.from({ length: 30 }, () => order(customer, 500n)));
    const all = await Promise.all(Array.from({ length: 8 }, () => settle(orders.toSorted(() => Math.random() - 0.5))));
    for (const outcomes of all) expect(outcomes).toEqual(new Map([...all[0]!].map(([id]) => [id, outcomes.get(id)])));
    expect([...all[0]!.values()].filter((reason) => reason === null)).toHaveLength(40);
    for (const customer of customers) expect(await ledger.balances(customer)).toMatchObject({ USD: 0n });
  });

  test('settles more orders than fit into one transaction, each once, and each customer’s in sequence', async () => {
    const customers = Array.from({ length: 20 }, () => someone());
    // The opening deposit pays 25 of 40 orders of 4.00.
    const orders = Array.from({ length: 40 }, () => customers.map((customer) => order(customer, 400n))).flat();
    const [outcomes, again] = await Promise.all([settle(orders), settle(orders)]);
    expect(again).toEqual(outcomes);
    for (const [index, customer] of customers.entries()) {
      const reasons = orders.filter((_, number) => number % 20 === index).map(({ orderId }) => outcomes.get(orderId));
      expect(reasons).toEqual(Array.from({ length: 40 }, (_, turn) => (turn < 25 ? null : 'INSUFFICIENT_FUNDS')));
      expect(await ledger.balances(customer)).toMatchObject({ USD: 0n });
    }
  });

  test('has the same result in batches of any size and order, and with several workers, as one by one', async () => {
    const totals = fc.array(fc.bigInt({ min: 1n, max: 3_000n }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(totals, fc.integer({ min: 1, max: 10 }), async (amounts, size) => {
        const [together, alone] = [someone(), someone('Bob')];
        const batch = amounts.map((amount) => order(together, amount));
        const singles = amounts.map((amount) => order(alone, amount));
        for (let start = 0; start < batch.length; start += size) await settle(batch.slice(start, start + size));
        for (const single of singles) await settle([single]);
        expect(await ledger.balances(together)).toEqual(await ledger.balances(alone));
      }),
      { numRuns: 15 },
    );
  });

  test('rejects an order on a closed account', async () => {
    const ada = someone();
    const { id: accountId } = await ledger.account(ada, 'USD');
    await withdraw(ledger.as(ada), { accountId, amount: usd('100.00'), idempotencyKey: newKey() });
    await closeAccounts(ledger.as(ada));
    const late = order(ada, 1n);
    expect((await settle([late])).get(late.orderId)).toBe('ACCOUNT_CLOSED');
  });

  test('never pays an order that was rejected as not processed, and never rejects a paid one', async () => {
    const ada = someone();
    const [first, second] = [order(ada, 100n), order(ada, 100n)];
    const em = ledger.orm.em.fork();
    expect(await rejectOrder(em, first)).toMatchObject({ rejectionReason: 'NOT_PROCESSED' });
    expect((await settle([first, second])).get(first.orderId)).toBe('NOT_PROCESSED');
    expect(await rejectOrder(em, second)).toMatchObject({ rejectionReason: null });
    expect(await ledger.balances(ada)).toMatchObject({ USD: 9_900n });
  });
});

describe('a cancellation', () => {
  test('and a payment at once leave each order either paid or cancelled, and say the same', async () => {
    const ada = someone();
    await ledger.account(ada, 'USD');
    const orders = Array.from({ length: 20 }, () => order(ada, 100n));
    const cancel = async (part: readonly OrderToSettle[]) =>
      new Map((await cancelOrders(ledger.orm.em.fork(), part)).map((one) => [one.orderId, one.rejectionReason]));
    const cancelled = orders.toReversed().map(async (one) => await cancel([one]));
    const [paid, ...others] = await Promise.all([settle(orders), ...cancelled, cancel(orders)]);
    for (const outcomes of others) {
      for (const [orderId, reason] of outcomes) expect(paid.get(orderId)).toBe(reason);
    }
    const free = [...paid.values()].filter((reason) => reason === 'CANCELLED').length;
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n - BigInt(20 - free) * 100n });
  });

  test('of an order before its payment is final', async () => {
    const late = order(someone(), 100n);
    expect(await cancelOrders(ledger.orm.em.fork(), [late, late])).toMatchObject([{ rejectionReason: 'CANCELLED' }]);
    expect((await settle([late])).get(late.orderId)).toBe('CANCELLED');
  });
});

describe('a refund', () => {
  test('returns the money once, for any number of deliveries', async () => {
    const ada = someone();
    const paid = order(ada, 2_500n);
    await settle([paid]);
    await Promise.all(Array.from({ length: 5 }, () => refundOrders(ledger.orm.em.fork(), [paid])));
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n });
    const history = await findOrderTransactions(ledger.orm.em.fork(), ada.id, [paid.orderId]);
    expect(history.map(({ kind }) => kind)).toEqual(['ORDER_PAYMENT', 'REFUND']);
  });

  test('returns the debited amount to the account that paid, regardless of the job’s data', async () => {
    const [ada, eve] = [someone(), someone('Eve')];
    const paid = order(ada, 2_500n);
    await settle([paid]);
    await ledger.account(eve, 'USD');
    const forged = { ...paid, customerId: eve.id, currency: 'CNY' as const, totalMinor: 100_000_000n };
    await refundOrders(ledger.orm.em.fork(), [forged]);
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n });
    expect(await ledger.balances(eve)).toEqual({ USD: 10_000n, EUR: 0n, CNY: 0n });
  });

  test('for a closed account is held for the customer, once', async () => {
    const ada = someone();
    const paid = order(ada, 10_000n);
    await settle([paid]);
    await closeAccounts(ledger.as(ada));
    const refund = async () => await refundOrders(ledger.orm.em.fork(), [paid]);
    expect(await refund()).toEqual([expect.objectContaining({ rejectionReason: null, isHeld: true })]);
    expect(await refund()).toEqual([expect.objectContaining({ rejectionReason: null, isHeld: true })]);
    const { rows } = await sql<{ account: string; minor: string }>`
      select coalesce(system_account, 'customer') as account, sum(entries.amount_minor)::text as minor
      from entries join transactions on transactions.id = transaction_id
      where order_id = ${paid.orderId} group by 1 order by 1
    `.execute(ledger.orm.em.fork().getKysely());
    expect(rows).toEqual([
      { account: 'PAYABLE', minor: '10000' },
      { account: 'SALES', minor: '0' },
      { account: 'customer', minor: '-10000' },
    ]);
  });

  test('in parts returns each part once, and never more than the payment', async () => {
    const ada = someone();
    const paid = order(ada, 2_500n);
    await settle([paid]);
    const part = (refundMinor: bigint) => ({ orderId: paid.orderId, refundId: randomUUID(), refundMinor });
    const refund = async (...parts: ReturnType<typeof part>[]) => await refundOrders(ledger.orm.em.fork(), parts);
    const [first, second] = [part(1_000n), part(1_000n)];
    await Promise.all([refund(first), refund(first), refund(first, first)]);
    expect(await refund(second)).toMatchObject([{ refundId: second.refundId, outcome: 'PARTIALLY_REFUNDED' }]);
    await expect(refund(part(501n))).rejects.toThrow('more than what is left');
    const last = part(500n);
    expect(await refund(last)).toMatchObject([{ refundId: last.refundId, outcome: 'REFUNDED' }]);
    expect(await refund(first)).toMatchObject([{ refundId: first.refundId, outcome: 'PARTIALLY_REFUNDED' }]);
    await expect(refund(part(1n))).rejects.toThrow('more than what is left');
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n });
    const history = await findOrderTransactions(ledger.orm.em.fork(), ada.id, [paid.orderId]);
    expect(history.map(({ kind }) => kind)).toEqual(['ORDER_PAYMENT', 'REFUND', 'REFUND', 'REFUND']);
  });

  test('that cannot be processed leaves the order as it was, and the next one is made', async () => {
    const ada = someone();
    const paid = order(ada, 100n);
    await settle([paid]);
    const refused = { orderId: paid.orderId, refundId: randomUUID(), refundMinor: 40n };
    expect(await rejectRefund(ledger.orm.em.fork(), refused)).toMatchObject({ outcome: 'REFUND_REFUSED' });
    expect(await refundOrders(ledger.orm.em.fork(), [refused])).toMatchObject([{ outcome: 'REFUND_REFUSED' }]);
    const next = { ...refused, refundId: randomUUID() };
    expect(await refundOrders(ledger.orm.em.fork(), [next])).toMatchObject([{ outcome: 'PARTIALLY_REFUNDED' }]);
    expect(await ledger.balances(ada)).toMatchObject({ USD: 9_940n });
  });

  test('of an order that was never paid is an error and moves nothing', async () => {
    const ada = someone();
    await ledger.account(ada, 'USD');
    await expect(refundOrders(ledger.orm.em.fork(), [order(ada, 100n)])).rejects.toThrow('was never paid');
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n });
  });
});

describe('the database', () => {
  test.each([
    [
      'takes no refund that is more than the payment',
      `insert into settlements (order_id, kind, transaction_id, refund_id, settled_at)
       select order_id, 'REFUND', id, refund_id, now()
       from (select id, order_id from transactions where kind = 'REFUND' and amount_minor = 2500 limit 1) as refund,
         (values (gen_random_uuid()), (gen_random_uuid())) as again (refund_id)`,
      'must not be more than its payment',
    ],
    ['changes no entry', `update entries set amount_minor = amount_minor + 1`, 'never changed'],
    ['deletes no entry', `delete from entries`, 'never changed'],
    ['changes no transaction', `update transactions set amount_minor = 1`, 'never changed'],
    ['accepts no negative balance', `update accounts set balance_minor = -1`, 'accounts_balance_minor_check'],
    [
      'takes no entries that do not sum to zero',
      `insert into entries (transaction_id, system_account, currency, amount_minor, created_at)
       select id, 'CASH', 'USD', 1, now() from transactions limit 1`,
      'sum to zero',
    ],
    [
      'takes no entries of a transaction that was written before',
      `insert into entries
         (transaction_id, account_id, system_account, currency, amount_minor, sequence, balance_after_minor, hash, created_at)
       select transaction_id, side.account_id, side.system_account, currency, side.amount, side.sequence, side.balance, side.hash, now()
       from (select * from entries where account_id is not null and currency = 'USD' limit 1) as entry,
         lateral (values
           (account_id, null, 1, sequence + 1000, balance_after_minor + 1, hash), (null, 'CASH', -1, null, null, null)
         ) as side (account_id, system_account, amount, sequence, balance, hash)`,
      'must be written with its transaction',
    ],
  ])('%s', async (_what, statement, complaint) => {
    await settle([order(someone(), 100n)]);
    await expect(ledger.asOwner(statement)).rejects.toThrow(complaint);
  });
});
