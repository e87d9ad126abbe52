import { describe, expect, test } from '@jest/globals';
import { currencies } from '#platform/money/currency.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { closeAccounts } from './close-accounts.ts';
import { deposit } from './deposit.ts';
import { transfer } from './transfer.ts';
import { withdraw } from './withdraw.ts';

const ledger = await useTestLedger();

describe('closing accounts', () => {
  test('is refused while an account holds money, and is final afterwards', async () => {
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
