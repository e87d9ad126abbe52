import { describe, expect, test } from '@jest/globals';
import { type Refusal, userErrors } from '#platform/errors/refusal.ts';
import { money, newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { deposit } from './deposit.ts';
import { quoteTransfer } from './quote-transfer.ts';
import { transfer } from './transfer.ts';
import { withdraw } from './withdraw.ts';

const ledger = await useTestLedger();

describe('a new customer', () => {
  test('has one account per currency and 100.00 USD after many concurrent first requests', async () => {
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

  test('with one key 64 times at the same time takes effect once, and returns one result', async () => {
    const ada = someone();
    const { id: accountId } = await ledger.account(ada, 'USD');
    const input = { accountId, amount: usd('5.00'), idempotencyKey: newKey() };
    const answers = await Promise.all(Array.from({ length: 64 }, () => deposit(ledger.as(ada), input)));
    for (const answer of answers) expect({ ...answer, repeated: true }).toEqual({ ...answers[0], repeated: true });
    expect(answers.filter((answer) => !('repeated' in answer && answer.repeated))).toHaveLength(1);
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

  test('names all faults in one refusal', async () => {
    const refusal = await act(usd('0'), false);
    expect(userErrors(refusal as Refusal<string>).map(({ code, field }) => [code, field?.[1]])).toEqual([
      ['NOT_FOUND', mutation === 'deposit' || mutation === 'withdraw' ? 'accountId' : 'fromAccountId'],
      ['INVALID_AMOUNT', 'amount'],
    ]);
  });

  test('refuses an account of another customer as if it did not exist', async () => {
    expect(await act(usd('1.00'), false)).toMatchObject({ refused: 'NOT_FOUND' });
  });
});

describe('withdrawals', () => {
  test('of one balance, 64 at the same time: as many succeed as it covers', async () => {
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
