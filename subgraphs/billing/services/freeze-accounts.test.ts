import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { currencies, type Currency } from '#platform/money/currency.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { until } from '#test/until.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { closeAccounts } from './close-accounts.ts';
import { deposit } from './deposit.ts';
import { freezeAccounts, unfreezeAccounts } from './freeze-accounts.ts';
import { listTransactions } from './list-transactions.ts';
import { quoteTransfer } from './quote-transfer.ts';
import { refundOrders } from './refund-orders.ts';
import { settleOrders } from './settle-orders.ts';
import { transfer } from './transfer.ts';
import { withdraw } from './withdraw.ts';

const ledger = await useTestLedger();

const act = { staffId: someone('Olga').id, reason: 'a stolen phone' };

const refused = { refused: 'ACCOUNT_FROZEN' };

type Change = typeof freezeAccounts | typeof unfreezeAccounts;

async function change(by: Change, customerId: string, accountId: string | null = null) {
  return await ledger.orm.em.fork().transactional(async (em) => await by(em, { customerId, accountId }, act));
}

async function customer(name = 'Ada'): Promise<Viewer> {
  const viewer = someone(name);
  await ledger.account(viewer, 'USD');
  return viewer;
}

async function frozen(name = 'Ada'): Promise<Viewer> {
  const viewer = await customer(name);
  await change(freezeAccounts, viewer.id);
  return viewer;
}

/** A customer who has no dollar account yet. */
async function withEuroAccountOnly(): Promise<Viewer> {
  const viewer = someone();
  const statement = `insert into accounts (id, customer_id, currency, number) values ($1, $2, 'EUR', $3)`;
  await ledger.asOwner(statement, [randomUUID(), viewer.id, randomUUID()]);
  return viewer;
}

const idOf = async (viewer: Viewer, currency: Currency = 'USD') => (await ledger.account(viewer, currency)).id;

const own = async (viewer: Viewer, currency: Currency = 'USD') => ({
  accountId: await idOf(viewer, currency),
  amount: { ...usd('1.00'), currency },
  idempotencyKey: newKey(),
});

const sending = async (from: Viewer, to: Viewer, [source, target]: readonly Currency[] = ['USD', 'USD']) => ({
  fromAccountId: await idOf(from, source),
  toAccountId: await idOf(to, target),
  amount: usd('1.00'),
  idempotencyKey: newKey(),
});

async function pay(viewer: Viewer, totalMinor = 100n) {
  const orderId = randomUUID();
  const order = { orderId, customerId: viewer.id, currency: 'USD' as const, totalMinor };
  return (await settleOrders(ledger.orm.em.fork(), [order]))[0]!;
}

async function frozenCurrencies(viewer: Viewer): Promise<Currency[]> {
  const accounts = await Promise.all(currencies.map(async (currency) => await ledger.account(viewer, currency)));
  return accounts.filter((account) => account.frozen).map(({ currency }) => currency);
}

describe('a frozen customer', () => {
  test('deposits, withdraws, quotes, transfers and closes nothing, and keeps the money', async () => {
    const [ada, bob] = [await frozen(), await customer('Bob')];
    const as = ledger.as(ada);

    expect(await deposit(as, await own(ada))).toMatchObject({ ...refused, field: ['input', 'accountId'] });
    expect(await withdraw(as, await own(ada))).toMatchObject(refused);
    expect(await transfer(as, await sending(ada, bob))).toMatchObject({
      ...refused,
      field: ['input', 'fromAccountId'],
    });
    expect(await quoteTransfer(as, await sending(ada, bob))).toMatchObject(refused);
    expect(await closeAccounts(as)).toMatchObject(refused);
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n });
  });

  test('cannot close empty accounts either', async () => {
    const ada = await customer();
    await withdraw(ledger.as(ada), { ...(await own(ada)), amount: usd('100.00') });
    await change(freezeAccounts, ada.id);

    expect(await closeAccounts(ledger.as(ada))).toMatchObject(refused);
    expect((await ledger.account(ada, 'USD')).status).toBe('OPEN');
  });

  test('has orders rejected with the reason, also those that the balance does not cover', async () => {
    const ada = await frozen();
    expect(await pay(ada)).toMatchObject({ rejectionReason: 'ACCOUNT_FROZEN' });
    expect(await pay(ada, 1_000_000n)).toMatchObject({ rejectionReason: 'ACCOUNT_FROZEN' });
  });

  test('gets refunds of orders', async () => {
    const ada = await customer();
    const { orderId } = await pay(ada, 2_500n);
    await change(freezeAccounts, ada.id);

    expect(await refundOrders(ledger.orm.em.fork(), [{ orderId }])).toMatchObject([{ isHeld: false }]);
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n });
  });

  test('reads accounts and transactions as before', async () => {
    const ada = await frozen();
    expect(await frozenCurrencies(ada)).toEqual([...currencies]);
    expect((await listTransactions(ledger.orm.em.fork(), ada.id, { first: 5 })).nodes).toHaveLength(1);
  });

  test('receives nothing, and the sender learns only that the account cannot receive', async () => {
    const [ada, bob] = [await frozen(), await customer('Bob')];
    for (const attempt of [transfer, quoteTransfer]) {
      const answer = await attempt(ledger.as(bob), await sending(bob, ada));
      expect(answer).toMatchObject({ refused: 'RECEIVER_UNAVAILABLE', field: ['input', 'toAccountId'] });
      expect(JSON.stringify(answer)).not.toMatch(/froze|lock|block/i);
    }
    expect(await ledger.balances(bob)).toMatchObject({ USD: 10_000n });
  });

  test('can use a quote only after the freeze is lifted', async () => {
    const [ada, bob] = [await customer(), await customer('Bob')];
    const input = await sending(bob, ada);
    const quote = await quoteTransfer(ledger.as(bob), input);
    if (isRefusal(quote)) throw new Error(quote.message);
    await change(freezeAccounts, ada.id);
    expect(await transfer(ledger.as(bob), { ...input, quoteId: quote.id })).toMatchObject({
      refused: 'RECEIVER_UNAVAILABLE',
    });
    await change(unfreezeAccounts, ada.id);
    expect(await transfer(ledger.as(bob), { ...input, quoteId: quote.id })).toMatchObject({ kind: 'TRANSFER' });
  });

  test('who opens the account of another currency later opens a frozen one', async () => {
    const ada = await withEuroAccountOnly();
    await change(freezeAccounts, ada.id);

    expect(await frozenCurrencies(ada)).toEqual([...currencies]);
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_000n });
    await change(unfreezeAccounts, ada.id);
    expect(await frozenCurrencies(ada)).toEqual([]);
  });
});

describe('one frozen account', () => {
  test('leaves the other accounts of the customer usable', async () => {
    const ada = await customer();
    await change(freezeAccounts, ada.id, await idOf(ada, 'EUR'));
    const into = await sending(ada, ada, ['USD', 'EUR']);

    expect(await withdraw(ledger.as(ada), await own(ada))).toMatchObject({ kind: 'WITHDRAWAL' });
    expect(await transfer(ledger.as(ada), into)).toMatchObject({ ...refused, field: ['input', 'toAccountId'] });
    expect(await deposit(ledger.as(ada), await own(ada, 'EUR'))).toMatchObject(refused);
  });

  test('stays frozen while a freeze of the customer is open, and the reverse', async () => {
    const ada = await customer();
    const euros = await idOf(ada, 'EUR');
    await change(freezeAccounts, ada.id, euros);
    await change(freezeAccounts, ada.id);
    await change(unfreezeAccounts, ada.id);
    expect(await frozenCurrencies(ada)).toEqual(['EUR']);
    await change(freezeAccounts, ada.id);
    await change(unfreezeAccounts, ada.id, euros);
    expect(await frozenCurrencies(ada)).toEqual([...currencies]);
  });
});

describe('a freeze is refused', () => {
  test('a second time, also of two at once', async () => {
    const ada = await customer();
    const both = await Promise.all([change(freezeAccounts, ada.id), change(freezeAccounts, ada.id)]);
    expect(both.filter(isRefusal)).toMatchObject([{ refused: 'ALREADY_FROZEN', field: ['input', 'customerId'] }]);
    await change(unfreezeAccounts, ada.id);
    expect(await change(unfreezeAccounts, ada.id)).toMatchObject({ refused: 'NOT_FROZEN' });
  });

  test.each([randomUUID(), 'not an id', '', "'; drop table freezes --"])('of the customer %j', async (id) => {
    const answer = { refused: 'NOT_FOUND', field: ['input', 'customerId'] };
    expect(await change(freezeAccounts, id)).toMatchObject(answer);
    expect(await change(unfreezeAccounts, id)).toMatchObject(answer);
  });

  test("of another customer's account, and of a closed one", async () => {
    const [ada, bob] = [await customer(), await customer('Bob')];
    expect(await change(freezeAccounts, ada.id, await idOf(bob))).toMatchObject({
      refused: 'NOT_FOUND',
      field: ['input', 'accountId'],
    });
    await withdraw(ledger.as(ada), { ...(await own(ada)), amount: usd('100.00') });
    await closeAccounts(ledger.as(ada));
    expect(await change(freezeAccounts, ada.id)).toMatchObject({ refused: 'ACCOUNT_CLOSED' });
  });
});

describe('while a freeze commits', () => {
  /** Starts `work` while the freeze holds the accounts' locks, and commits the freeze once `work` waits for them. */
  async function racing<Value>(viewer: Viewer, work: () => Promise<Value>): Promise<Value> {
    const em = ledger.orm.em.fork();
    await em.begin();
    await freezeAccounts(em, { customerId: viewer.id, accountId: null }, act);
    const answer = work();
    await until('the work to wait for the freeze', isWaiting);
    await em.commit();
    return await answer;
  }

  async function isWaiting(): Promise<boolean> {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    `.execute(ledger.orm.em.fork().getKysely());
    return rows.length > 0;
  }

  test('a deposit, a withdrawal, a transfer and a closing wait, and are refused', async () => {
    for (const work of [
      async (ada: Viewer) => await deposit(ledger.as(ada), await own(ada)),
      async (ada: Viewer) => await withdraw(ledger.as(ada), await own(ada)),
      async (ada: Viewer) => await transfer(ledger.as(ada), await sending(ada, await customer('Bob'))),
    ]) {
      const ada = await customer();
      expect(await racing(ada, async () => await work(ada))).toMatchObject(refused);
    }
    const eve = await customer('Eve');
    await withdraw(ledger.as(eve), { ...(await own(eve)), amount: usd('100.00') });
    expect(await racing(eve, async () => await closeAccounts(ledger.as(eve)))).toMatchObject(refused);
  });

  test('a payment waits and is rejected, a refund waits and arrives', async () => {
    const ada = await customer();
    const paid = await pay(ada, 400n);
    expect(await racing(ada, async () => await pay(ada))).toMatchObject({ rejectionReason: 'ACCOUNT_FROZEN' });

    const bob = await customer('Bob');
    const { orderId } = await pay(bob, 300n);
    const [refunded] = await racing(bob, async () => await refundOrders(ledger.orm.em.fork(), [{ orderId }]));
    expect(refunded).toMatchObject({ isHeld: false, rejectionReason: null });
    expect(paid.rejectionReason).toBeNull();
    expect(await ledger.balances(bob)).toMatchObject({ USD: 10_000n });
  });

  test('accounts that the customer opens wait, and are frozen', async () => {
    const ada = await withEuroAccountOnly();
    await racing(ada, async () => await ledger.account(ada, 'USD'));
    expect(await frozenCurrencies(ada)).toEqual([...currencies]);
  });
});
