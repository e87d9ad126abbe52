import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { actingIn } from '#platform/audit/acting.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { deposit } from './deposit.ts';
import { freezeCustomer } from './freeze-customer.ts';
import { depositForCustomer, withdrawForCustomer } from './fund-customer.ts';
import { withdraw } from './withdraw.ts';

const ledger = await useTestLedger();

const olga = someone('Olga');
const acting = { ...actingIn(ledger.as(olga)), funding: 'operator' as const };
const reason = 'paid at the desk';

async function requestFor(customer = someone(), amount = '5.00') {
  const { id: accountId } = await ledger.account(customer, 'USD');
  return { customer, request: { accountId, amount: usd(amount), reason, idempotencyKey: newKey() } };
}

const actsOn = async (customerId: string) =>
  await ledger.asOwner('select act, subject, values_after from staff_acts where customer_id = $1 order by sequence', [
    customerId,
  ]);

describe('where only operators move money in and out', () => {
  test('a customer neither deposits nor withdraws', async () => {
    const { customer, request } = await requestFor();
    const closed = { ...ledger.as(customer), funding: 'operator' as const };

    for (const attempt of [deposit, withdraw]) {
      expect(await attempt(closed, request)).toMatchObject({ refused: 'FUNDING_CLOSED' });
    }
    expect(await ledger.balances(customer)).toMatchObject({ USD: 10_000n });
  });

  test('an operator does, once per key, and the audit log has each act', async () => {
    const { customer, request } = await requestFor();
    const made = await Promise.all([1, 2, 3].map(async () => await depositForCustomer(acting, request)));
    const [first] = made;
    if (first === undefined || isRefusal(first)) throw new Error('the deposit was refused');
    const { id } = first;
    for (const one of made) expect(one).toMatchObject({ id, kind: 'DEPOSIT' });
    expect(await withdrawForCustomer(acting, { ...request, amount: usd('2.00') })).toMatchObject({
      kind: 'WITHDRAWAL',
    });

    expect(await ledger.balances(customer)).toMatchObject({ USD: 10_300n });
    expect(await actsOn(customer.id)).toMatchObject([
      { act: 'DEPOSITED', subject: `transaction:${id}`, values_after: '{"amount":"$5.00"}' },
      { act: 'WITHDREW', values_after: '{"amount":"$2.00"}' },
    ]);
    expect(await depositForCustomer(acting, { ...request, reason: 'another reason' })).toMatchObject({
      refused: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  test('an operator neither deposits to nor withdraws from an own account', async () => {
    const { request } = await requestFor(olga);

    for (const attempt of [depositForCustomer, withdrawForCustomer]) {
      expect(await attempt(acting, request)).toMatchObject({ refused: 'OWN_ACCOUNT', field: ['input', 'accountId'] });
    }
    expect(await ledger.balances(olga)).toMatchObject({ USD: 10_000n });
    expect(await actsOn(olga.id)).toEqual([]);
  });

  test('no refusal shows an operator the balance, or speaks to the owner', async () => {
    const { customer, request } = await requestFor();
    const refusals = [
      await withdrawForCustomer(acting, { ...request, amount: usd('9999999.00') }),
      await withdrawForCustomer(acting, { ...request, accountId: randomUUID() }),
      await withdrawForCustomer(acting, { ...request, accountId: 'x'.repeat(1000) }),
    ];
    await freezeCustomer(acting, { customerId: customer.id, reason });
    refusals.push(await withdrawForCustomer(acting, request));

    expect(refusals).toMatchObject([
      { refused: 'INSUFFICIENT_FUNDS', message: "The account's balance does not cover the amount." },
      { refused: 'NOT_FOUND', message: 'No account has this id.' },
      { refused: 'NOT_FOUND', message: 'No account has this id.' },
      { refused: 'ACCOUNT_FROZEN', message: 'The account is frozen.' },
    ]);
  });

  test('a refused act leaves no entry and no money', async () => {
    const { customer, request } = await requestFor();
    const refusedBy = async (changes: object) => await withdrawForCustomer(acting, { ...request, ...changes });

    expect(await refusedBy({ amount: usd('100.01') })).toMatchObject({ refused: 'INSUFFICIENT_FUNDS' });
    expect(await refusedBy({ reason: '' })).toMatchObject({ refused: 'INVALID_REASON' });
    expect(await refusedBy({ accountId: randomUUID() })).toMatchObject({ refused: 'NOT_FOUND' });
    expect(await refusedBy({ idempotencyKey: '' })).toMatchObject({ refused: 'INVALID_IDEMPOTENCY_KEY' });
    expect(await actsOn(customer.id)).toEqual([]);
    await freezeCustomer(acting, { customerId: customer.id, reason });
    expect(await depositForCustomer(acting, request)).toMatchObject({ refused: 'ACCOUNT_FROZEN' });
    expect(await ledger.balances(customer)).toMatchObject({ USD: 10_000n });
  });
});
