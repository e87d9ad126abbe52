import { describe, expect, test } from '@jest/globals';
import { type Refusal, userErrors } from '#platform/errors/refusal.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import type { MoneyInput } from '#platform/money/money.ts';
import { money, newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { deposit } from './deposit.ts';
import { quoteTransfer } from './quote-transfer.ts';
import { transfer } from './transfer.ts';

const ledger = await useTestLedger();

describe('a transfer', () => {
  test('to another customer costs a fee of one per cent, and is converted', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const [from, to] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'CNY')];
    const made = await transfer(ledger.as(ada), {
      fromAccountId: from.id,
      toAccountId: to.number,
      amount: usd('10.01'),
      description: "<b>Robert'); drop table entries;--</b>",
      idempotencyKey: newKey(),
    });
    expect(made).toMatchObject({
      amountMinor: 1001n,
      feeMinor: 11n,
      receivedMinor: 6946n,
      rate: '6.940000000',
      description: "<b>Robert'); drop table entries;--</b>",
    });
    expect(await ledger.balances(ada)).toMatchObject({ USD: 8988n });
    expect(await ledger.balances(bob)).toMatchObject({ CNY: 6946n });
  });

  test('between own accounts is free', async () => {
    const ada = someone();
    const [from, to] = [await ledger.account(ada, 'USD'), await ledger.account(ada, 'EUR')];
    const input = { fromAccountId: from.id, toAccountId: to.id, amount: usd('100.00'), idempotencyKey: newKey() };
    expect(await transfer(ledger.as(ada), input)).toMatchObject({ feeMinor: null, receivedMinor: 9000n });
    expect(await ledger.balances(ada)).toEqual({ USD: 0n, EUR: 9000n, CNY: 0n });
  });

  test('is refused if the balance does not cover the fee', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const [from, to] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'USD')];
    const input = { fromAccountId: from.id, toAccountId: to.id, amount: usd('100.00'), idempotencyKey: newKey() };
    expect(await transfer(ledger.as(ada), input)).toMatchObject({
      refused: 'INSUFFICIENT_FUNDS',
      message: 'Your balance of $100.00 does not cover $101.00.',
    });
  });

  test('is refused if nothing would arrive after rounding', async () => {
    const ada = someone();
    const [from, to] = [await ledger.account(ada, 'CNY'), await ledger.account(ada, 'USD')];
    await deposit(ledger.as(ada), { accountId: from.id, amount: money('1.00', 'CNY'), idempotencyKey: newKey() });
    const input = {
      fromAccountId: from.id,
      toAccountId: to.id,
      amount: money('0.01', 'CNY'),
      idempotencyKey: newKey(),
    };
    expect(await transfer(ledger.as(ada), input)).toMatchObject({ refused: 'INVALID_AMOUNT' });
  });

  test('to the same account, to an unknown account, and to a mistyped number is refused', async () => {
    const ada = someone();
    const from = await ledger.account(ada, 'USD');
    const mistyped = `${(Number(from.number[0]) + 1) % 10}${from.number.slice(1)}`;
    const to = async (toAccountId: string) =>
      await transfer(ledger.as(ada), {
        fromAccountId: from.id,
        toAccountId,
        amount: usd('1.00'),
        idempotencyKey: newKey(),
      });
    expect(await to(from.number)).toMatchObject({ refused: 'SAME_ACCOUNT', field: ['input', 'toAccountId'] });
    expect(await to('unknown')).toMatchObject({ refused: 'NOT_FOUND', message: 'This account does not exist.' });
    expect(await to(mistyped)).toMatchObject({ refused: 'NOT_FOUND', message: expect.stringContaining('digit') });
  });

  test('from and to one account of another customer does not reveal that both names mean one', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const { id, number } = await ledger.account(bob, 'USD');
    const input = { fromAccountId: id, toAccountId: number, amount: usd('0'), idempotencyKey: newKey() };
    const refusal = await transfer(ledger.as(ada), input);
    expect(userErrors(refusal as Refusal<string>).map(({ code }) => code)).toEqual(['NOT_FOUND', 'INVALID_AMOUNT']);
  });

  test('names the faults of the amount and of the receiver in one refusal', async () => {
    const ada = someone();
    const { id } = await ledger.account(ada, 'USD');
    const input = { fromAccountId: id, toAccountId: 'unknown', amount: usd('1.505'), idempotencyKey: newKey() };
    const refusal = await transfer(ledger.as(ada), input);
    expect(userErrors(refusal as Refusal<string>).map(({ code, field }) => [code, field?.[1]])).toEqual([
      ['INVALID_AMOUNT', 'amount'],
      ['NOT_FOUND', 'toAccountId'],
    ]);
  });

  test('runs a hundred times in both directions between two accounts, with the correct final balances', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const [hers, his] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'USD')];
    const send = (sender: typeof ada, from: string, to: string) =>
      transfer(ledger.as(sender), {
        fromAccountId: from,
        toAccountId: to,
        amount: usd('0.50'),
        idempotencyKey: newKey(),
      });
    const made = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        index % 2 === 0 ? send(ada, hers.id, his.id) : send(bob, his.id, hers.id),
      ),
    );
    expect(made.filter((one) => 'refused' in one)).toEqual([]);
    expect([(await ledger.balances(ada)).USD, (await ledger.balances(bob)).USD]).toEqual([9900n, 9900n]);
  });
});

describe('a quote', () => {
  test('applies exactly, to one transfer only', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const [from, to] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'EUR')];
    const input = { fromAccountId: from.id, toAccountId: to.id, amount: usd('10.00') };
    const quote = await quoteTransfer(ledger.as(ada), input);
    expect(quote).toMatchObject({ amountMinor: 1000n, feeMinor: 10n, receivedMinor: 900n, rate: '0.9000000000' });
    const quoteId = (quote as { id: string }).id;
    const used = await transfer(
      { ...ledger.as(ada), rates: doubled() },
      { ...input, quoteId, idempotencyKey: newKey() },
    );
    expect(used).toMatchObject({ receivedMinor: 900n, feeMinor: 10n });
    const again = await transfer(ledger.as(ada), { ...input, quoteId, idempotencyKey: newKey() });
    expect(again).toMatchObject({ refused: 'QUOTE_EXPIRED', field: ['input', 'quoteId'] });
  });

  test('by the received amount delivers exactly that, at the smallest cost', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const [from, to] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'CNY')];
    const input = { fromAccountId: from.id, toAccountId: to.id };
    const rates = { ...ledger.as(ada).rates, CNY: parseDecimal('6.94')! };
    const quoteOf = async (amount: MoneyInput) =>
      await quoteTransfer({ ...ledger.as(ada), rates }, { ...input, amount, isReceivedAmount: true });
    const wanted = { amount: parseDecimal('50.01')!, currency: 'CNY' as const };
    // 7.20 USD are worth 49.96 CNY, and 7.21 USD 50.03 CNY.
    const quote = await quoteOf(wanted);
    expect(quote).toMatchObject({ amountMinor: 721n, feeMinor: 8n, receivedMinor: 5001n });
    const quoteId = (quote as { id: string }).id;
    const request = { ...input, amount: usd('7.21'), quoteId, idempotencyKey: newKey() };
    expect(await transfer(ledger.as(ada), request)).toMatchObject({ amountMinor: 721n, receivedMinor: 5001n });
    expect((await ledger.balances(bob)).CNY).toBe(5001n);
    expect(await ledger.faults()).toEqual([]);
    expect(await quoteOf(usd('7.21'))).toMatchObject({ refused: 'CURRENCY_MISMATCH' });
    const most = { amount: parseDecimal('1000000000')!, currency: 'USD' as const };
    const toDollars = { fromAccountId: (await ledger.account(ada, 'EUR')).id, toAccountId: from.id, amount: most };
    const dear = { ...rates, EUR: parseDecimal('2')! };
    expect(
      await quoteTransfer({ ...ledger.as(ada), rates: dear }, { ...toDollars, isReceivedAmount: true }),
    ).toMatchObject({ refused: 'INVALID_AMOUNT', field: ['input', 'amount'] });
  });

  test.each(['another amount', 'another customer', 'after its expiry', 'a malformed id'])(
    'is refused for %s',
    async (use) => {
      const [ada, bob] = [someone(), someone('Bob')];
      const [from, to] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'USD')];
      const input = { fromAccountId: from.id, toAccountId: to.id, amount: usd('10.00') };
      const context = { ...ledger.as(ada), quoteTtlS: use === 'after its expiry' ? 0 : 60 };
      const { id: quoteId } = (await quoteTransfer(context, input)) as { id: string };
      const back = { ...input, fromAccountId: to.id, toAccountId: from.id };
      const refused = {
        'another amount': () =>
          transfer(ledger.as(ada), { ...input, amount: usd('9.00'), quoteId, idempotencyKey: newKey() }),
        'another customer': () => transfer(ledger.as(bob), { ...back, quoteId, idempotencyKey: newKey() }),
        'after its expiry': () => transfer(ledger.as(ada), { ...input, quoteId, idempotencyKey: newKey() }),
        'a malformed id': () => transfer(ledger.as(ada), { ...input, quoteId: 'quote', idempotencyKey: newKey() }),
      }[use]!;
      expect(await refused()).toMatchObject({ refused: 'QUOTE_EXPIRED' });
    },
  );

  function doubled() {
    const { rates } = ledger.as(someone());
    return { ...rates, EUR: { unscaled: rates.EUR.unscaled * 2n, scale: rates.EUR.scale } };
  }
});
