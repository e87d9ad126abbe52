import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { actingIn } from '#platform/audit/acting.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { correctionRequest } from '#test/corrections.ts';
import { money, newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { closeAccounts } from './close-accounts.ts';
import { deposit } from './deposit.ts';
import { proposeCorrection, type ProposeCorrectionRequest } from './propose-correction.ts';
import { withdraw } from './withdraw.ts';

const ledger = await useTestLedger();

const olga = someone('Olga');
const as = (operator: Viewer) => actingIn(ledger.as(operator));

const propose = async (by: Viewer, customer: Viewer, amount: string, changes: Partial<ProposeCorrectionRequest> = {}) =>
  await proposeCorrection(as(by), await correctionRequest(ledger, customer, amount, changes));

const balance = async (customer: Viewer) => (await ledger.balances(customer)).USD;

describe('a proposal is refused', () => {
  test.each([
    ['an account that does not exist', { accountId: randomUUID() }, 'NOT_FOUND'],
    ['a malformed account', { accountId: 'no id' }, 'NOT_FOUND'],
    ['another currency', { amount: money('5.00', 'EUR') }, 'CURRENCY_MISMATCH'],
    ['no amount', { amount: usd('0.00') }, 'INVALID_AMOUNT'],
    ['a negative amount', { amount: { ...usd('5.00'), amount: { unscaled: -500n, scale: 2 } } }, 'INVALID_AMOUNT'],
    ['too many decimal places', { amount: usd('5.001') }, 'INVALID_AMOUNT'],
    ['a debit that the balance does not cover', { direction: 'DEBIT', amount: usd('101.00') }, 'INSUFFICIENT_FUNDS'],
    ['an empty reference', { reference: '  ' }, 'INVALID_REFERENCE'],
    ['a long reference', { reference: 'x'.repeat(141) }, 'INVALID_REFERENCE'],
    ['a short reason', { reason: 'why' }, 'INVALID_REASON'],
    ['an empty key', { idempotencyKey: '' }, 'INVALID_IDEMPOTENCY_KEY'],
  ] as const)('for %s', async (_what, changes, refused) => {
    const ada = someone();
    const codes = await propose(olga, ada, '5.00', changes);
    expect(codes).toMatchObject({ refused });
    expect(await balance(ada)).toBe(10_000n);
  });

  test('for a closed account', async () => {
    const ada = someone();
    const request = await correctionRequest(ledger, ada, '5.00');
    await withdraw(ledger.as(ada), { accountId: request.accountId, amount: usd('100.00'), idempotencyKey: newKey() });
    await closeAccounts(ledger.as(ada));
    expect(await proposeCorrection(as(olga), request)).toMatchObject({ refused: 'ACCOUNT_CLOSED' });
  });
});

test('a debit that the balance does not cover is refused without the balance', async () => {
  expect(await propose(olga, someone(), '9999999.00', { direction: 'DEBIT' })).toMatchObject({
    message: "The account's balance does not cover the amount.",
  });
});

describe('a reversal', () => {
  async function deposited() {
    const ada = someone();
    const { id: accountId } = await ledger.account(ada, 'USD');
    const made = await deposit(ledger.as(ada), { accountId, amount: usd('4.00'), idempotencyKey: newKey() });
    if (isRefusal(made)) throw new Error(made.message);
    return { ada, reversesTransactionId: made.id };
  }

  test('undoes exactly the effect of a transaction, once', async () => {
    const { ada, reversesTransactionId } = await deposited();
    const debit = { direction: 'DEBIT', reversesTransactionId } as const;
    const operator = someone('Olga');

    expect(await propose(operator, ada, '3.00', debit)).toMatchObject({ refused: 'INVALID_AMOUNT' });
    expect(await propose(operator, ada, '4.00', { reversesTransactionId })).toMatchObject({
      refused: 'INVALID_AMOUNT',
    });
    expect(await propose(operator, ada, '4.00', debit)).toMatchObject({ amountMinor: -400n });
    expect(await propose(operator, ada, '4.00', debit)).toMatchObject({ refused: 'NOT_REVERSIBLE' });
    expect(await balance(ada)).toBe(10_000n);
  });

  test('is refused of a transaction of another customer, and of none', async () => {
    const { reversesTransactionId } = await deposited();
    for (const id of [reversesTransactionId, randomUUID(), 'not an id']) {
      const reversal = { direction: 'DEBIT', reversesTransactionId: id } as const;
      expect(await propose(olga, someone('Bob'), '4.00', reversal)).toMatchObject({ refused: 'NOT_FOUND' });
    }
  });
});
