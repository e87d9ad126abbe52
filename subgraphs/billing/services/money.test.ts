import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { currencies, type Currency } from '#platform/money/currency.ts';
import { type Refusal, userErrors } from '#platform/errors/refusal.ts';
import { money, newKey, someone, usd } from '#test/factories.ts';
import { openTestLedger, type TestLedger } from '#test/ledger.ts';
import { deposit } from './deposit.ts';
import { closeAccounts } from './close-accounts.ts';
import { quoteTransfer } from './quote-transfer.ts';
import { transfer } from './transfer.ts';
import { withdraw } from './withdraw.ts';

let ledger: TestLedger;

beforeAll(async () => {
  ledger = await openTestLedger();
});

afterAll(async () => {
  expect(await ledger.faults()).toEqual([]);
  await ledger.close();
});

describe('a new customer', () => {
  test('has an account per currency and 100.00 USD, however many ask for them at once', async () => {
    const ada = someone();
    const seen = await Promise.all(Array.from({ length: 20 }, () => ledger.balances(ada)));
    for (const balances of seen) expect(balances).toEqual({ USD: 10_000n, EUR: 0n, CNY: 0n });
  });
});

describe('a deposit', () => {
  test('adds exactly its amount', async () => {
    const ada = someone();
    const account = await ledger.account(ada, 'EUR');
    const made = await deposit(ledger.as(ada), {
      accountId: account.id,
      amount: money('0.01', 'EUR'),
      idempotencyKey: newKey(),
    });
    expect(made).toMatchObject({ kind: 'DEPOSIT', amountMinor: 1n, currency: 'EUR', toAccountId: account.id });
    expect(await ledger.balances(ada)).toMatchObject({ EUR: 1n });
  });

  test('with one key 64 times at once happens once, and answers the same each time', async () => {
    const ada = someone();
    const { id: accountId } = await ledger.account(ada, 'USD');
    const input = { accountId, amount: usd('5.00'), idempotencyKey: newKey() };
    const answers = await Promise.all(Array.from({ length: 64 }, () => deposit(ledger.as(ada), input)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await ledger.balances(ada)).toMatchObject({ USD: 10_500n });
  });

  test('with a used key and another input is refused; the key of another customer is independent', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const key = newKey();
    const { id: accountId } = await ledger.account(ada, 'USD');
    await deposit(ledger.as(ada), { accountId, amount: usd('5.00'), idempotencyKey: key });
    expect(await deposit(ledger.as(ada), { accountId, amount: usd('6.00'), idempotencyKey: key })).toMatchObject({
      refused: 'IDEMPOTENCY_KEY_REUSED',
    });
    const bobs = await ledger.account(bob, 'USD');
    const made = await deposit(ledger.as(bob), { accountId: bobs.id, amount: usd('6.00'), idempotencyKey: key });
    expect(made).toMatchObject({ kind: 'DEPOSIT' });
  });
});

const badAmounts = ['0', '-1', '1.505', '1000000000.01', '9'.repeat(40)] as const;

describe.each(['deposit', 'withdraw', 'transfer', 'quoteTransfer'] as const)('%s', (mutation) => {
  async function act(amount: ReturnType<typeof usd>, own = true) {
    const [ada, bob] = [someone(), someone('Bob')];
    const [from, to] = [await ledger.account(own ? ada : bob, 'USD'), await ledger.account(bob, 'EUR')];
    const before = [await ledger.balances(ada), await ledger.balances(bob)];
    const context = ledger.as(ada);
    const idempotencyKey = newKey();
    const answer = {
      deposit: () => deposit(context, { accountId: from.id, amount, idempotencyKey }),
      withdraw: () => withdraw(context, { accountId: from.id, amount, idempotencyKey }),
      transfer: () => transfer(context, { fromAccountId: from.id, toAccountId: to.id, amount, idempotencyKey }),
      quoteTransfer: () => quoteTransfer(context, { fromAccountId: from.id, toAccountId: to.id, amount }),
    }[mutation];
    const refusal = await answer();
    expect([await ledger.balances(ada), await ledger.balances(bob)]).toEqual(before);
    return refusal;
  }

  test.each(badAmounts)('refuses %s and changes nothing', async (amount) => {
    expect(await act(usd(amount))).toMatchObject({ refused: 'INVALID_AMOUNT', field: ['input', 'amount'] });
  });

  test('refuses a currency that the account does not have', async () => {
    expect(await act(money('1.00', 'CNY'))).toMatchObject({
      refused: 'CURRENCY_MISMATCH',
      field: ['input', 'amount', 'currency'],
    });
  });

  test('names everything that is wrong in one answer', async () => {
    const refusal = await act(usd('0'), false);
    expect(userErrors(refusal as Refusal<string>).map(({ code, field }) => [code, field?.[1]])).toEqual([
      ['NOT_FOUND', mutation === 'deposit' || mutation === 'withdraw' ? 'accountId' : 'fromAccountId'],
      ['INVALID_AMOUNT', 'amount'],
    ]);
  });

  test('refuses an account of somebody else as if it did not exist', async () => {
    expect(await act(usd('1.00'), false)).toMatchObject({ refused: 'NOT_FOUND' });
  });
});

describe('withdrawals', () => {
  test('of one balance, 64 at once: as many succeed as it covers', async () => {
    const ada = someone();
    const { id: accountId } = await ledger.account(ada, 'USD');
    const answers = await Promise.all(
      Array.from({ length: 64 }, () =>
        withdraw(ledger.as(ada), { accountId, amount: usd('3.00'), idempotencyKey: newKey() }),
      ),
    );
    const refused = answers.filter((answer) => 'refused' in answer);
    expect(refused.map(({ refused }) => refused)).toEqual(Array.from({ length: 31 }, () => 'INSUFFICIENT_FUNDS'));
    expect(await ledger.balances(ada)).toMatchObject({ USD: 100n });
  });
});

describe('a transfer', () => {
  test('to somebody else costs one per cent on top, and is converted', async () => {
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

  test('that leaves the fee uncovered is refused', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const [from, to] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'USD')];
    const input = { fromAccountId: from.id, toAccountId: to.id, amount: usd('100.00'), idempotencyKey: newKey() };
    expect(await transfer(ledger.as(ada), input)).toMatchObject({
      refused: 'INSUFFICIENT_FUNDS',
      message: 'Your balance of $100.00 does not cover $101.00.',
    });
  });

  test('of which nothing would arrive is refused', async () => {
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

  test('to the same account, to nobody, and to a mistyped number is refused', async () => {
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
    expect(await to('nobody')).toMatchObject({ refused: 'NOT_FOUND', message: 'This account does not exist.' });
    expect(await to(mistyped)).toMatchObject({ refused: 'NOT_FOUND', message: expect.stringContaining('digit') });
  });

  test('from and to one account of somebody else does not reveal that both names mean one', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const { id, number } = await ledger.account(bob, 'USD');
    const input = { fromAccountId: id, toAccountId: number, amount: usd('0'), idempotencyKey: newKey() };
    const refusal = await transfer(ledger.as(ada), input);
    expect(userErrors(refusal as Refusal<string>).map(({ code }) => code)).toEqual(['NOT_FOUND', 'INVALID_AMOUNT']);
  });

  test('names what is wrong with the amount and with the receiver in one answer', async () => {
    const ada = someone();
    const { id } = await ledger.account(ada, 'USD');
    const input = { fromAccountId: id, toAccountId: 'nobody', amount: usd('1.505'), idempotencyKey: newKey() };
    const refusal = await transfer(ledger.as(ada), input);
    expect(userErrors(refusal as Refusal<string>).map(({ code, field }) => [code, field?.[1]])).toEqual([
      ['INVALID_AMOUNT', 'amount'],
      ['NOT_FOUND', 'toAccountId'],
    ]);
  });

  test('by the hundred both ways between two accounts ends, with every balance right', async () => {
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
      Array.from({ length: 200 }, (_, place) =>
        place % 2 === 0 ? send(ada, hers.id, his.id) : send(bob, his.id, hers.id),
      ),
    );
    expect(made.filter((one) => 'refused' in one)).toEqual([]);
    expect([(await ledger.balances(ada)).USD, (await ledger.balances(bob)).USD]).toEqual([9900n, 9900n]);
  });
});

describe('a quote', () => {
  test('is honoured once, exactly, and then expired', async () => {
    const [ada, bob] = [someone(), someone('Bob')];
    const [from, to] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'EUR')];
    const asked = { fromAccountId: from.id, toAccountId: to.id, amount: usd('10.00') };
    const quote = await quoteTransfer(ledger.as(ada), asked);
    expect(quote).toMatchObject({ amountMinor: 1000n, feeMinor: 10n, receivedMinor: 900n, rate: '0.9000000000' });
    const quoteId = (quote as { id: string }).id;
    const used = await transfer(
      { ...ledger.as(ada), rates: doubled() },
      { ...asked, quoteId, idempotencyKey: newKey() },
    );
    expect(used).toMatchObject({ receivedMinor: 900n, feeMinor: 10n });
    const again = await transfer(ledger.as(ada), { ...asked, quoteId, idempotencyKey: newKey() });
    expect(again).toMatchObject({ refused: 'QUOTE_EXPIRED', field: ['input', 'quoteId'] });
  });

  test.each(['another amount', 'another customer', 'after its time', 'no id at all'])(
    'is refused for %s',
    async (use) => {
      const [ada, bob] = [someone(), someone('Bob')];
      const [from, to] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'USD')];
      const asked = { fromAccountId: from.id, toAccountId: to.id, amount: usd('10.00') };
      const context = { ...ledger.as(ada), quoteTtlS: use === 'after its time' ? 0 : 60 };
      const { id: quoteId } = (await quoteTransfer(context, asked)) as { id: string };
      const back = { ...asked, fromAccountId: to.id, toAccountId: from.id };
      const refused = {
        'another amount': () =>
          transfer(ledger.as(ada), { ...asked, amount: usd('9.00'), quoteId, idempotencyKey: newKey() }),
        'another customer': () => transfer(ledger.as(bob), { ...back, quoteId, idempotencyKey: newKey() }),
        'after its time': () => transfer(ledger.as(ada), { ...asked, quoteId, idempotencyKey: newKey() }),
        'no id at all': () => transfer(ledger.as(ada), { ...asked, quoteId: 'quote', idempotencyKey: newKey() }),
      }[use]!;
      expect(await refused()).toMatchObject({ refused: 'QUOTE_EXPIRED' });
    },
  );

  function doubled() {
    const { rates } = ledger.as(someone());
    return { ...rates, EUR: { unscaled: rates.EUR.unscaled * 2n, scale: rates.EUR.scale } };
  }
});

describe('closing accounts', () => {
  test('is refused while there is money, and final afterwards', async () => {
    const ada = someone();
    const account = await ledger.account(ada, 'USD');
    expect(await closeAccounts(ledger.as(ada))).toMatchObject({ refused: 'ACCOUNT_NOT_EMPTY' });
    await withdraw(ledger.as(ada), { accountId: account.id, amount: usd('100.00'), idempotencyKey: newKey() });
    const closed = await closeAccounts(ledger.as(ada));
    expect(closed).toEqual(currencies.map(() => expect.objectContaining({ status: 'CLOSED' })));
    expect(await closeAccounts(ledger.as(ada))).toEqual(closed);
    const late = await deposit(ledger.as(ada), {
      accountId: account.id,
      amount: usd('1.00'),
      idempotencyKey: newKey(),
    });
    expect(late).toMatchObject({ refused: 'ACCOUNT_CLOSED' });
  });

  test('loses no money to a transfer that races it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [ada, bob] = [someone(), someone('Bob')];
      const [hers, his] = [await ledger.account(ada, 'USD'), await ledger.account(bob, 'USD')];
      await withdraw(ledger.as(bob), { accountId: his.id, amount: usd('100.00'), idempotencyKey: newKey() });
      const [closed, sent] = await Promise.all([
        closeAccounts(ledger.as(bob)),
        transfer(ledger.as(ada), {
          fromAccountId: hers.id,
          toAccountId: his.id,
          amount: usd('1.00'),
          idempotencyKey: newKey(),
        }),
      ]);
      expect('refused' in closed).toBe(!('refused' in sent));
    }
  });
});

describe('any sequence of money mutations', () => {
  const step = fc.record({
    act: fc.constantFrom('deposit', 'withdraw', 'transfer'),
    from: fc.nat(2),
    to: fc.nat(2),
    fromCurrency: fc.constantFrom(...currencies),
    toCurrency: fc.constantFrom(...currencies),
    minor: fc.bigInt({ min: 1n, max: 20_000n }),
  });

  test('leaves the balances that the rules say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const people = [someone(), someone('Bob'), someone('Cleo')];
        const model = people.map(() => ({ USD: 10_000n, EUR: 0n, CNY: 0n }));
        for (const { act, from, to, fromCurrency, toCurrency, minor } of steps) {
          const account = await ledger.account(people[from]!, fromCurrency);
          const amount = { amount: { unscaled: minor, scale: 2 }, currency: fromCurrency };
          const context = ledger.as(people[from]!);
          const own = { accountId: account.id, amount, idempotencyKey: newKey() };
          if (act === 'deposit') await deposit(context, own);
          if (act === 'withdraw') await withdraw(context, own);
          if (act === 'transfer') {
            const { id: toAccountId } = await ledger.account(people[to]!, toCurrency);
            await transfer(context, { fromAccountId: account.id, toAccountId, amount, idempotencyKey: newKey() });
          }
          apply(model, { act, from, to, fromCurrency, toCurrency, minor });
        }
        expect(await Promise.all(people.map((person) => ledger.balances(person)))).toEqual(model);
      }),
      { numRuns: 30 },
    );
  });

  type Step = { act: string; from: number; to: number; fromCurrency: Currency; toCurrency: Currency; minor: bigint };

  /** The rules once more, as plainly as they can be said. */
  function apply(model: Record<Currency, bigint>[], { act, from, to, fromCurrency, toCurrency, minor }: Step): void {
    const perUsd = { USD: 100n, EUR: 90n, CNY: 694n };
    const source = model[from]!;
    if (act === 'deposit') source[fromCurrency] += minor;
    if (act === 'withdraw' && source[fromCurrency] >= minor) source[fromCurrency] -= minor;
    if (act !== 'transfer' || (from === to && fromCurrency === toCurrency)) return;
    const total = from === to ? minor : minor + (minor % 100n === 0n ? minor / 100n : minor / 100n + 1n);
    const arrives = (minor * perUsd[toCurrency]) / perUsd[fromCurrency];
    if (arrives === 0n || source[fromCurrency] < total) return;
    source[fromCurrency] -= total;
    model[to]![toCurrency] += arrives;
  }
});
