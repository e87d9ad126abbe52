import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { withCheckDigit } from '#billing/domain/account-number.ts';
import { currencies } from '#platform/money/currency.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { accountsOf } from './find-accounts.ts';
import { newAccountNumber } from './new-account-number.ts';
import { openAccounts } from './open-accounts.ts';
import { quoteTransfer } from './quote-transfer.ts';
import { transfer } from './transfer.ts';
import { limitUnknownReceivers } from './unknown-receivers.ts';

const ledger = await useTestLedger();

describe('account numbers', () => {
  test('of consecutive customers have neither an order nor a constant difference', async () => {
    const numbers: number[] = [];
    for (let index = 0; index < 10; index += 1) {
      const accounts = await accountsOf(ledger.orm.em.fork(), someone().id);
      numbers.push(...accounts.map(({ number }) => Number(number)));
    }
    const differences = numbers.slice(1).map((number, index) => number - numbers[index]!);

    expect(new Set(numbers).size).toBe(10 * currencies.length);
    expect(new Set(differences).size).toBe(differences.length);
    // By chance, all 29 differences have one sign, or are small, once in 10^8 runs.
    expect(differences.some((difference) => difference > 0)).toBe(true);
    expect(differences.some((difference) => difference < 0)).toBe(true);
    expect(Math.max(...differences.map(Math.abs))).toBeGreaterThan(1e9);
  });

  test('that are taken are drawn again, and every customer gets all accounts and one opening deposit', async () => {
    const taken = (await ledger.account(someone(), 'USD')).number;
    const customers = Array.from({ length: 5 }, () => someone());
    let drawn = 0;
    // The first draws return only taken or repeated numbers.
    const draw = () => (drawn++ < 20 ? taken : newAccountNumber());
    await openAccounts(
      ledger.orm.em.fork(),
      customers.map(({ id }) => id),
      draw,
    );
    await openAccounts(ledger.orm.em.fork(), [customers[0]!.id], draw);

    for (const customer of customers) {
      expect(await accountsOf(ledger.orm.em.fork(), customer.id)).toHaveLength(currencies.length);
      expect(await ledger.balances(customer)).toMatchObject({ USD: 10_000n, EUR: 0n, CNY: 0n });
    }
  });
});

test('an account from before version 0.2.0 keeps its number, and receives transfers by it', async () => {
  const [ada, old] = [someone('Ada'), someone('Old')];
  const numbers = ['10000000', '10000001', '10000002'].map(withCheckDigit);
  const undrawn = [...numbers];
  await openAccounts(ledger.orm.em.fork(), [old.id], () => undrawn.shift()!);
  await openAccounts(ledger.orm.em.fork(), [old.id]);
  const accounts = await accountsOf(ledger.orm.em.fork(), old.id);
  const number = accounts.find(({ currency }) => currency === 'USD')!.number;
  const send = async (toAccountId: string) =>
    await transfer(ledger.as(ada), {
      fromAccountId: (await ledger.account(ada, 'USD')).id,
      toAccountId,
      amount: usd('1.00'),
      idempotencyKey: newKey(),
    });

  expect(accounts.map((account) => account.number).toSorted()).toEqual(numbers);
  expect(isRefusal(await send(number))).toBe(false);
  expect(await ledger.balances(old)).toMatchObject({ USD: 10_100n });
  const mistyped = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
  expect(await send(mistyped)).toMatchObject({ message: 'This is not an account number: a digit is wrong.' });
});

describe('a customer who tries account numbers', () => {
  const most = 5;
  const context = (viewer: Viewer, findParties = limitUnknownReceivers(most)) => ({
    ...ledger.as(viewer),
    findParties,
  });
  const refusalOf = (outcome: object) => (isRefusal(outcome) ? outcome.refused : null);

  test('learns nothing about other customers’ numbers after naming too many that do not exist', async () => {
    const [eve, bob] = [someone('Eve'), someone('Bob')];
    const [own, other, bobs] = [
      await ledger.account(eve, 'USD'),
      await ledger.account(eve, 'EUR'),
      await ledger.account(bob, 'USD'),
    ];
    const as = context(eve);
    const quote = async (toAccountId: string) =>
      refusalOf(await quoteTransfer(as, { fromAccountId: own.id, toAccountId, amount: usd('1.00') }));
    const send = async (toAccountId: string) =>
      refusalOf(
        await transfer(as, { fromAccountId: own.id, toAccountId, amount: usd('1.00'), idempotencyKey: newKey() }),
      );

    for (let tried = 0; tried < most - 1; tried += 1) expect(await quote(newAccountNumber())).toBe('NOT_FOUND');
    expect(await quote(bobs.number)).toBeNull();
    expect(await send(newAccountNumber())).toBe('NOT_FOUND');

    expect([await quote(newAccountNumber()), await quote(bobs.number), await send(bobs.number)]).toEqual(
      Array(3).fill('TOO_MANY_UNKNOWN_RECEIVERS'),
    );
    expect([await quote(other.number), await send(other.id), await send(bobs.id)]).toEqual([null, null, null]);
    expect(await quote(randomUUID())).toBe('NOT_FOUND');
  });

  test('does not affect other customers, and mistyped digits do not count', async () => {
    const [eve, bob] = [someone('Eve'), someone('Bob')];
    const [eves, bobs] = [await ledger.account(eve, 'USD'), await ledger.account(bob, 'USD')];
    const shared = limitUnknownReceivers(most);
    const quote = async (viewer: Viewer, fromAccountId: string, toAccountId: string) =>
      refusalOf(await quoteTransfer(context(viewer, shared), { fromAccountId, toAccountId, amount: usd('1.00') }));
    const number = newAccountNumber();
    const mistyped = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;

    for (let typed = 0; typed < 2 * most; typed += 1) {
      expect(await quote(bob, bobs.id, mistyped)).toBe('NOT_FOUND');
      expect(await quote(bob, bobs.id, withCheckDigit('1234567'))).toBe('NOT_FOUND');
      await quote(eve, eves.id, newAccountNumber());
    }
    expect(await quote(bob, bobs.id, eves.number)).toBeNull();
    expect(await quote(eve, eves.id, bobs.number)).toBe('TOO_MANY_UNKNOWN_RECEIVERS');
  });
});
