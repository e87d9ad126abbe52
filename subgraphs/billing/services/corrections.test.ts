import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { actingIn } from '#platform/audit/acting.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { correctionRequest } from '#test/corrections.ts';
import { money, newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { approveCorrection, declineCorrection } from './decide-correction.ts';
import { deposit } from './deposit.ts';
import { freezeCustomer } from './freeze-customer.ts';
import { houseAccounts, listHouseEntries } from './house-accounts.ts';
import { type TrialBalanceLineRow, trialBalance } from './trial-balance.ts';
import { listCorrections } from './list-corrections.ts';
import { listTransactions } from './list-transactions.ts';
import { proposeCorrection, type ProposeCorrectionRequest } from './propose-correction.ts';
import { withdraw } from './withdraw.ts';

/** From 100.00 on, corrections need a second operator. */
const ledger = await useTestLedger();

const [olga, oscar] = [someone('Olga'), someone('Oscar')];
const as = (operator: Viewer) => actingIn(ledger.as(operator));
const reason = 'the deposit was counted twice';

const propose = async (by: Viewer, customer: Viewer, amount: string, changes: Partial<ProposeCorrectionRequest> = {}) =>
  await proposeCorrection(as(by), await correctionRequest(ledger, customer, amount, changes));

async function proposed(by: Viewer, customer: Viewer, amount = '500.00', changes = {}) {
  const made = await propose(by, customer, amount, changes);
  if (isRefusal(made)) throw new Error(made.message);
  return made;
}

const actsOf = async (id: string) =>
  (
    await ledger.asOwner(`select act, actor_id from staff_acts where subject = 'correction:' || $1 order by sequence`, [
      id,
    ])
  ).map(({ act, actor_id: actor }) => [act, actor]);

const balance = async (customer: Viewer) => (await ledger.balances(customer)).USD;

describe('a correction below the amount that needs approval', () => {
  test('is applied at once, and the customer reads its reference', async () => {
    const [ada, operator] = [someone(), someone('Olga')];
    const credit = await proposed(operator, ada, '5.00');
    const debit = await proposed(operator, ada, '2.00', { direction: 'DEBIT', reference: 'Case 13' });

    expect(await balance(ada)).toBe(10_300n);
    expect(credit.transactionId).not.toBeNull();
    expect(await actsOf(debit.id)).toEqual([['PROPOSED_CORRECTION', operator.id]]);
    const { nodes } = await listTransactions(ledger.orm.em.fork(), ada.id, { first: 2 });
    expect(nodes).toMatchObject([
      { kind: 'CORRECTION', description: 'Case 13', amountMinor: 200n },
      { kind: 'CORRECTION', description: 'Case 12', amountMinor: 500n },
    ]);
  });

  test('reaches a frozen account', async () => {
    const ada = someone();
    await ledger.account(ada, 'USD');
    await freezeCustomer(as(oscar), { customerId: ada.id, reason });

    expect(await propose(someone('Olga'), ada, '5.00', { direction: 'DEBIT' })).toMatchObject({ amountMinor: -500n });
    expect(await balance(ada)).toBe(9_500n);
  });

  test('is made once per key, also by requests at the same time', async () => {
    const [ada, operator] = [someone(), someone('Olga')];
    const request = await correctionRequest(ledger, ada, '5.00');
    const answers = await Promise.all([1, 2, 3].map(async () => await proposeCorrection(as(operator), request)));

    expect(new Set(answers.map((answer) => ('id' in answer ? answer.id : answer.refused))).size).toBe(1);
    expect(await balance(ada)).toBe(10_500n);
    expect(await proposeCorrection(as(operator), { ...request, amount: usd('6.00') })).toMatchObject({
      refused: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  test('needs approval where the operator corrected as much alone in the last day', async () => {
    const operator = someone('Olga');
    const made = await Promise.all(Array.from({ length: 4 }, async () => await proposed(operator, someone(), '30.00')));
    expect(made.filter(({ transactionId }) => transactionId === null)).toHaveLength(1);
    const euros = await ledger.account(someone('Bob'), 'EUR');
    const inEuro = { accountId: euros.id, amount: money('9.00', 'EUR') };
    expect(await propose(operator, someone('Bob'), '9.00', inEuro)).toMatchObject({ transactionId: null });
  });
});

describe('a correction that needs approval', () => {
  test('moves money when another operator approves, once', async () => {
    const ada = someone();
    const { id: correctionId } = await proposed(olga, ada);
    expect(await balance(ada)).toBe(10_000n);

    const decision = { correctionId, reason };
    const twice = await Promise.all([1, 2].map(async () => await approveCorrection(as(oscar), decision)));
    expect(twice[0]).toMatchObject({ decidedBy: oscar.id });
    expect(twice[1]).toEqual(twice[0]);
    expect(await balance(ada)).toBe(60_000n);
    expect(await actsOf(correctionId)).toEqual([
      ['PROPOSED_CORRECTION', olga.id],
      ['APPROVED_CORRECTION', oscar.id],
    ]);
    expect(await declineCorrection(as(oscar), decision)).toMatchObject({ refused: 'CORRECTION_DECIDED' });
  });

  test('of an approval and a decline at once, one counts', async () => {
    const ada = someone();
    const { id: correctionId } = await proposed(olga, ada);
    const answers = await Promise.all([
      approveCorrection(as(oscar), { correctionId, reason }),
      declineCorrection(as(someone('Otto')), { correctionId, reason }),
    ]);
    expect(answers.filter(isRefusal)).toMatchObject([{ refused: 'CORRECTION_DECIDED' }]);
    expect(await actsOf(correctionId)).toHaveLength(2);
  });

  test('is not decided by the operator who proposed it, nor after seven days', async () => {
    const ada = someone();
    const { id: correctionId } = await proposed(olga, ada);
    for (const decide of [approveCorrection, declineCorrection]) {
      expect(await decide(as(olga), { correctionId, reason })).toMatchObject({ refused: 'SAME_OPERATOR' });
    }
    await ledger.asOwner('alter table corrections disable trigger decide_correction');
    await ledger.asOwner(
      `update corrections set proposed_at = now() - interval '8 days', expires_at = now() - interval '1 day' where id = $1`,
      [correctionId],
    );
    await ledger.asOwner('alter table corrections enable trigger decide_correction');
    expect(await approveCorrection(as(oscar), { correctionId, reason })).toMatchObject({
      refused: 'CORRECTION_DECIDED',
      message: 'The correction is expired already.',
    });
    const expired = await listCorrections(ledger.orm.em.fork(), { state: 'EXPIRED', first: 10 });
    expect(expired.nodes.map(({ id }) => id)).toEqual([correctionId]);
    expect(await balance(ada)).toBe(10_000n);
  });

  test('is refused at the approval where the balance no longer covers it', async () => {
    const ada = someone();
    const { id: accountId } = await ledger.account(ada, 'USD');
    await deposit(ledger.as(ada), { accountId, amount: usd('900.00'), idempotencyKey: newKey() });
    const { id: correctionId } = await proposed(olga, ada, '800.00', { direction: 'DEBIT' });
    await withdraw(ledger.as(ada), { accountId, amount: usd('900.00'), idempotencyKey: newKey() });

    expect(await approveCorrection(as(oscar), { correctionId, reason })).toMatchObject({
      refused: 'INSUFFICIENT_FUNDS',
    });
    expect(await declineCorrection(as(oscar), { correctionId, reason })).toMatchObject({ transactionId: null });
  });

  test.each([randomUUID(), 'not an id', ''])('is not found by the id %j', async (correctionId) => {
    expect(await approveCorrection(as(oscar), { correctionId, reason })).toMatchObject({ refused: 'NOT_FOUND' });
  });
});

test('an operator neither proposes nor decides a correction of an own account', async () => {
  const operator = someone('Otto');
  const own = { refused: 'OWN_ACCOUNT' };
  expect(await propose(operator, operator, '5.00')).toMatchObject({ ...own, field: ['input', 'accountId'] });
  const { id: correctionId } = await proposed(olga, operator);

  for (const decide of [approveCorrection, declineCorrection]) {
    const refused = await decide(as(operator), { correctionId, reason });
    expect(refused).toMatchObject({ ...own, field: ['input', 'correctionId'] });
  }
  expect(await balance(operator)).toBe(10_000n);
  expect(await actsOf(correctionId)).toEqual([['PROPOSED_CORRECTION', olga.id]]);
});

describe('the database refuses', () => {
  const insert = `
    insert into corrections (id, account_id, amount_minor, reference, reason, needs_approval, proposed_by, expires_at,
      transaction_id)
    values (gen_random_uuid(), $1, 500, 'forged', 'forged', $2, $3, now() + interval '7 days', $4)`;

  test('a correction without its transaction, and a decision of the operator who proposed', async () => {
    const ada = someone();
    const { id, accountId } = await proposed(olga, ada);

    await expect(ledger.asOwner(insert, [accountId, false, olga.id, randomUUID()])).rejects.toThrow('must agree');
    await expect(ledger.asOwner(insert, [accountId, false, olga.id, null])).rejects.toThrow('corrections_are_approved');
    await expect(
      ledger.asOwner(
        `update corrections set decided_by = proposed_by, decided_at = now(), decision_reason = 'forged' where id = $1`,
        [id],
      ),
    ).rejects.toThrow('corrections_by_two_operators');
    await expect(ledger.asOwner('update corrections set amount_minor = 1 where id = $1', [id])).rejects.toThrow(
      'can only be decided',
    );
    await expect(ledger.asOwner('delete from corrections')).rejects.toThrow('never deleted');
  });
});

test('a trial balance sums to zero in each currency, on the day of the entries and on any other', async () => {
  const em = ledger.orm.em.fork();
  const today = await trialBalance(em, new Date());
  const [tomorrow, before] = await Promise.all([
    trialBalance(em, new Date(Date.now() + 86_400_000)),
    trialBalance(em, new Date('2020-02-29T23:59:59.999Z')),
  ]);
  const dollars = today.lines.filter(({ currency }) => currency === 'USD');
  const sumOf = (minor: (line: TrialBalanceLineRow) => bigint) => dollars.reduce((sum, line) => sum + minor(line), 0n);
  const [customers] = await ledger.asOwner(
    `select sum(balance_minor)::bigint as minor from accounts where currency = 'USD'`,
  );
  const closing = ({ openingMinor, debitsMinor, creditsMinor }: TrialBalanceLineRow) =>
    openingMinor - debitsMinor + creditsMinor;

  expect(dollars.map(({ account }) => account)).toEqual([null, 'CASH', 'ADJUSTMENTS']);
  expect(closing(dollars[0]!)).toBe(BigInt(String(customers!['minor'])));
  expect([sumOf(({ debitsMinor, creditsMinor }) => debitsMinor - creditsMinor), sumOf(closing)]).toEqual([0n, 0n]);
  expect(tomorrow.lines.map(({ openingMinor }) => openingMinor)).toEqual(today.lines.map(closing));
  expect(before).toEqual({
    from: new Date('2020-02-29T00:00:00Z'),
    until: new Date('2020-03-01T00:00:00Z'),
    lines: [],
  });
});

test('the house has balances that sum to what customers lack, and pages of entries', async () => {
  const em = ledger.orm.em.fork();
  const accounts = await houseAccounts(em);
  const [customers] = await ledger.asOwner(
    `select sum(balance_minor)::bigint as minor from accounts where currency = 'USD'`,
  );
  const dollars = accounts.filter(({ currency }) => currency === 'USD');

  expect(dollars.map(({ kind }) => kind)).toEqual(['CASH', 'ADJUSTMENTS']);
  expect(dollars.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n)).toBe(-BigInt(String(customers!['minor'])));
  const adjustments = { kind: 'ADJUSTMENTS', currency: 'USD' } as const;
  const first = await listHouseEntries(em, adjustments, { first: 2 });
  const second = await listHouseEntries(em, adjustments, { first: 2, after: first.pageInfo.endCursor });
  expect(new Set([...first.nodes, ...second.nodes].map(({ transactionId }) => transactionId)).size).toBe(4);
  for (const { kind } of first.nodes) expect(kind).toBe('CORRECTION');
});
