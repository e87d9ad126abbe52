import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { actingIn } from '#platform/audit/acting.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { someone } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { freezeCustomer, unfreezeCustomer } from './freeze-customer.ts';

const ledger = await useTestLedger();

const olga = someone('Olga');
const acting = actingIn(ledger.as(olga));

const actsOn = async (customerId: string) =>
  await ledger.asOwner(
    'select act, actor_id, subject, values_after, reason, caller from staff_acts where customer_id = $1 order by sequence',
    [customerId],
  );

test('a freeze and its lifting are in the audit log, with who, why and from where', async () => {
  const ada = someone();
  const { id: accountId } = await ledger.account(ada, 'EUR');
  const frozen = await freezeCustomer(acting, { customerId: ada.id, accountId, reason: '  a stolen phone ' });
  if (isRefusal(frozen)) throw new Error(frozen.message);
  await unfreezeCustomer(acting, { customerId: ada.id, accountId, reason: 'the phone is back' });

  const act = { actor_id: olga.id, subject: `freeze:${frozen.id}`, caller: '192.0.2.1' };
  expect(await actsOn(ada.id)).toEqual([
    { ...act, act: 'FROZE', reason: 'a stolen phone', values_after: `{"account":"${accountId}","isFrozen":true}` },
    {
      ...act,
      act: 'UNFROZE',
      reason: 'the phone is back',
      values_after: `{"account":"${accountId}","isFrozen":false}`,
    },
  ]);
});

test('a refused act leaves no entry in the audit log', async () => {
  const ada = someone();
  await ledger.account(ada, 'USD');
  for (const reason of ['', 'abc', ' '.repeat(600), 'x'.repeat(501)]) {
    expect(await freezeCustomer(acting, { customerId: ada.id, reason })).toMatchObject({ refused: 'INVALID_REASON' });
  }
  const reason = 'a stolen phone';
  expect(await unfreezeCustomer(acting, { customerId: ada.id, reason })).toMatchObject({ refused: 'NOT_FROZEN' });
  expect(await freezeCustomer(acting, { customerId: randomUUID(), reason })).toMatchObject({ refused: 'NOT_FOUND' });
  expect(await actsOn(ada.id)).toEqual([]);
});

test('an operator neither freezes nor releases the own accounts', async () => {
  const { id: accountId } = await ledger.account(olga, 'USD');
  await freezeCustomer(actingIn(ledger.as(someone('Oscar'))), { customerId: olga.id, reason: 'under investigation' });
  const own = { refused: 'OWN_ACCOUNT', field: ['input', 'customerId'] };

  for (const customerId of [olga.id, olga.id.toUpperCase()]) {
    const request = { customerId, reason: 'all is well again' };
    expect(await unfreezeCustomer(acting, request)).toMatchObject(own);
    expect(await freezeCustomer(acting, { ...request, accountId })).toMatchObject(own);
  }
  expect((await ledger.account(olga, 'USD')).frozen).toBe(true);
});

test('an act that cannot be recorded has no effect', async () => {
  const ada = someone();
  await ledger.account(ada, 'USD');
  const unnamed = { ...acting, actor: { systemUser: '' } };

  await expect(freezeCustomer(unnamed, { customerId: ada.id, reason: 'a stolen phone' })).rejects.toThrow(
    'staff_acts_actor_check',
  );
  expect((await ledger.account(ada, 'USD')).frozen).toBe(false);
});

test('the command on the machine has no staff id', async () => {
  const ada = someone();
  await ledger.account(ada, 'USD');
  const command = { ...acting, actor: { systemUser: 'root' } };

  expect(await freezeCustomer(command, { customerId: ada.id, reason: 'a stolen phone' })).toMatchObject({
    frozenBy: null,
  });
  expect(await actsOn(ada.id)).toMatchObject([{ act: 'FROZE', actor_id: null }]);
});
